/** Dates as whole days since 1970-01-01: the arithmetic runs a hundred thousand times a batch, and Temporal costs microseconds each. */
export type Day = number
export type DateText = string
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/
const twoDigits = (value: number): string => (value < 10 ? `0${value}` : `${value}`)

/** Days since the epoch of a civil date (Howard Hinnant's `days_from_civil`); no check that the date exists. */
export function dayOf(year: number, month: number, date: number): Day {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

/** The civil date of a day, as `[year, month, date]`. */
export function civilOf(day: Day): [number, number, number] {
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const month = Math.floor((5 * dayOfYear + 2) / 153)
  const date = dayOfYear - Math.floor((153 * month + 2) / 5) + 1
  return [yearOfEra + era * 400 + (month >= 10 ? 1 : 0), month < 10 ? month + 3 : month - 9, date]
}

export const yearOf = (day: Day): number => civilOf(day)[0]

/** `YYYY-MM-DD` → day; `undefined` for anything else and for a date that does not exist (30 February). */
export function parseDay(text: string): Day | undefined {
  const found = pattern.exec(text)
  if (!found) return undefined
  const day = dayOf(Number(found[1]), Number(found[2]), Number(found[3]))
  return formatDay(day) === text ? day : undefined
}

export function formatDay(day: Day): DateText {
  const [year, month, date] = civilOf(day)
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(date)}`
}

/** 0 Monday … 6 Sunday; 1970-01-01 was a Thursday. */
export const weekdayIndex = (day: Day): number => (((day + 3) % 7) + 7) % 7
