import { z } from 'zod'
import { dateText, words } from './calendarFile.ts'
import { type Weekday, weekdays } from './dates.ts'
import { minuteMs } from './moments.ts'

const clock = /^([01]\d|2[0-4]):([0-5]\d)$/
/** `09:30` → milliseconds since midnight. */
export const clockMs = (text: string): number => {
  const found = clock.exec(text)
  return found ? (Number(found[1]) * 60 + Number(found[2])) * minuteMs : Number.NaN
}

/** A span of a day in milliseconds since midnight, `until` excluded. */
export interface Span {
  readonly from: number
  readonly until: number
}

const spanText = z.string().refine((text) => spanOf(text) !== undefined)
/** `09:00-18:30` → span; `undefined` unless it begins before it ends. */
export function spanOf(text: string): Span | undefined {
  const [from = '', until = '', ...rest] = text.split('-')
  const span = { from: clockMs(from), until: clockMs(until) }
  return rest.length === 0 && span.from < span.until && span.until <= 1440 * minuteMs ? span : undefined
}

const names: readonly string[] = weekdays
const dayKeys = z.string().refine((text) => daysOf(text).length > 0)
/** `mon-fri` or `sat` → the weekdays. */
function daysOf(text: string): Weekday[] {
  const [first, last = first, ...rest] = text.split('-')
  const from = names.indexOf(first ?? '')
  const until = names.indexOf(last ?? '')
  return rest.length > 0 || from < 0 || until < 0 ? [] : weekdays.slice(from, until + 1)
}

const shapeOfHours = z.strictObject({
  from: dateText.describe('first day on which these hours hold'),
  until: dateText.optional().describe('last day'),
  week: z.enum(['five', 'six']).describe('which working week the organisation keeps'),
  open: z.record(dayKeys, spanText).describe('weekday or range of weekdays → opening hours'),
  lunch: spanText.optional().describe('break on every day'),
  intakeUntil: z
    .string()
    .refine((text) => !Number.isNaN(clockMs(text)))
    .optional()
    .describe('documents are taken in and given out until; the working day goes on'),
  confirmed: z.boolean(),
  reason: words.optional(),
  source: z.string().min(1).describe('where the hours were seen'),
})
/** Opening hours of an organisation from a day on; an organisation's history of hours is a list of these. */
export type OpeningHours = z.infer<typeof shapeOfHours>

/** A working day of the week without hours could be neither counted nor closed: it is refused here. */
const coversItsWeek = (hours: OpeningHours): boolean =>
  Object.values(hours.open).some((text) => spanOf(text) === undefined) ||
  weekOf(hours).every((spans, day) => spans.length > 0 || day >= (hours.week === 'six' ? 6 : 5))

export const openingHours = shapeOfHours.refine(coversItsWeek, { path: ['open'] })
export const hoursTimeline = z.array(openingHours).min(1)

/** Index of the first entry that begins before the one before it has ended. */
export function overlapAt(timeline: readonly OpeningHours[]): number | undefined {
  const at = timeline.findIndex((hours, i) => {
    const before = timeline[i - 1]
    return before !== undefined && (before.until === undefined || hours.from <= before.until)
  })
  return at < 0 ? undefined : at
}

/** Spans open on each weekday, the lunch break cut out; a weekday without hours has none. */
export function weekOf(hours: OpeningHours): readonly (readonly Span[])[] {
  const lunch = hours.lunch === undefined ? undefined : spanOf(hours.lunch)
  const week: Span[][] = weekdays.map(() => [])
  for (const [days, text] of Object.entries(hours.open)) {
    const open = spanOf(text)
    if (open) for (const day of daysOf(days)) week[weekdays.indexOf(day)] = lunch ? cut(open, lunch) : [open]
  }
  return week
}

function cut(open: Span, lunch: Span): Span[] {
  const spans = [
    { from: open.from, until: Math.min(open.until, lunch.from) },
    { from: Math.max(open.from, lunch.until), until: open.until },
  ]
  return spans.filter((span) => span.from < span.until)
}
