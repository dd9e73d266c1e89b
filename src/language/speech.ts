import type { Language, Messages } from './messages.ts'
import { createTranslator, localeOf, type Translator } from './translator.ts'

type Day = Temporal.PlainDate | string
type Moment = Temporal.Instant | string

/** A length of time as law counts it; each unit is said as given, none is converted into another. */
export interface Length {
  workingDays?: number
  calendarDays?: number
  hours?: number
  minutes?: number
  seconds?: number
}

/** All that a page needs to speak to one reader: words, dates in the region's zone, numbers, order of letters. */
export interface Speech {
  readonly language: Language
  readonly zone: string
  readonly t: Translator
  /** 2026-11-22 → "2026 ж. 22 қараша" / "22 ноября 2026 г." */
  date(day: Day | Moment): string
  /** With the weekday: "2026 ж. 22 қараша, жексенбі". */
  weekdayDate(day: Day | Moment): string
  /** "22.11.2026": for tables. */
  shortDate(day: Day | Moment): string
  dateTime(at: Moment): string
  /** "22.11.2026, 15:00": for tables. */
  shortDateTime(at: Moment): string
  time(at: Moment): string
  number(value: number): string
  list(items: readonly string[]): string
  /** "2 жұмыс күні 3 сағат"; zero parts are left out; nothing at all is "0 минут". */
  length(length: Length): string
  /** A norm as the regulation writes it: minutes, working days, calendar days. */
  norm(norm: { value: number; unit: 'min' | 'wd' | 'cd' }): string
  compare(a: string, b: string): number
}

const instantOf = (at: Moment): Date =>
  new Date(typeof at === 'string' ? Temporal.Instant.from(at).epochMilliseconds : at.epochMilliseconds)

/** A day has no zone: it is shown as noon UTC in UTC, so that no reader's zone moves it. */
const isDay = (value: Day | Moment): value is Day => (typeof value === 'string' ? value.length === 10 : value instanceof Temporal.PlainDate)

const dayFormats: Record<'long' | 'full' | 'short', Intl.DateTimeFormatOptions> = {
  long: { dateStyle: 'long' },
  full: { dateStyle: 'full' },
  short: { day: '2-digit', month: '2-digit', year: 'numeric' },
}

/** Kazakh and Russian write the weekday after the date; Russian and English Intl put it first, which reads well there. */
const dayFormatter = (locale: string, zone: string, style: keyof typeof dayFormats) => {
  const floating = new Intl.DateTimeFormat(locale, { ...dayFormats[style], timeZone: 'UTC' })
  const zoned = new Intl.DateTimeFormat(locale, { ...dayFormats[style], timeZone: zone })
  return (value: Day | Moment): string => {
    if (!isDay(value)) return zoned.format(instantOf(value))
    return floating.format(new Date(`${value.toString()}T12:00:00Z`))
  }
}

const momentFormatter = (locale: string, zone: string, options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone, hourCycle: 'h23' })
  return (at: Moment): string => format.format(instantOf(at))
}

const lengthIn = (t: Translator, length: Length): string => {
  const parts = (['workingDays', 'calendarDays', 'hours', 'minutes', 'seconds'] as const).flatMap((unit) => {
    const count = length[unit] ?? 0
    return count > 0 ? [t(`common.length.${unit}`, { count })] : []
  })
  return parts.length > 0 ? parts.join(' ') : t('common.length.minutes', { count: 0 })
}

const normUnits = { min: 'minutes', wd: 'workingDays', cd: 'calendarDays' } as const

const cache = new Map<Messages, Map<string, Speech>>()

/** Pure; building Intl objects costs about a millisecond, so one is kept per language and zone. */
export const createSpeech = (messages: Messages, language: Language, zone: string): Speech => {
  const kept = cache.get(messages)?.get(`${language} ${zone}`)
  if (kept) return kept
  const made = build(messages, language, zone)
  const known = cache.get(messages) ?? new Map<string, Speech>()
  cache.set(messages, known.set(`${language} ${zone}`, made))
  return made
}

const build = (messages: Messages, language: Language, zone: string): Speech => {
  const locale = localeOf(language)
  const t = createTranslator(messages, language)
  const numbers = new Intl.NumberFormat(locale)
  const lists = new Intl.ListFormat(locale)
  const order = new Intl.Collator(locale, { numeric: true })
  return {
    language,
    zone,
    t,
    date: dayFormatter(locale, zone, 'long'),
    weekdayDate: dayFormatter(locale, zone, 'full'),
    shortDate: dayFormatter(locale, zone, 'short'),
    dateTime: momentFormatter(locale, zone, { dateStyle: 'long', timeStyle: 'short' }),
    shortDateTime: momentFormatter(locale, zone, { ...dayFormats.short, hour: '2-digit', minute: '2-digit' }),
    time: momentFormatter(locale, zone, { hour: '2-digit', minute: '2-digit' }),
    number: (value) => numbers.format(value),
    list: (items) => lists.format(items),
    length: (length) => lengthIn(t, length),
    norm: ({ value, unit }) => t(`common.length.${normUnits[unit]}`, { count: value }),
    compare: order.compare,
  }
}
