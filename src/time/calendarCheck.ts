import type { BaseFile, YearFile } from './calendarFile.ts'
import { parseDay, weekdayIndex, weekdays, yearOf } from './dates.ts'
import type { WeekKind } from './dayTable.ts'
import type { FileProblem, OpenFile } from './files.ts'

/** Each source names an act that the file has. */
export function checkBase(file: OpenFile, base: BaseFile): FileProblem[] {
  const sources = [
    { act: base.transfers.act, path: ['transfers', 'act'] },
    ...(['five', 'six'] as const).flatMap((week) =>
      (['source', 'working'] as const).map((key) => ({ act: base.weeks[week][key].act, path: ['weeks', week, key, 'act'] })),
    ),
    ...Object.entries(base.days).map(([day, one]) => ({ act: one.source.act, path: ['days', day, 'source', 'act'] })),
  ]
  return sources.filter(({ act }) => !base.acts[act]).map(({ act, path }) => file.problem(path, 'unknownAct', { value: act }))
}

/** What the shape cannot see: dates of another year, twice the same, transfers and swaps that move nothing. */
export function checkYear(file: OpenFile, year: YearFile, base: BaseFile): FileProblem[] {
  return [
    ...checkDates(file, year),
    ...checkNames(file, year, base),
    ...checkTransfers(file, year, base, 'five'),
    ...checkTransfers(file, year, base, 'six'),
    ...checkSwaps(file, year, base),
  ]
}

const isWeeklyOff = (base: BaseFile, week: WeekKind, date: string): boolean =>
  base.weeks[week].daysOff.some((off) => off === weekdays[weekdayIndex(parseDay(date) ?? 0)])

function checkDates(file: OpenFile, year: YearFile): FileProblem[] {
  const dated = [
    ...year.holidays.map((entry, i) => ({ date: entry.date, path: ['holidays', i, 'date'] })),
    ...year.daysOff.map((entry, i) => ({ date: entry.date, path: ['daysOff', i, 'date'] })),
  ]
  const seen = new Set<string>()
  const problems: FileProblem[] = []
  for (const { date, path } of dated) {
    if (yearOf(parseDay(date) ?? 0) !== year.year) problems.push(file.problem(path, 'otherYear', { value: date, year: year.year }))
    if (seen.has(date)) problems.push(file.problem(path, 'duplicateDate', { value: date }))
    seen.add(date)
  }
  if (!year.confirmed && !year.reason) problems.push(file.problem(['reason'], 'missing', { key: 'reason' }))
  return problems
}

function checkNames(file: OpenFile, year: YearFile, base: BaseFile): FileProblem[] {
  const lists = ['holidays', 'daysOff'] as const
  return lists.flatMap((list) =>
    year[list].flatMap((entry, i) => {
      if (!('day' in entry) || base.days[entry.day]) return []
      return [file.problem([list, i, 'day'], 'unknownDay', { value: entry.day })]
    }),
  )
}

function checkTransfers(file: OpenFile, year: YearFile, base: BaseFile, week: WeekKind): FileProblem[] {
  const holidays = new Set(year.holidays.map((entry) => entry.date))
  return year.transferred[week].flatMap((entry, i) => {
    const at = ['transferred', week, i]
    if (yearOf(parseDay(entry.date) ?? 0) !== year.year)
      return [file.problem([...at, 'date'], 'otherYear', { value: entry.date, year: year.year })]
    if (!holidays.has(entry.of) || !isWeeklyOff(base, week, entry.of))
      return [file.problem([...at, 'of'], 'notHolidayOnDayOff', { value: entry.of })]
    if (entry.date <= entry.of || isWeeklyOff(base, week, entry.date))
      return [file.problem([...at, 'date'], 'transferNotLater', { value: entry.date })]
    return []
  })
}

function checkSwaps(file: OpenFile, year: YearFile, base: BaseFile): FileProblem[] {
  const offDays = new Set([...year.holidays, ...year.daysOff, ...year.transferred.five].map((entry) => entry.date))
  const isOff = (date: string): boolean => isWeeklyOff(base, 'five', date) || offDays.has(date)
  return year.swaps.flatMap((entry, i) => {
    const problems: FileProblem[] = []
    for (const side of ['off', 'worked'] as const)
      if (yearOf(parseDay(entry[side]) ?? 0) !== year.year)
        problems.push(file.problem(['swaps', i, side], 'otherYear', { value: entry[side], year: year.year }))
    if (!isOff(entry.worked)) problems.push(file.problem(['swaps', i, 'worked'], 'swapWorkedWasWorking', { value: entry.worked }))
    if (isOff(entry.off)) problems.push(file.problem(['swaps', i, 'off'], 'swapOffWasOff', { value: entry.off }))
    return problems
  })
}
