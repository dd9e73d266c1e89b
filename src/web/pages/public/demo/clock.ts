import { parseDay } from '../../../../time/dates.ts'
import { instantOf, wallTime, type Zone, zoneOf } from '../../../../time/moments.ts'
import { isMissing, isOpen, openOf, type Party, scheduleOf, type World } from '../../../../time/schedule.ts'
import { isDay } from '../local.tsx'

export type ClockWish =
  | { readonly kind: 'set'; readonly date: string; readonly time: string }
  | { readonly kind: 'advance'; readonly minutes: number }
  | { readonly kind: 'nextMorning' }

/** Steps that the page offers, in minutes. */
export const steps = [5, 20, 60, 240, 1440, 10_080] as const

export function wishOf(typed: URLSearchParams): ClockWish | null {
  const [set, advance] = [typed.get('do') === 'set', typed.get('advance')]
  if (typed.get('do') === 'nextMorning') return { kind: 'nextMorning' }
  if (advance !== null && /^\d{1,6}$/.test(advance)) return { kind: 'advance', minutes: Number(advance) }
  const date = typed.get('date') ?? ''
  const time = typed.get('time') ?? ''
  const fits = set && isDay(date) && /^([01]\d|2[0-3]):[0-5]\d$/.test(time) && date >= '2000-01-01' && date < '2100-01-01'
  return fits ? { kind: 'set', date, time } : null
}

/** The moment wished for, in milliseconds; null where no working day is known within a month. */
export function momentOf(wish: ClockWish, now: number, region: string, world: World): number | null {
  const zone = zoneOf(world.regions.regions[region]?.zone ?? '')
  if (zone === undefined) return null
  switch (wish.kind) {
    case 'advance':
      return now + wish.minutes * 60_000
    case 'set': {
      const [hours = 0, minutes = 0] = wish.time.split(':').map(Number)
      const day = parseDay(wish.date)
      return day === undefined ? null : instantOf(zone, { day, ms: (hours * 60 + minutes) * 60_000 })
    }
    case 'nextMorning':
      return nextMorning(now, zone, { kind: 'provider', region }, world)
  }
}

function nextMorning(now: number, zone: Zone, party: Party, world: World): number | null {
  const schedule = scheduleOf(world, party)
  const today = wallTime(zone, now).day
  for (let day = today + 1; day <= today + 31; day++) {
    const open = schedule.at(day)
    if (isMissing(open)) return null
    if (isOpen(open)) return instantOf(zone, { day, ms: openOf(open) })
  }
  return null
}
