import type { Calendars } from './calendars.ts'
import { type DateText, type Day, formatDay, parseDay, weekdayIndex, yearOf } from './dates.ts'
import { type DayStatus, statusAt } from './dayTable.ts'
import { clockMs, type OpeningHours, type Span, weekOf } from './hours.ts'
import { type Instant, wallTime, type Zone } from './moments.ts'
import type { OrganisationKind } from './reckoning.ts'
import type { Regions } from './regions.ts'

/** Everything that a reckoning reads: the calendars and the regions, parsed. */
export interface World {
  readonly calendars: Calendars
  readonly regions: Regions
}

/** Whose hours and calendar count: its own hours, else its region's, else those of its kind. */
export interface Party {
  readonly kind: OrganisationKind
  readonly region?: string
  readonly hours?: readonly OpeningHours[]
}

/** One date of one organisation. */
export interface OpenDay {
  readonly date: DateText
  readonly status: DayStatus
  readonly hours: OpeningHours
  /** Open spans, lunch excluded; none on a day off. */
  readonly spans: readonly Span[]
}

/** Why a date cannot be told; never guessed: a date from a calendar that nobody has would be a wrong answer. */
export interface Missing {
  readonly code: 'calendarMissing' | 'hoursMissing'
  readonly params: Readonly<Record<string, string | number>>
}

export interface Schedule {
  readonly kind: OrganisationKind
  readonly at: (day: Day) => OpenDay | Missing
}

export const isMissing = (day: OpenDay | Missing): day is Missing => 'code' in day
export const isOpen = (day: OpenDay): boolean => day.spans.length > 0
export const closeOf = (day: OpenDay): number => day.spans.at(-1)?.until ?? 0
export const openOf = (day: OpenDay): number => day.spans[0]?.from ?? 0
/** Milliseconds that the organisation is open on the day. */
export const openMs = (day: OpenDay): number => day.spans.reduce((sum, span) => sum + span.until - span.from, 0)

export function hoursOf(world: World, party: Party): readonly OpeningHours[] {
  const region = party.region === undefined ? undefined : world.regions.regions[party.region]
  return party.hours ?? region?.hours?.[party.kind] ?? world.regions.hours[party.kind]
}

/** Whether the organisation is open at the moment, and whether it takes documents in and gives them out. */
export function openAt(world: World, party: Party, zone: Zone, at: Instant): { readonly open: boolean; readonly intake: boolean } {
  const wall = wallTime(zone, at)
  const today = scheduleOf(world, party).at(wall.day)
  if (isMissing(today)) return { open: false, intake: false }
  const open = today.spans.some((span) => span.from <= wall.ms && wall.ms < span.until)
  const { intakeUntil } = today.hours
  return { open, intake: open && (intakeUntil === undefined || wall.ms < clockMs(intakeUntil)) }
}

const made = new WeakMap<Calendars, WeakMap<readonly OpeningHours[], Schedule>>()

/** The organisation's days; kept per calendars and hours, each date decided once. */
export function scheduleOf(world: World, party: Party): Schedule {
  const timeline = hoursOf(world, party)
  const known = made.get(world.calendars) ?? new WeakMap<readonly OpeningHours[], Schedule>()
  made.set(world.calendars, known)
  const found = known.get(timeline)
  if (found?.kind === party.kind) return found
  const schedule = build(world.calendars, timeline, party.kind)
  known.set(timeline, schedule)
  return schedule
}

interface Period {
  readonly hours: OpeningHours
  readonly from: Day
  readonly until: Day
  readonly week: readonly (readonly Span[])[]
}

function build(calendars: Calendars, timeline: readonly OpeningHours[], kind: OrganisationKind): Schedule {
  const periods: Period[] = timeline.map((hours) => ({
    hours,
    from: parseDay(hours.from) ?? Number.POSITIVE_INFINITY,
    until: hours.until === undefined ? Number.POSITIVE_INFINITY : (parseDay(hours.until) ?? Number.NEGATIVE_INFINITY),
    week: weekOf(hours),
  }))
  const decided = new Map<Day, OpenDay | Missing>()
  const at = (day: Day): OpenDay | Missing => {
    const known = decided.get(day)
    if (known) return known
    const answer = decide(calendars, periods, kind, day)
    decided.set(day, answer)
    return answer
  }
  return { kind, at }
}

function decide(calendars: Calendars, periods: readonly Period[], kind: OrganisationKind, day: Day): OpenDay | Missing {
  const period = periods.findLast((one) => one.from <= day && day <= one.until)
  if (!period) return { code: 'hoursMissing', params: { kind, date: formatDay(day) } }
  const status = statusAt(calendars.tables[period.hours.week], day)
  if (!status) return { code: 'calendarMissing', params: { year: yearOf(day) } }
  const spans = status.working ? (period.week[weekdayIndex(status.insteadOf ?? day)] ?? []) : []
  return { date: formatDay(day), status, hours: period.hours, spans }
}
