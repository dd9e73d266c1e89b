import type { ExchangeKeeping } from '../gateway/journal/keeping.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { type LawClock, momentIn } from './clock.ts'
import { startRounds } from './rounds.ts'

/**
 * The words of exchanges are kept for so many days after they were sent, and until their case has ended. No act sets a time for them; personal data are kept no
 * longer than their purpose asks for (Law 94-V on personal data, article 12: by our own knowledge, its text is not among our sources). What they are kept
 * for is showing on what a case was decided: an act may be complained of for three months, six where it does not tell how (APPC, article 92), and
 * a complaint is heard after that. A year has room for all of it.
 */
export const ordinaryKeptDays = 366
/** Shorter than the longest time to complain would take the proof away while it may be asked for. */
export const leastKeptDays = 190

export interface KeepingExchanges {
  /** Trims what is due, whatever was done today; how many exchanges. null: another process does it. */
  once(): Promise<number | null>
  stop(): Promise<void>
}

interface Parts {
  readonly keeping: ExchangeKeeping
  readonly ledger: Pick<Ledger, 'settings' | 'withAdvisoryLock'>
  readonly homes: readonly number[]
  readonly clock: LawClock
  readonly zone: string
  readonly keptDays: number
  /** How often it is asked whether the day is another, in ms. */
  readonly everyMs: number
  readonly trimmed: (exchanges: number) => void
  readonly onFailure: (cause: unknown) => void
}

/** Days of which the work was done, so that several servers do it once a day and not each. */
const done = 'exchangesTrimmedOn'
const batch = 200
const dayMs = 86_400_000

/** Once a day, by the law's clock, whoever of all processes comes first; home by home, so that each statement stays on one shard. */
export function startKeepingExchanges(parts: Parts): KeepingExchanges {
  const { ledger, clock, zone } = parts
  const today = () => momentIn(zone, clock.now()).slice(0, 10)
  const once = async () => {
    const worked = await ledger.withAdvisoryLock('exchangeKeeping', async () => {
      const day = today()
      const trimmed = await trimAll(parts, () => rounds.stopped)
      if (!rounds.stopped) await ledger.settings.set(done, day)
      return trimmed
    })
    return worked.ran ? worked.value : null
  }
  const daily = async () => {
    if (rounds.stopped || (await ledger.settings.get(done)) === today()) return
    const trimmed = await once()
    if (trimmed !== null && trimmed > 0) parts.trimmed(trimmed)
  }
  const rounds = startRounds(parts.everyMs, daily, parts.onFailure)
  rounds.after(daily).catch(parts.onFailure)
  return { once: () => rounds.after(once), stop: rounds.stop }
}

async function trimAll({ keeping, homes, clock, zone, keptDays }: Parts, isStopped: () => boolean): Promise<number> {
  const now = clock.now()
  const [before, at] = [new Date(now - keptDays * dayMs).toISOString(), momentIn(zone, now)]
  let trimmed = 0
  for (const home of homes) {
    for (let some = batch; some === batch && !isStopped(); trimmed += some) some = await keeping.trim(home, before, at, batch)
    if (!isStopped()) await keeping.forgetEnded(home, at)
  }
  return trimmed
}
