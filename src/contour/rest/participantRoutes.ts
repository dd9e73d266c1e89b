import { Hono } from 'hono'
import type { ContourParts } from '../parts.ts'
import { registration } from '../shep/participants.ts'
import { problem, readJson } from './answers.ts'

export function participantRoutes({ participants }: ContourParts): Hono {
  const app = new Hono()
  app.get('/', (c) => c.json({ participants: participants.list() }))
  app.put('/:sender', async (c) => {
    const read = await readJson(c, registration.omit({ senderId: true }).extend({ senderId: registration.shape.senderId.optional() }))
    if (!read.ok) return read.response
    const card = registration.safeParse({ ...read.value, senderId: c.req.param('sender') })
    if (!card.success || (read.value.senderId ?? card.data.senderId) !== card.data.senderId)
      return problem(c, 422, 'The senderId of the address must be letters, digits, dots and hyphens, and the same as in the body.')
    const kept = await participants.register(card.data)
    return kept === null ? problem(c, 409, 'There are as many participants as may be: remove some.') : c.json(kept)
  })
  app.delete('/:sender', async (c) =>
    (await participants.remove(c.req.param('sender'))) ? c.body(null, 204) : problem(c, 404, 'There is no such participant.'),
  )
  return app
}
