import { checkBase, checkYear } from './calendarCheck.ts'
import { type BaseFile, baseFile, type Words, type YearFile, yearFile } from './calendarFile.ts'
import { type DayTable, tableOf, type WeekKind } from './dayTable.ts'
import { type FileProblem, type OpenFile, openFile, type Parsed, shape } from './files.ts'
import { type Reckoning, reckoningFile } from './reckoning.ts'

/** The working calendars of all years that the data has. */
export interface Calendars {
  readonly base: BaseFile
  readonly years: ReadonlyMap<number, YearFile>
  /** Every date of those years decided, for each week. */
  readonly tables: Readonly<Record<WeekKind, DayTable>>
  readonly reckoning: Reckoning
}

export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** One year's file alone: its shape and its dates; what it shares with others is checked by `parseCalendars`. */
export function parseCalendar(text: string, path: string): Parsed<YearFile> {
  const file = openFile(text, path)
  return file.ok ? shape(file.value, yearFile) : file
}

/** All files of `regulations/law/calendars`: the base, the rules of reckoning and the years, or every problem of all of them. */
export function parseCalendars(files: readonly SourceFile[]): Parsed<Calendars> {
  const problems: FileProblem[] = []
  const bases: Opened<BaseFile>[] = []
  const reckonings: Opened<Reckoning>[] = []
  const years: Opened<YearFile>[] = []
  for (const source of files) {
    const file = openFile(source.text, source.path)
    if (!file.ok) problems.push(...file.problems)
    else sortIn(file.value, { bases, reckonings, years }, problems)
  }
  const base = bases[0]?.value
  const reckoning = reckonings[0]?.value
  const path = files[0]?.path ?? ''
  if (problems.length === 0 && !(base && reckoning)) problems.push({ file: path, line: 1, path: '', code: 'noBase', params: {} })
  problems.push(...bases.flatMap((one) => checkBase(one.file, one.value)))
  if (base) problems.push(...years.flatMap((year) => checkYear(year.file, year.value, base)))
  problems.push(...repeated(years))
  if (problems.length > 0 || !base || !reckoning) return { ok: false, problems }
  return { ok: true, value: calendarsOf(base, reckoning, new Map(years.map((year) => [year.value.year, year.value]))) }
}

interface Opened<T> {
  readonly file: OpenFile
  readonly value: T
}
interface Shelves {
  readonly bases: Opened<BaseFile>[]
  readonly reckonings: Opened<Reckoning>[]
  readonly years: Opened<YearFile>[]
}

function sortIn(file: OpenFile, shelves: Shelves, problems: FileProblem[]): void {
  const put = <T>(parsed: Parsed<T>, shelf: Opened<T>[]): void => {
    if (parsed.ok) shelf.push({ file, value: parsed.value })
    else problems.push(...parsed.problems)
  }
  const format = formatOf(file)
  if (format === 'qyzmet.calendar/1') put(shape(file, baseFile), shelves.bases)
  else if (format === 'qyzmet.reckoning/1') put(shape(file, reckoningFile), shelves.reckonings)
  else if (format === 'qyzmet.calendar-year/1') put(shape(file, yearFile), shelves.years)
  else problems.push(file.problem(['format'], 'unknownFormat', { value: String(format ?? '') }))
}

function formatOf(file: OpenFile): unknown {
  return typeof file.data === 'object' && file.data !== null ? Reflect.get(file.data, 'format') : undefined
}

function repeated(years: readonly Opened<YearFile>[]): FileProblem[] {
  const seen = new Set<number>()
  return years.flatMap(({ file, value }) => {
    if (seen.has(value.year)) return [file.problem(['year'], 'duplicateYear', { year: value.year })]
    seen.add(value.year)
    return []
  })
}

function calendarsOf(base: BaseFile, reckoning: Reckoning, years: ReadonlyMap<number, YearFile>): Calendars {
  return { base, years, reckoning, tables: { five: tableOf(base, years, 'five'), six: tableOf(base, years, 'six') } }
}

/** The name of a holiday or of a day off; `undefined` for an ordinary date. */
export function nameOf(calendars: Calendars, date: string): Words | undefined {
  const year = calendars.years.get(Number(date.slice(0, 4)))
  const found = [...(year?.holidays ?? []), ...(year?.daysOff ?? [])].find((entry) => entry.date === date)
  if (!found) return undefined
  return 'name' in found ? found.name : calendars.base.days[found.day]?.name
}
