import type { z } from 'zod'
import { momentIn } from '../../desk/clock.ts'
import type { House } from '../../web/house.ts'
import { no } from '../problem.ts'
import { route } from '../route.ts'
import { clock, clockChange, faults, faultsChange } from '../schemas/others.ts'

/** The demonstration's clock is shown in the time of most of the country. */
const zone = 'Asia/Almaty'
const clockOf = (house: House): z.infer<typeof clock> => ({ now: momentIn(zone, house.clock.now()) })

export const demonstrationRoutes = [
  route({
    method: 'get',
    path: '/v1/demo/clock',
    id: 'getClock',
    summary: 'The clock of the law (demonstration only)',
    access: 'demonstration',
    answer: { status: 200, schema: clock },
    problems: [],
    handle: async ({ house }) => ({ body: clockOf(house) }),
  }),
  route({
    method: 'post',
    path: '/v1/demo/clock',
    id: 'setClock',
    summary: 'Set or advance the clock of the law (demonstration only)',
    access: 'demonstration',
    body: clockChange,
    answer: { status: 200, schema: clock },
    problems: [],
    handle: async ({ house, body }) => {
      const shifted = house.demonstration?.clock
      if (shifted === undefined) return no('notFound')
      const to = momentOf(body, house.clock.now())
      if (to === null) return no('invalidInput', { errors: [{ pointer: 'now' in body ? '/now' : '/advance', code: 'outOfRange' }] })
      await shifted.set(to)
      return { body: clockOf(house) }
    },
  }),
  route({
    method: 'get',
    path: '/v1/demo/register',
    id: 'getRegisterFaults',
    summary: 'What goes wrong with the simulated register of individuals (demonstration only)',
    access: 'demonstration',
    answer: { status: 200, schema: faults },
    problems: [],
    handle: async ({ house }) => (house.demonstration === undefined ? no('notFound') : { body: { ...house.demonstration.faults } }),
  }),
  route({
    method: 'post',
    path: '/v1/demo/register',
    id: 'setRegisterFaults',
    summary: 'Make the simulated register slow, away, refusing or confused (demonstration only)',
    access: 'demonstration',
    body: faultsChange,
    answer: { status: 200, schema: faults },
    problems: [],
    handle: async ({ house, body }) => {
      if (house.demonstration === undefined) return no('notFound')
      Object.assign(house.demonstration.faults, body)
      return { body: { ...house.demonstration.faults } }
    },
  }),
]

/** Within the years that a calendar could be asked for; null beyond them. */
function momentOf(change: z.infer<typeof clockChange>, now: number): number | null {
  const to = 'now' in change ? Date.parse(change.now) : later(now, change.advance)
  return to >= Date.UTC(2000, 0, 1) && to < Date.UTC(2100, 0, 1) ? to : null
}

function later(now: number, by: string): number {
  try {
    return Temporal.Instant.fromEpochMilliseconds(Math.floor(now)).toZonedDateTimeISO(zone).add(by).epochMilliseconds
  } catch (cause) {
    if (cause instanceof RangeError) return Number.NaN
    throw cause
  }
}
