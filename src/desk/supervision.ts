import type { Ledger } from '../ledger/ledger.ts'
import type { RunningCount, TermFilter, TermPosition, WatchedTerm } from '../ledger/views/due/watch.ts'
import type { People } from '../people/people.ts'
import { type LawClock, momentIn } from './clock.ts'
import { type Kept, keptOf } from './kept.ts'
import { keptDays } from './keptDays.ts'
import type { Purpose } from './reading.ts'
import type { Statutes } from './statutes.ts'
import type { Who } from './who.ts'

/** What the terms of a list have in common: they are late and run, end today, ended in a span of days, or ended late in it. */
export type TermsQuery = TermFilter &
  ({ readonly what: 'late' | 'soon' } | { readonly what: 'ended' | 'breach'; readonly from: string; readonly until: string })

export interface NowBoard {
  readonly at: string
  readonly cases: { readonly late: number; readonly soon: number; readonly outages: number }
  readonly counts: readonly RunningCount[]
}

/** The supervisor's reading: numbers are nobody's data, lists of cases leave their row in the journal. A supervisor sees the region, nobody else anything. */
export interface Supervision {
  now(who: Who): Promise<NowBoard>
  /** Days `yyyy-mm-dd` of the region, both included. */
  kept(who: Who, from: string, until: string): Promise<Kept[]>
  terms(who: Who, query: TermsQuery, purpose: Purpose, limit: number, after?: TermPosition): Promise<WatchedTerm[]>
}

interface Parts {
  readonly ledger: Ledger
  readonly statutes: Statutes
  readonly people: Pick<People, 'organisation' | 'organisationsOf'>
  readonly clock: LawClock
}

export function openSupervision(parts: Parts): Supervision {
  const { ledger, statutes, clock } = parts
  const days = keptDays(ledger.watch, clock, (region, rows) => keptOf(rows, { statutes, people: parts.people, region }))
  const now = (region: string) => momentIn(statutes.zoneOf(region), clock.now())
  const dayEnd = (region: string, day: string) =>
    Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(statutes.zoneOf(region)).toInstant().toString()
  const dayStart = (region: string, day: string) =>
    Temporal.PlainDate.from(day).toZonedDateTime(statutes.zoneOf(region)).toInstant().toString()
  return {
    now: async ({ region }) => {
      const at = now(region)
      const [home, until] = [statutes.homeOf(region), dayEnd(region, at.slice(0, 10))]
      const [counts, cases] = await Promise.all([ledger.watch.counts(home, at, until), ledger.watch.cases(home, at, until)])
      return { at, cases, counts }
    },
    kept: ({ region }, from, until) => {
      const wanted = daysBetween(from, until).map((day) => ({ day, starts: dayStart(region, day), ends: dayEnd(region, day) }))
      return days.of(region, statutes.homeOf(region), wanted)
    },
    terms: async (who, query, purpose, limit, after) => {
      const { region, actor } = who
      const [home, at] = [statutes.homeOf(region), now(region)]
      const rows =
        'from' in query
          ? await ledger.watch.endedList(
              {
                ...query,
                home,
                from: dayStart(region, query.from),
                until: dayEnd(region, query.until),
                late: query.what === 'breach',
                ...officesOf(query, region, parts.people),
              },
              limit,
              after,
            )
          : await ledger.watch.running(
              query.what === 'late' ? { ...query, home, until: at } : { ...query, home, from: at, until: dayEnd(region, at.slice(0, 10)) },
              limit,
              after,
            )
      const cases = [...new Set(rows.map((row) => row.case))].map((number) => ({ home, case: number }))
      if (cases.length > 0) await ledger.journal.record({ home, at, who: actor.id, role: actor.role ?? '', purpose, cases })
      return rows
    },
  }
}

/** Whose terms are asked for, where it is not simply everything. */
function officesOf(
  { provider, step }: TermFilter,
  region: string,
  people: Pick<People, 'organisationsOf'>,
): { offices?: readonly string[] } {
  if (provider !== undefined) return { offices: [provider] }
  if (step === undefined) return {}
  return { offices: people.organisationsOf(region).flatMap(({ id, at }) => (at === 'provider' ? [id] : [])) }
}

/** At most as many days as a year and a month have: a span of days in the address is somebody's typing. */
const mostDays = 400

function daysBetween(from: string, until: string): string[] {
  const days: string[] = []
  let day = Temporal.PlainDate.from(from)
  const last = Temporal.PlainDate.from(until)
  while (Temporal.PlainDate.compare(day, last) <= 0 && days.length < mostDays) {
    days.push(day.toString())
    day = day.add({ days: 1 })
  }
  return days
}
