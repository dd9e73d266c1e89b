import type { Ledger } from '../ledger/ledger.ts'
import type { EndedTerm } from '../ledger/views/due/watch.ts'
import type { LawClock } from './clock.ts'
import { joined, type Kept } from './kept.ts'

/** A day of a region; moments are RFC 3339, the end excluded. */
export interface Day {
  /** `yyyy-mm-dd` */
  readonly day: string
  readonly starts: string
  readonly ends: string
}

export interface KeptDays {
  of(region: string, home: number, days: readonly Day[]): Promise<Kept[]>
}

/** After midnight commands that were decided before it may still be on their way. */
const settledMs = 600_000
/** Of all homes: some years of one region. */
const mostRemembered = 1_600
/** One a region, and for ten minutes two. */
const mostGoing = 100

/**
 * What ended on a day that is over does not change, so it is reckoned once in the life of a ledger and kept there. Of a day that goes on, what is
 * ten minutes old is reckoned once in each process. A clock that was set back makes all of it forget: the days may be lived through again.
 */
export function keptDays(
  watch: Pick<Ledger['watch'], 'ended' | 'days' | 'keepDay'>,
  clock: LawClock,
  reckon: (region: string, rows: readonly EndedTerm[]) => Kept[],
): KeptDays {
  const over = new Map<string, readonly Kept[]>()
  const going = new Map<string, { readonly until: string; readonly kept: readonly Kept[] }>()
  let seen = clock.now()

  const look = (): number => {
    const now = clock.now()
    if (now < seen - settledMs) {
      over.clear()
      going.clear()
    }
    seen = now
    return now
  }

  const remember = (name: string, kept: readonly Kept[]): void => {
    over.set(name, kept)
    const oldest = over.keys().next()
    if (over.size > mostRemembered && !oldest.done) over.delete(oldest.value)
  }

  async function settled(region: string, home: number, days: readonly Day[]): Promise<Kept[]> {
    const found = new Map(days.map(({ day }) => [day, over.get(`${home}/${day}`)]))
    const missing = days.filter(({ day }) => found.get(day) === undefined)
    const [first, last] = [missing[0], missing.at(-1)]
    if (first === undefined || last === undefined) return [...found.values()].flatMap((kept) => kept ?? [])
    const kept = new Map((await watch.days(home, first.day, last.day)).map((row) => [row.day, row.kept as unknown as Kept[]])) // as: written by keepDay below
    // Day by day: a month of a large region is more than should be in memory at once.
    for (const one of missing) {
      let known = kept.get(one.day)
      if (known === undefined) {
        known = reckon(region, await watch.ended(home, one.starts, one.ends))
        await watch.keepDay(home, one.day, JSON.parse(JSON.stringify(known)))
      }
      found.set(one.day, known)
      remember(`${home}/${one.day}`, known)
    }
    return [...found.values()].flatMap((some) => some ?? [])
  }

  async function unsettled(region: string, home: number, { day, starts, ends }: Day, now: number): Promise<readonly Kept[]> {
    const name = `${home}/${day}`
    const before = going.get(name) ?? { until: starts, kept: [] }
    const rows = await watch.ended(home, before.until, ends)
    const settledUntil = new Date(now - settledMs).toISOString()
    const isSettled = ({ endedAt }: EndedTerm): boolean => endedAt !== null && Date.parse(endedAt) < now - settledMs
    const kept = joined([...before.kept, ...reckon(region, rows.filter(isSettled))])
    // Each reading goes on from what it began with: two at once come to the same, and neither counts anything twice.
    if (Date.parse(settledUntil) > Date.parse(before.until)) {
      going.set(name, { until: settledUntil, kept })
      const oldest = going.keys().next()
      if (going.size > mostGoing && !oldest.done) going.delete(oldest.value)
    }
    return [
      ...kept,
      ...reckon(
        region,
        rows.filter((row) => !isSettled(row)),
      ),
    ]
  }

  return {
    of: async (region, home, days) => {
      const now = look()
      const [past, rest] = [
        days.filter(({ ends }) => Date.parse(ends) + settledMs < now),
        days.filter(({ ends }) => Date.parse(ends) + settledMs >= now),
      ]
      const all: Kept[] = await settled(region, home, past)
      for (const day of rest) if (Date.parse(day.starts) <= now) all.push(...(await unsettled(region, home, day, now)))
      return joined(all)
    },
  }
}
