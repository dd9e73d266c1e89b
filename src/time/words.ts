import type { Translator } from '../language/translator.ts'
import type { Words } from './calendarFile.ts'
import { nameOf } from './calendars.ts'
import type { DayProof } from './count.ts'
import type { Deadline, TermError } from './deadline.ts'
import type { Warning } from './doubts.ts'
import type { FileProblem } from './files.ts'
import type { World } from './schedule.ts'

export type LineParams = Readonly<Record<string, string | number>>

/** One line of an explanation; words under `time.why.<code>`. `reason` fills `{reason}` in the reader's language. */
export interface Line {
  readonly code: string
  readonly params: LineParams
  readonly reason?: Words
}

const dates = /\b(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2})\S*)?/g
/** Dates and times as offices write them: `27.08.2018`, `27.08.2018 18:30`. */
export const officeDate = (text: string): string =>
  text.replaceAll(dates, (_, year, month, day, clock) => `${day}.${month}.${year}${clock ? ` ${clock}` : ''}`)

function render(t: Translator, key: string, params: LineParams, reason?: Words): string {
  const shown = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? officeDate(value) : value]),
  )
  return t(key, { ...shown, reason: reason?.[t.language] ?? '' }).trim()
}

export const renderWarning = (t: Translator, warning: Warning): string =>
  render(t, `time.warning.${warning.code}`, warning.params, warning.reason)
export const renderError = (t: Translator, error: TermError): string => render(t, `time.error.${error.code}`, error.params, error.reason)
export const renderLine = (t: Translator, line: Line): string => {
  const { source } = line.params
  const params = typeof source === 'string' ? { ...line.params, source: renderSource(t, source) } : line.params
  return render(t, `time.why.${line.code}`, params, line.reason)
}

/** The source of a rule as people read it: a clause stands as it is; notes for the law's keepers ("reading: …") become a word. */
export const renderSource = (t: Translator, source: string): string => {
  const kind = /^(reading|unconfirmed):/.exec(source)?.[1]
  return kind === undefined ? source : t(`time.source.${kind}`)
}

/** `file:line path: what is wrong and what to do`. */
export const renderProblem = (t: Translator, problem: FileProblem): string =>
  `${problem.file}:${problem.line} ${problem.path}: ${t(`time.problem.${problem.code}`, problem.params)}`

/** Why this date: receipt, day zero, each date, the end, the rules. Screens and papers show the same lines. */
export function explain(due: Deadline, world: World): readonly Line[] {
  const lines: Line[] = [{ code: 'received', params: { at: due.receivedAt } }]
  lines.push(...due.skipped.map((day) => dayLine(day, world)))
  if (due.skipped.length > 0) lines.push({ code: 'dayZeroMoved', params: { date: due.dayZero } })
  let number = 0
  for (const day of due.days) {
    if (day.counts) number++
    lines.push(dayLine(day, world, day.counts ? number : undefined, due.norm.unit))
  }
  lines.push({ code: 'due', params: { at: due.dueAt } })
  for (const rule of due.rules) lines.push({ code: 'rule', params: { source: rule.source }, ...reasonOf(rule.id, world) })
  return lines
}

function reasonOf(rule: string, world: World): { reason?: Words } {
  const found = world.calendars.reckoning.rules.find((one) => one.id === rule)
  return found ? { reason: found.says } : {}
}

function dayLine(day: DayProof, world: World, number?: number, unit?: 'min' | 'wd' | 'cd'): Line {
  const act = day.act ?? '–'
  const name = nameOf(world.calendars, day.date)
  const reason = name ? { reason: name } : {}
  if (number !== undefined && unit === 'min') return { code: 'minutesRun', params: { date: day.date }, ...reason }
  if (number !== undefined) return { code: `counted.${day.reason}`, params: { date: day.date, number, act }, ...reason }
  return { code: `skipped.${day.reason}`, params: { date: day.date, act }, ...reason }
}

/** The answer of `qyzmet deadline --json`: its keys and their meaning are stable. */
export interface DeadlineJson {
  readonly id: Deadline['id']
  readonly norm: Deadline['norm']
  readonly receivedAt: string
  readonly dayZero: string
  readonly days: readonly DayProof[]
  readonly rules: readonly { readonly id: string; readonly source: string }[]
  readonly calendar: Deadline['calendar']
  readonly dueDate: string
  readonly dueAt: string
  readonly warnings: readonly { readonly code: string; readonly text: string }[]
}

export function deadlineJson(due: Deadline, t: Translator): DeadlineJson {
  const { id, norm, receivedAt, dayZero, days, calendar, dueDate, dueAt } = due
  const rules = due.rules.map((rule) => ({ id: rule.id, source: rule.source }))
  const warnings = due.warnings.map((warning) => ({ code: warning.code, text: renderWarning(t, warning) }))
  return { id, norm, receivedAt, dayZero, days, rules, calendar, dueDate, dueAt, warnings }
}
