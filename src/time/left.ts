import { formatDay } from './dates.ts'
import { openBetween } from './meter.ts'
import { type Instant, instantOf, minuteMs, wallTime, type Zone } from './moments.ts'
import { isMissing, isOpen, type Party, scheduleOf, type World } from './schedule.ts'

/** How much of a term is left, or by how much it is over, as the performer's calendar and hours count it. */
export interface Left {
  readonly late: boolean
  /** Working days between: dates after today on which the performer is open, the due date included; when late, those after the due date, today included. */
  readonly workingDays: number
  /** The same in dates of the calendar. */
  readonly calendarDays: number
  /** Whole minutes of the performer's open time between now and the due moment. */
  readonly minutes: number
  /** The date on which the term ends, in the performer's zone. */
  readonly dueDate: string
}

/**
 * For lists, which hold the moment of each case and not its proof. Working days are those of the performer whose hours close the term; a date that
 * cannot be told (no calendar, no hours) counts as none, as in `remaining`.
 */
export function leftUntil(performer: Party, zone: Zone, now: Instant, dueAt: Instant, world: World): Left {
  const schedule = scheduleOf(world, performer)
  const late = now > dueAt
  const [first, last] = late ? [dueAt, now] : [now, dueAt]
  const [from, until] = [wallTime(zone, first).day, wallTime(zone, last).day]
  let workingDays = 0
  for (let day = from + 1; day <= until; day++) {
    const open = schedule.at(day)
    if (!isMissing(open) && isOpen(open)) workingDays++
  }
  const minutes = Math.floor(openBetween(schedule, zone, first, last) / minuteMs)
  return { late, workingDays, calendarDays: until - from, minutes, dueDate: formatDay(wallTime(zone, dueAt).day) }
}

/** Open spans of an organisation from the day of `from` on, lunch cut out, as moments: what a page needs to count working time by itself. */
export function openSpans(
  performer: Party,
  zone: Zone,
  from: Instant,
  days: number,
  world: World,
): readonly (readonly [Instant, Instant])[] {
  const schedule = scheduleOf(world, performer)
  const today = wallTime(zone, from).day
  return Array.from({ length: days }, (_, ahead) => today + ahead).flatMap((day) => {
    const open = schedule.at(day)
    if (isMissing(open)) return []
    return open.spans.map((span) => [instantOf(zone, { day, ms: span.from }), instantOf(zone, { day, ms: span.until })] as const)
  })
}

/** Milliseconds of an organisation's open time between two moments. */
export const openTime = (performer: Party, zone: Zone, from: Instant, until: Instant, world: World): number =>
  openBetween(scheduleOf(world, performer), zone, from, until)
