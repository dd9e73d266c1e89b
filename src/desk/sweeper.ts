import type { Ledger } from '../ledger/ledger.ts'
import type { LawClock } from './clock.ts'
import type { Desk } from './desk.ts'
import { startRounds } from './rounds.ts'

/** Marks what has come due, by the law's clock. One a database: whoever holds the lock sweeps, the others wait for their turn. */
export interface Sweeper {
  /** Sweeps once; how many cases were marked, or null where another process sweeps. */
  once(): Promise<number | null>
  stop(): Promise<void>
}

const batch = 500

/**
 * Rows ask for a mark from their moment until a command of their case answers, so nothing is lost when the clock was set
 * or the server was long down: the next sweep finds all that came due meanwhile.
 */
export function startSweeper(parts: {
  ledger: Ledger
  desk: Desk
  clock: LawClock
  everyMs: number
  onFailure: (cause: unknown) => void
  /** What else is looked after under the same lock, every so many turns; `once` does all of it. */
  beside?: readonly { readonly everyTurns: number; readonly work: () => Promise<unknown> }[]
}): Sweeper {
  const { ledger, desk, clock } = parts
  const { beside = [] } = parts
  let turn = 0
  const turnOf = async (isDue: (everyTurns: number) => boolean) => {
    const swept = await ledger.withAdvisoryLock('sweeper', async () => {
      const marked = await sweep(ledger, desk, clock)
      for (const { everyTurns, work } of beside) if (isDue(everyTurns)) await work()
      return marked
    })
    return swept.ran ? swept.value : null
  }
  const once = () => turnOf(() => true)
  const next = () => {
    turn += 1
    return turnOf((everyTurns) => turn % everyTurns === 0)
  }
  const { stop } = startRounds(parts.everyMs, next, parts.onFailure)
  return { once, stop }
}

async function sweep(ledger: Ledger, desk: Desk, clock: LawClock): Promise<number> {
  let marked = 0
  const failures: unknown[] = []
  let after: Parameters<Ledger['due']['until']>[2]
  for (;;) {
    const rows = await ledger.due.until(new Date(clock.now()).toISOString(), batch, after)
    const byCase = Map.groupBy(rows, (row) => row.case)
    const outcomes = await Promise.allSettled(
      [...byCase].map(([number, dues]) =>
        desk.mark(
          number,
          dues.map((d) => d.key),
        ),
      ),
    )
    // A case that cannot be marked does not stand before the others; it is told once all had their turn.
    failures.push(...outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : [])))
    marked += outcomes.filter(({ status }) => status === 'fulfilled').length
    const last = rows.at(-1)
    if (rows.length < batch || last === undefined) break
    after = last
  }
  if (failures.length > 0) throw failures[0]
  return marked
}
