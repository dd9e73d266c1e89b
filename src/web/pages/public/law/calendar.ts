import type { Words } from '../../../../time/calendarFile.ts'
import { type Calendars, nameOf } from '../../../../time/calendars.ts'
import { dayOf, formatDay, weekdayIndex } from '../../../../time/dates.ts'
import { type DayStatus, statusAt, type WeekKind } from '../../../../time/dayTable.ts'

export interface CalendarDay {
  readonly date: string
  /** 0 Monday … 6 Sunday. */
  readonly weekday: number
  readonly five: DayStatus
  readonly six: DayStatus
  readonly name?: Words
}

export interface CalendarYear {
  readonly year: number
  readonly act: string | null
  readonly confirmed: boolean
  readonly reason?: Words
  readonly gaps: readonly { readonly from: string; readonly until: string; readonly reason: Words }[]
  /** Acts that the days cite, by number, with their titles. */
  readonly acts: readonly { readonly id: string; readonly title: Words }[]
  readonly months: readonly (readonly CalendarDay[])[]
}

/** One year of the working calendar, both weeks beside each other; `undefined` for a year that the data lacks. */
export function yearOf(calendars: Calendars, year: number): CalendarYear | undefined {
  const file = calendars.years.get(year)
  if (file === undefined) return undefined
  const months: CalendarDay[][] = []
  for (let day = dayOf(year, 1, 1); day < dayOf(year + 1, 1, 1); day++) {
    const [five, six] = [statusAt(calendars.tables.five, day), statusAt(calendars.tables.six, day)]
    if (five === undefined || six === undefined) return undefined
    const date = formatDay(day)
    const name = nameOf(calendars, date)
    const month = Number(date.slice(5, 7)) - 1
    months[month] ??= []
    months[month]?.push({ date, weekday: weekdayIndex(day), five, six, ...(name ? { name } : {}) })
  }
  const { act, confirmed, reason, gaps } = file
  const cited = months.flat().flatMap(({ five, six }) => [five.act ?? '', six.act ?? ''])
  const acts = Object.values(calendars.base.acts).filter(({ id }) => cited.some((one) => one.startsWith(id)))
  return { year, act, confirmed, ...(reason ? { reason } : {}), gaps, acts, months }
}

/** What departs from the plain week: holidays, transfers, swaps and doubts. */
export const special = (year: CalendarYear): CalendarDay[] =>
  year.months.flat().filter(({ five, six, name }) => name !== undefined || [five, six].some((s) => !isPlain(s)))

const isPlain = ({ reason, doubt }: DayStatus): boolean => doubt === undefined && (reason === 'working' || reason === 'dayOff')

export const workingDays = (days: readonly CalendarDay[], week: WeekKind): number => days.filter((day) => day[week].working).length
