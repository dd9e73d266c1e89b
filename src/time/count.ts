import type { DateText, Day } from './dates.ts'
import type { DayReason } from './dayTable.ts'
import { type Instant, instantOf, minuteMs, wallTime, type Zone } from './moments.ts'
import { closeOf, isMissing, isOpen, type Missing, type OpenDay, openOf, type Schedule } from './schedule.ts'

/** One line of a proof. */
export interface DayProof {
  readonly date: DateText
  /** Whether the term runs on this date: a day of a day norm, some minutes of a minute norm. */
  readonly counts: boolean
  readonly reason: DayReason | 'dayZero'
  /** Act and article; null where the act has not been seen. */
  readonly act: string | null
}

export interface DayZero {
  readonly day: Day
  readonly receivedDay: Day
  /** Received after the end of the working day or on a day off. */
  readonly moved: boolean
  /** When the receiver could begin: receipt, or the opening before which nothing is done. */
  readonly startsAt: Instant
  /** The dates between receipt and day zero. */
  readonly skipped: readonly DayProof[]
}

export interface Counted {
  readonly days: readonly DayProof[]
  readonly dueDay: Day
  readonly dueAt: Instant
  /** The N-th calendar day was a day off. */
  readonly moved: boolean
}

const proofOf = (open: OpenDay, counts: boolean): DayProof => ({
  act: open.status.act,
  counts,
  date: open.date,
  reason: open.status.reason,
})

/**
 * The day from which a term is counted, by the receiver's own calendar and hours. The working day ends at closing time (a receipt at the very
 * moment of closing is still in time), not when intake ends; before opening and at lunch the day is the same day.
 */
export function dayZeroOf(receiver: Schedule, zone: Zone, receivedAt: Instant): DayZero | Missing {
  const wall = wallTime(zone, receivedAt)
  const skipped: DayProof[] = []
  for (let day = wall.day; ; day++) {
    const open = receiver.at(day)
    if (isMissing(open)) return open
    const same = day === wall.day
    if (isOpen(open) && !(same && wall.ms > closeOf(open))) {
      const opens = instantOf(zone, { day, ms: openOf(open) })
      return { day, receivedDay: wall.day, moved: !same, startsAt: Math.max(receivedAt, opens), skipped }
    }
    skipped.push(proofOf(open, false))
  }
}

/** The N-th working day after day zero. `first` is day zero's own line. */
export function workingDays(performer: Schedule, zone: Zone, zero: Day, first: DayProof, value: number): Counted | Missing {
  const days = [first]
  let counted = 0
  for (let day = zero + 1; ; day++) {
    const open = performer.at(day)
    if (isMissing(open)) return open
    const counts = isOpen(open)
    days.push(proofOf(open, counts))
    if (counts && ++counted === value) return { days, dueDay: day, dueAt: instantOf(zone, { day, ms: closeOf(open) }), moved: false }
  }
}

/** The N-th day after day zero or, when that is a day off, the performer's next working day; the days of the move do not count. */
export function calendarDays(performer: Schedule, zone: Zone, zero: Day, first: DayProof, value: number): Counted | Missing {
  const days = [first]
  for (let day = zero + 1; ; day++) {
    const open = performer.at(day)
    if (isMissing(open)) return open
    const number = day - zero
    days.push(proofOf(open, number <= value))
    if (number >= value && isOpen(open))
      return { days, dueDay: day, dueAt: instantOf(zone, { day, ms: closeOf(open) }), moved: number > value }
  }
}

/** The moment at which N minutes of the performer's open time have passed. Minutes that end exactly at closing or at lunch end there. */
export function minutes(performer: Schedule, zone: Zone, startsAt: Instant, first: DayProof, zero: Day, value: number): Counted | Missing {
  const days: DayProof[] = []
  let left = value * minuteMs
  for (let day = zero; ; day++) {
    const open = performer.at(day)
    if (isMissing(open)) return open
    const before = left
    for (const span of open.spans) {
      const from = Math.max(startsAt, instantOf(zone, { day, ms: span.from }))
      const length = instantOf(zone, { day, ms: span.until }) - from
      if (length <= 0) continue
      if (length >= left) {
        days.push(proofOf(open, true))
        return { days, dueDay: day, dueAt: from + left, moved: false }
      }
      left -= length
    }
    days.push(day === zero && left === before ? first : proofOf(open, left < before))
  }
}
