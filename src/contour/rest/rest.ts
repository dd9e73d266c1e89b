import { Hono } from 'hono'
import type { ContourParts } from '../contour.ts'
import { faultRoutes } from './faultRoutes.ts'
import { messageRoutes } from './messageRoutes.ts'
import { participantRoutes } from './participantRoutes.ts'

/** What a program asks of the contour: watching, faults, participants. JSON; refusals are RFC 9457. */
export function restRoutes(parts: ContourParts): Hono {
  const app = new Hono()
  app.route('/api/messages', messageRoutes(parts))
  app.route('/api/faults', faultRoutes(parts))
  app.route('/api/participants', participantRoutes(parts))
  app.get('/health', (c) => c.json({ status: 'ok', at: parts.clock.now(), seed: parts.seed }))
  app.post('/api/reset', async (c) => {
    await parts.state.reset()
    return c.body(null, 204)
  })
  return app
}
