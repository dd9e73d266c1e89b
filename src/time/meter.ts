import { parseDay } from './dates.ts'
import { type Answer, type Deadline, instant, type Moment, no, type RuleProof } from './deadline.ts'
import { formatMoment, type Instant, instantOf, minuteMs, wallTime, type Zone, zoneOf } from './moments.ts'
import { ruleOn } from './reckoning.ts'
import { isMissing, isOpen, openMs, openOf, type Party, type Schedule, scheduleOf, type World } from './schedule.ts'

const at = (moment: Moment): Instant => instant(moment) ?? Number.NaN

/** Late is after `dueAt`; the very moment of closing is in time. */
export const isLate = (due: Deadline, now: Moment): boolean => at(now) > at(due.dueAt)

/** What is left of a term for its meter. */
export interface Remaining {
  readonly late: boolean
  /** Whole minutes of the performer's open time from now to `dueAt`; 0 when late. */
  readonly minutes: number
  /** Open minutes from the start of the term to `dueAt`. */
  readonly ofMinutes: number
  /** Dates after today that still count, the due date included; 0 on the due date. */
  readonly days: number
}

export function remaining(due: Deadline, now: Moment, world: World): Answer<Remaining> {
  const zone = zoneOf(due.zone)
  if (!zone) return no('zoneUnknown', { value: due.zone })
  const performer = scheduleOf(world, due.performer)
  const [start, end, moment] = [at(due.startsAt), at(due.dueAt), at(now)]
  const whole = openBetween(performer, zone, start, end)
  const left = openBetween(performer, zone, Math.max(moment, start), end)
  const today = wallTime(zone, moment).day
  const days = due.days.filter((day) => day.counts && (parseDay(day.date) ?? 0) > today).length
  return { ok: true, value: { late: moment > end, minutes: Math.floor(left / minuteMs), ofMinutes: Math.floor(whole / minuteMs), days } }
}

/** Whole minutes of the party's open time between two moments; a date that cannot be told adds none. 0 where a moment or zone is none. */
export function openMinutes(party: Party, zoneId: string, from: Moment, until: Moment, world: World): number {
  const zone = zoneOf(zoneId)
  return zone === undefined ? 0 : Math.floor(openBetween(scheduleOf(world, party), zone, at(from), at(until)) / minuteMs)
}

/** Milliseconds of open time between two moments; a date that cannot be told adds none. */
export function openBetween(schedule: Schedule, zone: Zone, from: Instant, until: Instant): number {
  let sum = 0
  if (!(from < until)) return sum
  const last = wallTime(zone, until).day
  for (let day = wallTime(zone, from).day; day <= last; day++) {
    const open = schedule.at(day)
    if (isMissing(open)) continue
    for (const span of open.spans) {
      const opens = Math.max(from, instantOf(zone, { day, ms: span.from }))
      const closes = Math.min(until, instantOf(zone, { day, ms: span.until }))
      sum += Math.max(0, closes - opens)
    }
  }
  return sum
}

/** The moment before `until` at which `left` milliseconds of open time remain, no earlier than `from`. */
function openBefore(schedule: Schedule, zone: Zone, until: Instant, left: number, from: Instant): Instant {
  let need = left
  for (let day = wallTime(zone, until).day; day >= wallTime(zone, from).day; day--) {
    const open = schedule.at(day)
    if (isMissing(open)) break
    for (const span of [...open.spans].reverse()) {
      const opens = instantOf(zone, { day, ms: span.from })
      const length = Math.min(until, instantOf(zone, { day, ms: span.until })) - opens
      if (length <= 0) continue
      if (length >= need) return Math.max(from, opens + length - need)
      need -= length
    }
  }
  return from
}

export interface WarningMoment {
  /** `lastDay`: the due date opens; `lastHalfDay`: half of its open time is left; `lastQuarter`: a quarter of a minute norm is left. */
  readonly code: 'lastDay' | 'lastHalfDay' | 'lastQuarter'
  readonly at: string
}

/** When the performer is warned, in order. A minute norm warns once, a day norm at the opening and at the middle of its last day. */
export function warnAt(due: Deadline, world: World): readonly WarningMoment[] {
  const zone = zoneOf(due.zone)
  const day = parseDay(due.dueDate)
  if (!zone || day === undefined) return []
  const performer = scheduleOf(world, due.performer)
  const [start, end] = [at(due.startsAt), at(due.dueAt)]
  const moment = (code: WarningMoment['code'], left: number): WarningMoment => {
    return { code, at: formatMoment(zone, openBefore(performer, zone, end, left, start)) }
  }
  if (due.norm.unit === 'min') return [moment('lastQuarter', (due.norm.value * minuteMs) / 4)]
  const last = performer.at(day)
  if (isMissing(last)) return []
  return [{ code: 'lastDay', at: formatMoment(zone, instantOf(zone, { day, ms: openOf(last) })) }, moment('lastHalfDay', openMs(last) / 2)]
}

/**
 * By when the result of a service handed in at the State Corporation must be there: twenty-four hours before the term ends (law 88-V, 5(2)5)),
 * brought back to the provider's last open moment. Null for minutes and for a term of one working day, which the law excepts.
 */
export function deliverBy(due: Deadline, world: World): { readonly at: string; readonly rule: RuleProof } | null {
  const zone = zoneOf(due.zone)
  const { unit, value } = due.norm
  if (!zone || due.receiver.kind !== 'corporation' || unit === 'min' || value < 2) return null
  const rule = ruleOn(world.calendars.reckoning, 'delivery', due.receivedAt.slice(0, 10), 'corporation')
  if (!rule) return null
  const { id, applies, source, confirmed } = rule
  const limit = lastOpen(scheduleOf(world, due.performer), zone, at(due.dueAt) - 1440 * minuteMs, at(due.startsAt))
  return { at: formatMoment(zone, limit), rule: { id, applies, source, confirmed } }
}

/** The latest moment not after `until` at which the organisation is open, or has just closed. */
function lastOpen(schedule: Schedule, zone: Zone, until: Instant, from: Instant): Instant {
  for (let day = wallTime(zone, until).day; day >= wallTime(zone, from).day; day--) {
    const open = schedule.at(day)
    if (isMissing(open)) break
    if (!isOpen(open)) continue
    for (const span of [...open.spans].reverse())
      if (instantOf(zone, { day, ms: span.from }) <= until) return Math.min(until, instantOf(zone, { day, ms: span.until }))
  }
  return from
}
