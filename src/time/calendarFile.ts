import { z } from 'zod'
import { parseDay, weekdays } from './dates.ts'

const isDate = (text: string): boolean => parseDay(text) !== undefined

/** `YYYY-MM-DD`, a date that exists. */
export const dateText = z.string().refine(isDate, { params: { code: 'wrongDate' } })
/** Words for people in the three languages. */
export const words = z.strictObject({ kk: z.string().min(1), ru: z.string().min(1), en: z.string().min(1) })
export type Words = z.infer<typeof words>

const article = z.union([z.string().min(1), z.number()]).transform(String)
const source = z.strictObject({ act: z.string().min(1).describe('key of `acts`'), article: article.optional() })
export type Source = z.infer<typeof source>
const week = z.strictObject({
  id: z.string().min(1).describe('name of the calendar in proofs'),
  daysOff: z.array(z.enum(weekdays)).min(1).describe('weekly days off'),
  source: source.describe('what makes them days off'),
  working: source.describe('what makes the others working days'),
})

/** What the calendars of all years share. */
export const baseFile = z.strictObject({
  format: z.literal('qyzmet.calendar/1'),
  calendar: z.string().min(1),
  acts: z.record(z.string(), z.strictObject({ id: z.string().min(1).describe('number in the register of acts'), title: words })),
  weeks: z.strictObject({ five: week, six: week }),
  transfers: source.describe('what transfers a holiday from a weekly day off to the next working day'),
  swaps: z.enum(['whereWorkedDayWasOff']).describe('which weeks a swap moves'),
  days: z.record(z.string(), z.strictObject({ name: words, source })).describe('holidays and days off by name'),
})
export type BaseFile = z.infer<typeof baseFile>

const confirmed = z.boolean().default(true)
const namedDay = z.union([
  z.strictObject({ date: dateText, day: z.string().min(1).describe('key of `days`'), act: z.string().min(1).optional(), confirmed }),
  z.strictObject({ date: dateText, name: words, act: z.string().min(1).describe('the act that made this day'), confirmed }),
])
const transfer = z.strictObject({ date: dateText, of: dateText.describe('the holiday'), act: z.string().min(1).optional(), confirmed })
const swap = z.strictObject({
  off: dateText.describe('the working day given as a day off'),
  worked: dateText.describe('the day off worked for it'),
  act: z.string().min(1).nullable().describe('the act that swaps them; null where its number has not been seen'),
  confirmed,
})
const gap = z.strictObject({ from: dateText, until: dateText, reason: words })

/** One year of a calendar. */
export const yearFile = z.strictObject({
  format: z.literal('qyzmet.calendar-year/1'),
  calendar: z.string().min(1),
  year: z.number().int().min(1990).max(2100),
  act: z.string().min(1).nullable().describe('the act that swaps days off in this year'),
  confirmed: z.boolean(),
  reason: words.optional().describe('why the year is not confirmed'),
  holidays: z.array(namedDay),
  daysOff: z.array(namedDay).default([]).describe('days off under every regime, never transferred'),
  transferred: z.strictObject({ five: z.array(transfer), six: z.array(transfer) }),
  swaps: z.array(swap).default([]),
  gaps: z.array(gap).default([]).describe('days of which it is known that the calendar does not tell all'),
})
export type YearFile = z.infer<typeof yearFile>
export type NamedDay = z.infer<typeof namedDay>
