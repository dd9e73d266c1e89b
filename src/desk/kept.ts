import type { EndedTerm } from '../ledger/views/due/watch.ts'
import type { People } from '../people/people.ts'
import { openMinutes } from '../time/meter.ts'
import type { Statutes } from './statutes.ts'

/** How often each number came, the smallest number first: a month of a region is hundreds of thousands of terms, and few of them differ. */
export type Counted = readonly (readonly [value: number, times: number])[]

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
  /** Minutes of opening time that each took. */
  readonly minutes: Counted
  /** Minutes of opening time past the last moment, of all that were late; and what of it an outside system was away. */
  readonly overMinutes: number
  readonly outsideMinutes: number
  readonly outages: number
}

interface Parts {
  readonly statutes: Statutes
  readonly people: Pick<People, 'organisation'>
  readonly region: string
}

const nameOf = ({ provider, step, role, clause, kind, sha256 }: Kept) => [provider, step, role, clause, kind, sha256].join('|')

export function keptOf(rows: readonly EndedTerm[], parts: Parts): Kept[] {
  return joined(rows.map((row) => one(row, parts)))
}

/** A term whose step was given back or whose case was withdrawn in time was neither kept nor broken: it is counted as ended alone. */
function one(row: EndedTerm, { statutes, people, region }: Parts): Kept {
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
    minutes: isWhole && since !== null ? [[open(since, end), 1]] : [],
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

/** Sums of what has the same name; the rest of each sum is as its first has it. */
export function joined(all: readonly Kept[], by: (one: Kept) => string = nameOf): Kept[] {
  return [...Map.groupBy(all, by).values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    if (group.length === 1) return [first]
    const sum = (of: (kept: Kept) => number) => group.reduce((total, kept) => total + of(kept), 0)
    return [
      {
        ...first,
        ended: sum((kept) => kept.ended),
        late: sum((kept) => kept.late),
        minutes: counted(group.map((kept) => kept.minutes)),
        overMinutes: sum((kept) => kept.overMinutes),
        outsideMinutes: sum((kept) => kept.outsideMinutes),
        outages: sum((kept) => kept.outages),
      },
    ]
  })
}

function counted(all: readonly Counted[]): Counted {
  const times = new Map<number, number>()
  for (const some of all) for (const [value, count] of some) times.set(value, (times.get(value) ?? 0) + count)
  return [...times].sort(([a], [b]) => a - b)
}

/** The value below which the share of the values lies; null of none. */
export function quantile(values: Counted, share: number): number | null {
  const all = values.reduce((sum, [, times]) => sum + times, 0)
  let before = Math.min(all - 1, Math.floor(all * share))
  for (const [value, times] of values) {
    if (before < times) return value
    before -= times
  }
  return null
}
