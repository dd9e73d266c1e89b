import { formatDay } from './dates.ts'
import { type Deadline, instant } from './deadline.ts'
import { instantOf, minuteMs, wallTime, zoneOf } from './moments.ts'
import { isMissing, scheduleOf, type World } from './schedule.ts'

/** A piece of opening time in which a norm in minutes ran: `HH:MM` on a date, and whole minutes of it. */
export interface RunningSpan {
  readonly date: string
  readonly from: string
  readonly until: string
  readonly minutes: number
}

/** Where the minutes of a norm went, piece by piece: what lies between is lunch, night and days off. Empty for norms in days. */
export function runningSpans(due: Deadline, world: World): RunningSpan[] {
  const zone = zoneOf(due.zone)
  const [start, end] = [instant(due.startsAt), instant(due.dueAt)]
  if (!zone || start === undefined || end === undefined || due.norm.unit !== 'min') return []
  const performer = scheduleOf(world, due.performer)
  const spans: RunningSpan[] = []
  for (let day = wallTime(zone, start).day; day <= wallTime(zone, end).day; day++) {
    const open = performer.at(day)
    if (isMissing(open)) return spans
    for (const span of open.spans) {
      const from = Math.max(start, instantOf(zone, { day, ms: span.from }))
      const until = Math.min(end, instantOf(zone, { day, ms: span.until }))
      if (from >= until) continue
      const clock = (at: number) => clockText(wallTime(zone, at).ms)
      spans.push({ date: formatDay(day), from: clock(from), until: clock(until), minutes: Math.round((until - from) / minuteMs) })
    }
  }
  return spans
}

const clockText = (ms: number): string => {
  const minutes = Math.floor(ms / minuteMs)
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')
}
