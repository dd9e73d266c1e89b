import type { BaseFile, NamedDay, Source, YearFile } from './calendarFile.ts'
import { type DateText, type Day, dayOf, parseDay, weekdayIndex, weekdays } from './dates.ts'

export type WeekKind = 'five' | 'six'
/** Why a date is a working day (`working`, `swappedWork`) or is not. */
export type DayReason = 'working' | 'dayOff' | 'holiday' | 'transferred' | 'swappedOff' | 'swappedWork'

/** What a calendar says of one date. */
export interface DayStatus {
  readonly working: boolean
  readonly reason: DayReason
  /** Number and article of the act that makes it so; null where the act has not been seen. */
  readonly act: string | null
  /** Code of a warning when this date rests on something unconfirmed. */
  readonly doubt?: 'dayUnconfirmed' | 'swapOnSixDayWeek'
  /** On a swapped workday: the date that was given as a day off for it, whose hours it takes. */
  readonly insteadOf?: Day
}

/** Every date of a run of years; a year that the data lacks has no entries. */
export interface DayTable {
  readonly first: Day
  readonly days: readonly (DayStatus | undefined)[]
}

export const statusAt = (table: DayTable, day: Day): DayStatus | undefined => table.days[day - table.first]

/** Decides every date once: batches then read an array. */
export function tableOf(base: BaseFile, years: ReadonlyMap<number, YearFile>, week: WeekKind): DayTable {
  const numbers = [...years.keys()].sort((a, b) => a - b)
  const first = dayOf(numbers[0] ?? 1970, 1, 1)
  const days: (DayStatus | undefined)[] = []
  const put = (date: DateText, status: DayStatus): void => {
    days[(parseDay(date) ?? first) - first] = status
  }
  for (const year of numbers) weekly(base, week, year, first, days)
  for (const year of years.values()) {
    for (const entry of year.holidays) put(entry.date, off('holiday', actOf(base, entry), entry.confirmed))
    for (const entry of year.daysOff) put(entry.date, off('dayOff', actOf(base, entry), entry.confirmed))
    for (const entry of year.transferred[week])
      put(entry.date, off('transferred', entry.act ?? cite(base, base.transfers), entry.confirmed))
  }
  for (const year of years.values()) for (const entry of year.swaps) swap(entry, first, days)
  return { first, days }
}

function cite(base: BaseFile, { act, article }: Source): string {
  const id = base.acts[act]?.id ?? act
  return article === undefined ? id : `${id} ${article}`
}

function actOf(base: BaseFile, entry: NamedDay): string | null {
  if (entry.act !== undefined) return entry.act
  const day = 'day' in entry ? base.days[entry.day] : undefined
  return day ? cite(base, day.source) : null
}

function off(reason: DayReason, act: string | null, confirmed: boolean): DayStatus {
  return confirmed ? { working: false, reason, act } : { working: false, reason, act, doubt: 'dayUnconfirmed' }
}

function weekly(base: BaseFile, week: WeekKind, year: number, first: Day, days: (DayStatus | undefined)[]): void {
  const rule = base.weeks[week]
  const working: DayStatus = { working: true, reason: 'working', act: cite(base, rule.working) }
  const dayOff: DayStatus = { working: false, reason: 'dayOff', act: cite(base, rule.source) }
  const offs = new Set(rule.daysOff.map((name) => weekdays.indexOf(name)))
  for (let day = dayOf(year, 1, 1); day < dayOf(year + 1, 1, 1); day++) days[day - first] = offs.has(weekdayIndex(day)) ? dayOff : working
}

/** A swap moves only the week in which the day worked was a day off; elsewhere both dates stay as they were, and say that this is a reading. */
function swap(entry: YearFile['swaps'][number], first: Day, days: (DayStatus | undefined)[]): void {
  const worked = (parseDay(entry.worked) ?? first) - first
  const given = (parseDay(entry.off) ?? first) - first
  const workedBefore = days[worked]
  const givenBefore = days[given]
  if (!workedBefore || !givenBefore) return
  if (workedBefore.working) {
    days[worked] = { ...workedBefore, doubt: 'swapOnSixDayWeek' }
    days[given] = { ...givenBefore, doubt: 'swapOnSixDayWeek' }
    return
  }
  const doubt = entry.confirmed ? {} : { doubt: 'dayUnconfirmed' as const }
  days[worked] = { working: true, reason: 'swappedWork', act: entry.act, insteadOf: given + first, ...doubt }
  days[given] = { working: false, reason: 'swappedOff', act: entry.act, ...doubt }
}
