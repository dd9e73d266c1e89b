import { type Day, dayOf, formatDay, parseDay } from './dates.ts'

/** An instant as milliseconds since the epoch. */
export type Instant = number
/** A point of wall-clock time: the date and the milliseconds since its midnight. */
export interface WallTime {
  readonly day: Day
  readonly ms: number
}

/** The offsets of one zone, from tzdata, as sorted steps: each holds from its instant until the next. */
export interface Zone {
  readonly id: string
  readonly steps: readonly { readonly from: Instant; readonly offsetMs: number }[]
}

export const minuteMs = 60_000
export const dayMs = 86_400_000
const rfc3339 = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?([Zz]|[+-]\d{2}:\d{2})$/

/** An RFC 3339 time with its offset (seconds may be missing) → instant; `undefined` if malformed or the date does not exist. */
export function parseMoment(text: string): Instant | undefined {
  const found = rfc3339.exec(text)
  if (!found) return undefined
  const [, date = '', hour, minute, second = '0', fraction = '', zone = 'Z'] = found
  const day = parseDay(date)
  const offset = parseOffset(zone)
  if (day === undefined || offset === undefined) return undefined
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  const ms = (Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * 1000 + Math.floor(Number(`0.${fraction || '0'}`) * 1000)
  return day * dayMs + ms - offset
}

function parseOffset(text: string): number | undefined {
  if (text === 'Z' || text === 'z') return 0
  const hours = Number(text.slice(1, 3))
  const minutes = Number(text.slice(4, 6))
  if (hours > 23 || minutes > 59) return undefined
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * minuteMs
}

const zones = new Map<string, Zone | undefined>()
const firstYear = 1990
const lastYear = 2100

/** A zone by its tzdata name; `undefined` if tzdata has none. Its steps are asked of Temporal once: per instant that would cost microseconds. */
export function zoneOf(id: string): Zone | undefined {
  if (!zones.has(id)) zones.set(id, readZone(id))
  return zones.get(id)
}

function readZone(id: string): Zone | undefined {
  let at: Temporal.ZonedDateTime | null
  try {
    at = Temporal.Instant.fromEpochMilliseconds(dayOf(firstYear, 1, 1) * dayMs).toZonedDateTimeISO(id)
  } catch (cause) {
    if (cause instanceof RangeError) return undefined
    throw cause
  }
  const steps: { from: Instant; offsetMs: number }[] = []
  for (; at && at.year <= lastYear; at = at.getTimeZoneTransition('next'))
    steps.push({ from: at.epochMilliseconds, offsetMs: at.offsetNanoseconds / 1_000_000 })
  return { id, steps }
}

/** The zone's offset at an instant, in milliseconds. */
export function offsetAt(zone: Zone, at: Instant): number {
  for (let i = zone.steps.length - 1; i > 0; i--) {
    const step = zone.steps[i]
    if (step && step.from <= at) return step.offsetMs
  }
  return zone.steps[0]?.offsetMs ?? 0
}

export function wallTime(zone: Zone, at: Instant): WallTime {
  const local = at + offsetAt(zone, at)
  const day = Math.floor(local / dayMs)
  return { day, ms: local - day * dayMs }
}

/** The instant of a wall-clock time; of a repeated hour the earlier one, of a skipped hour the moment after it. */
export function instantOf(zone: Zone, wall: WallTime): Instant {
  const local = wall.day * dayMs + wall.ms
  const before = offsetAt(zone, local - dayMs)
  const after = offsetAt(zone, local + dayMs)
  if (before === after) return local - before
  return offsetAt(zone, local - before) === before ? local - before : local - after
}

/** RFC 3339 in the zone, to the second; milliseconds only where there are some. */
export function formatMoment(zone: Zone, at: Instant): string {
  const offset = offsetAt(zone, at)
  const local = at + offset
  const day = Math.floor(local / dayMs)
  return `${formatDay(day)}T${formatTime(local - day * dayMs)}${formatOffset(offset)}`
}

const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`)

function formatTime(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const rest = ms - seconds * 1000
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return rest ? `${clock}.${String(rest).padStart(3, '0')}` : clock
}

function formatOffset(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / minuteMs)
  return `${ms < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
