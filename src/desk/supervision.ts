import type { Ledger } from '../ledger/ledger.ts'
import type { EndedTerm, RunningCount, TermFilter, TermPosition, WatchedTerm } from '../ledger/views/due/watch.ts'
import type { People } from '../people/people.ts'
import { openMinutes } from '../time/meter.ts'
import { type LawClock, momentIn } from './clock.ts'
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

/** Terms of one clause, step and provider that ended in a span of days, and how long they took by the opening hours of whoever performs. */
export interface Kept {
  readonly provider: string
  readonly step: string
  readonly role: string
  readonly clause: string | null
  readonly kind: string
  readonly sha256: string
  readonly value: number
  readonly unit: 'min' | 'wd' | 'cd'
  readonly ended: number
  readonly late: number
  /** Minutes of opening time, one entry a term. */
  readonly minutes: readonly number[]
  /** Minutes of opening time past the last moment, of all that were late; and what of it an outside system was away. */
  readonly overMinutes: number
  readonly outsideMinutes: number
  readonly outages: number
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
  readonly people: Pick<People, 'organisation'>
  readonly clock: LawClock
}

export function openSupervision(parts: Parts): Supervision {
  const { ledger, statutes, clock } = parts
  const days = dayShelf(clock)
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
    kept: async ({ region }, from, until) => {
      const wanted = daysBetween(from, until)
      const home = statutes.homeOf(region)
      const missing = wanted.filter((day) => days.get(home, day) === undefined)
      const [first, last] = [missing[0], missing.at(-1)]
      if (first !== undefined && last !== undefined) {
        const rows = await ledger.watch.ended(home, dayStart(region, first), dayEnd(region, last))
        const byDay = Map.groupBy(rows, (row) => momentIn(statutes.zoneOf(region), Date.parse(row.endedAt ?? '')).slice(0, 10))
        for (const day of missing) days.put(home, day, dayEnd(region, day), keptOf(byDay.get(day) ?? [], parts, region))
      }
      return joined(wanted.flatMap((day) => days.take(home, day)))
    },
    terms: async (who, query, purpose, limit, after) => {
      const { region, actor } = who
      const [home, at] = [statutes.homeOf(region), now(region)]
      const rows =
        'from' in query
          ? await ledger.watch.endedList(
              { ...query, home, from: dayStart(region, query.from), until: dayEnd(region, query.until), late: query.what === 'breach' },
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

/** After midnight commands that were decided before it may still be on their way. */
const settledMs = 600_000

/**
 * What ended on a day that is over does not change, so it is reckoned once in each process. A clock that was set back makes the shelf forget:
 * the days it knew may be lived through again.
 */
function dayShelf(clock: LawClock) {
  const shelf = new Map<string, readonly Kept[]>()
  const fresh = new Map<string, readonly Kept[]>()
  let seen = clock.now()
  const look = () => {
    const now = clock.now()
    if (now < seen - settledMs) shelf.clear()
    seen = now
    return now
  }
  return {
    get: (home: number, day: string) => {
      look()
      return shelf.get(`${home}/${day}`)
    },
    put: (home: number, day: string, ends: string, kept: readonly Kept[]) => {
      const key = `${home}/${day}`
      const isSettled = Date.parse(ends) + settledMs < look()
      const to = isSettled ? shelf : fresh
      to.set(key, kept)
      const oldest = shelf.keys().next()
      if (shelf.size > 4 * mostDays && !oldest.done) shelf.delete(oldest.value)
    },
    /** What was put there, a day that goes on only this once. */
    take: (home: number, day: string): readonly Kept[] => {
      const key = `${home}/${day}`
      const kept = shelf.get(key) ?? fresh.get(key) ?? []
      fresh.delete(key)
      return kept
    },
  }
}

const nameOf = ({ provider, step, role, clause, kind, sha256 }: Pick<Kept, 'provider' | 'step' | 'role' | 'clause' | 'kind' | 'sha256'>) =>
  [provider, step, role, clause, kind, sha256].join('|')

function keptOf(rows: readonly EndedTerm[], parts: Parts, region: string): Kept[] {
  return joined(rows.map((row) => one(row, parts, region)))
}

/** A term whose step was given back or whose case was withdrawn in time was neither kept nor broken: it is counted as ended alone. */
function one(row: EndedTerm, { statutes, people }: Parts, region: string): Kept {
  const { provider, step, role, clause, kind, doc, since, endedAt, dueAt, state } = row
  const organisation = people.organisation(row.organisation || provider)
  const party = { kind: organisation?.at ?? 'provider', region, ...(organisation?.hours ? { hours: organisation.hours } : {}) } as const
  const open = (from: string, until: string) => openMinutes(party, statutes.zoneOf(region), from, until, statutes.world)
  const late = state === 'missed' || state === 'metLate'
  const isWhole = late || state === 'met'
  const end = endedAt ?? dueAt
  const over = late ? open(dueAt, end) : 0
  const away = outagesOf(doc.outages)
  const outside = away.reduce((sum, [from, until]) => sum + open(from, until === null || until > end ? end : until), 0)
  return {
    provider,
    step,
    role,
    clause,
    kind,
    sha256: typeof doc.sha256 === 'string' ? doc.sha256 : '',
    value: typeof doc.value === 'number' ? doc.value : 0,
    unit: doc.unit === 'wd' || doc.unit === 'cd' ? doc.unit : 'min',
    ended: 1,
    late: late ? 1 : 0,
    minutes: isWhole && since !== null ? [open(since, end)] : [],
    overMinutes: over,
    outsideMinutes: Math.min(over, outside),
    outages: away.length,
  }
}

function outagesOf(value: unknown): [string, string | null][] {
  if (!Array.isArray(value)) return []
  return value.flatMap((pair): [string, string | null][] => {
    if (!Array.isArray(pair)) return []
    const [from, until]: unknown[] = pair
    return typeof from === 'string' ? [[from, typeof until === 'string' ? until : null]] : []
  })
}

function joined(all: readonly Kept[]): Kept[] {
  return [...Map.groupBy(all, nameOf).values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const sum = (of: (kept: Kept) => number) => group.reduce((total, kept) => total + of(kept), 0)
    return [
      {
        ...first,
        ended: sum((kept) => kept.ended),
        late: sum((kept) => kept.late),
        minutes: group.flatMap((kept) => kept.minutes),
        overMinutes: sum((kept) => kept.overMinutes),
        outsideMinutes: sum((kept) => kept.outsideMinutes),
        outages: sum((kept) => kept.outages),
      },
    ]
  })
}

/** The value below which the share of the values lies; null of none. */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null
}
