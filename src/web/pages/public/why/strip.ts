import { nameOf } from '../../../../time/calendars.ts'
import type { Deadline } from '../../../../time/deadline.ts'
import { runningSpans } from '../../../../time/running.ts'
import type { World } from '../../../../time/schedule.ts'
import type { StripDay } from '../../../components/day-strip/day-strip.tsx'

/** Every date from receipt to the due date, once, as the strip shows it. */
export function stripOf(due: Deadline, world: World): StripDay[] {
  const spans = Map.groupBy(runningSpans(due, world), ({ date }) => date)
  const receivedOn = due.receivedAt.slice(0, 10)
  let number = 0
  const before = due.skipped.map((day) => ({ day, role: 'before' as const }))
  const counted = due.days.map((day) => {
    if (day.reason === 'dayZero') return { day, role: 'zero' as const }
    return { day, role: day.counts ? ('counted' as const) : ('skipped' as const) }
  })
  return [...before, ...counted].map(({ day, role }): StripDay => {
    const ofDays = role === 'counted' && due.norm.unit !== 'min'
    if (ofDays) number++
    const name = role === 'zero' ? undefined : nameOf(world.calendars, day.date)
    const own = spans.get(day.date)
    return {
      date: day.date,
      role,
      reason: day.reason,
      ...(ofDays ? { number } : {}),
      ...(name ? { name } : {}),
      ...(day.act ? { act: day.act } : {}),
      ...(own ? { spans: own } : {}),
      ...(day.date === receivedOn ? { received: true } : {}),
      ...(day.date === due.dueDate ? { last: true } : {}),
    }
  })
}
