import { Hono } from 'hono'
import { type Door, formOf } from '../../../door/door.ts'
import { Refused } from '../../../door/errors.tsx'
import { paths } from '../../../paths.ts'
import type { Public } from '../local.tsx'
import { MessagesPage, undeliveredCodes } from './MessagesPage.tsx'

/** An hour: longer than any demonstration waits. */
const longestSeconds = 3600

/** Only in the demonstration: elsewhere there are no simulated telephones, and these addresses do not exist. */
export function messageRoutes({ house, frameOf }: Public): Hono<Door> {
  const routes = new Hono<Door>()
  const carriers = () => {
    if (house.demonstration === undefined) throw new Refused('notFound')
    return house.demonstration.carriers
  }

  routes.get(paths.messages, (c) => {
    const { boxes, faults } = carriers()
    return c.html(<MessagesPage frame={frameOf(c)} view={{ boxes: boxes(), faults, saved: c.req.query('said') === 'saved' }} />)
  })

  routes.post(paths.messageFaults, async (c) => {
    const { faults } = carriers()
    const typed = await formOf(c)
    const seconds = (name: string) => {
      const value = Number(typed.get(name) ?? 0)
      return Number.isFinite(value) ? Math.min(longestSeconds, Math.max(0, value)) * 1000 : 0
    }
    for (const fault of ['down', 'lostReply', 'refuse'] as const) faults[fault] = typed.getAll('fault').includes(fault)
    faults.slowMs = seconds('slow')
    faults.lateMs = seconds('late')
    faults.undelivered = undeliveredCodes.find((code) => code === typed.get('undelivered')) ?? null
    return c.redirect(`${paths.messages}?said=saved`, 303)
  })
  return routes
}
