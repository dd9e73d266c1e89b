import type { Statutes } from '../../../../desk/statutes.ts'
import type { DueRow } from '../../../../ledger/ledger.ts'
import type { Organisation } from '../../../../people/model.ts'
import { deadline } from '../../../../time/deadline.ts'
import type { OpeningHours } from '../../../../time/hours.ts'
import { zoneOf } from '../../../../time/moments.ts'
import { hoursOf, openAt, type Party, type World } from '../../../../time/schedule.ts'

/** One norm, begun at a moment: when it is due by the hours of today and by the hours to come. */
export interface Compared {
  readonly clause: string
  readonly value: number
  readonly unit: 'min' | 'wd' | 'cd'
  /** RFC 3339. */
  readonly begins: string
  readonly was: string | null
  readonly is: string | null
}

const norms = 12

/** The norms that the organisation performs by the regulations of its region, shortest first, each once. */
export function normsOf(statutes: Pick<Statutes, 'library'>, { region, at }: Organisation, day: string) {
  const found = statutes.library.regulations
    .filter(({ regulation }) => regulation.region === region && regulation.edition <= day)
    .flatMap(({ regulation }) =>
      regulation.steps
        .filter((step) => regulation.roles[step.actor]?.at === at)
        .flatMap((step) => step.norms.filter((norm) => norm.binding).map(({ clause, value, unit }) => ({ clause, value, unit }))),
    )
  const each = new Map(found.map((norm) => [`${norm.value} ${norm.unit}`, norm]))
  const weight = { min: 1, wd: 1000, cd: 1000 } as const
  return [...each.values()].sort((a, b) => a.value * weight[a.unit] - b.value * weight[b.unit]).slice(0, norms)
}

export const timelineOf = (world: World, { at, region, hours }: Organisation): readonly OpeningHours[] =>
  hoursOf(world, { kind: at, region, ...(hours ? { hours } : {}) })

/** Each norm begun at an hour in the morning and near the close of the first day, by both histories of hours. */
export function compare(
  world: World,
  zone: string,
  organisation: Organisation,
  timelines: { readonly was: readonly OpeningHours[]; readonly is: readonly OpeningHours[] },
  wanted: readonly { clause: string; value: number; unit: 'min' | 'wd' | 'cd' }[],
  moments: readonly string[],
): Compared[] {
  const party = (hours: readonly OpeningHours[]): Party => ({ kind: organisation.at, region: organisation.region, hours })
  const due = (norm: (typeof wanted)[number], begins: string, hours: readonly OpeningHours[]): string | null => {
    const counted = deadline({ id: norm.clause, norm, receivedAt: begins, zone, receiver: party(hours), performer: party(hours) }, world)
    return counted.ok ? counted.value.dueAt : null
  }
  return wanted.flatMap((norm) =>
    moments.map((begins) => ({ ...norm, begins, was: due(norm, begins, timelines.was), is: due(norm, begins, timelines.is) })),
  )
}

/** Moments of a day in a zone: `10:00` of `2019-11-01`. */
export const momentOn = (day: string, clock: string, zone: string): string =>
  Temporal.PlainDate.from(day)
    .toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(clock) })
    .toString({ timeZoneName: 'never', fractionalSecondDigits: 0 })

/** Running terms whose last moment falls where the organisation will be closed: their dates stay, but nobody is there. */
export function endWhenClosed(
  world: World,
  zone: string,
  { at, region }: Organisation,
  hours: readonly OpeningHours[],
  rows: readonly DueRow[],
): DueRow[] {
  const known = zoneOf(zone)
  if (known === undefined) return []
  return rows.filter(({ dueAt }) => !openAt(world, { kind: at, region, hours }, known, Date.parse(dueAt) - 1000).open)
}
