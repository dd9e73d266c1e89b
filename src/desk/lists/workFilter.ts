import type { Library } from '../../law/model.ts'
import type { LaneCount } from '../../ledger/ledger.ts'

export const dueChoices = ['late', 'today', 'urgent', 'later', 'untimed'] as const
export type DueChoice = (typeof dueChoices)[number]
export const whoseChoices = ['mine', 'free'] as const
export const awaitingChoices = ['yes', 'no'] as const

/** What a person looks at in their work list. Absent: everything. `urgent` is what is late or due today. */
export interface WorkFilter {
  readonly step?: string
  readonly channel?: string
  readonly due?: DueChoice
  readonly whose?: (typeof whoseChoices)[number]
  readonly awaiting?: (typeof awaitingChoices)[number]
}

const code = /^[A-Za-z][\w-]{0,60}$/

const oneOf = <Value extends string>(values: readonly Value[], given: string | null | undefined): Value | undefined =>
  values.find((value) => value === given)

/** From an address or from what was kept: what is not understood is left out, so that an address that somebody shortened shows more and never less. */
export function readFilter(get: (name: string) => string | null | undefined): WorkFilter {
  const [step, channel] = [get('step') ?? '', get('channel') ?? '']
  const [due, whose, awaiting] = [oneOf(dueChoices, get('due')), oneOf(whoseChoices, get('whose')), oneOf(awaitingChoices, get('awaiting'))]
  return {
    ...(code.test(step) ? { step } : {}),
    ...(code.test(channel) ? { channel } : {}),
    ...(due ? { due } : {}),
    ...(whose ? { whose } : {}),
    ...(awaiting ? { awaiting } : {}),
  }
}

/** The filter as an address carries it, its parts always in the same order. */
export const filterQuery = (filter: WorkFilter): string =>
  new URLSearchParams({ ...readFilter((name) => wordsOf(filter)[name]) }).toString()

const wordsOf = (filter: WorkFilter): Readonly<Record<string, string | undefined>> => ({ ...filter })

export const isSameFilter = (one: WorkFilter, other: WorkFilter) => filterQuery(one) === filterQuery(other)
export const isEverything = (filter: WorkFilter) => filterQuery(filter) === ''

/** Steps of a role that the filter lets through, by the editions at hand; undefined where it asks for no step and no channel. */
export function stepsIn(filter: WorkFilter, library: Library, role: string): string[] | undefined {
  if (filter.channel === undefined) return filter.step === undefined ? undefined : [filter.step]
  const all = library.regulations.flatMap(({ regulation }) => regulation.steps)
  const ofChannel = new Set(all.filter((step) => step.channel === filter.channel && step.actor === role).map(({ id }) => id))
  return filter.step === undefined ? [...ofChannel] : [...ofChannel].filter((id) => id === filter.step)
}

/** Counted without reading the list: each lane is in one count, so a tab's number is a sum. */
export function countIn(lanes: readonly LaneCount[], filter: WorkFilter, steps: readonly string[] | undefined): number {
  return lanes
    .filter((lane) => steps === undefined || steps.includes(lane.step))
    .filter((lane) => filter.whose === undefined || (filter.whose === 'mine') === lane.mine)
    .filter((lane) => filter.awaiting === undefined || (filter.awaiting === 'yes') === lane.awaiting)
    .reduce((sum, lane) => sum + dueIn(lane, filter.due), 0)
}

function dueIn(lane: LaneCount, due: DueChoice | undefined): number {
  switch (due) {
    case undefined:
      return lane.late + lane.today + lane.later + lane.untimed
    case 'urgent':
      return lane.late + lane.today
    default:
      return lane[due]
  }
}

/** Moments that bound the filter's part of the list; `now` and `dayEnd` are RFC 3339. */
export function boundsOf(
  due: DueChoice | undefined,
  now: string,
  dayEnd: string,
): { dueFrom?: string; dueBefore?: string; untimed?: boolean } {
  switch (due) {
    case undefined:
      return {}
    case 'late':
      return { dueBefore: now }
    case 'today':
      return { dueFrom: now, dueBefore: dayEnd }
    case 'urgent':
      return { dueBefore: dayEnd }
    case 'later':
      return { dueFrom: later(now, dayEnd), dueBefore: 'infinity' }
    case 'untimed':
      return { untimed: true }
  }
}

const later = (a: string, b: string) => (Date.parse(a) > Date.parse(b) ? a : b)
