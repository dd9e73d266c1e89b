import { Hono } from 'hono'
import type { ContourParts } from '../parts.ts'
import { faultRoutes } from './faultRoutes.ts'
import { messageRoutes } from './messageRoutes.ts'
import { openApi } from './openapi.ts'
import { otherRoutes } from './otherRoutes.ts'
import { participantRoutes } from './participantRoutes.ts'
import { signRoutes } from './signRoutes.ts'

/** What a program asks of the contour: watching, faults, participants and the rest. JSON; refusals are RFC 9457. */
export function restRoutes(parts: ContourParts, addresses: () => { readonly sync: string; readonly async: string }): Hono {
  const app = new Hono()
  app.route('/api/messages', messageRoutes(parts))
  app.route('/api/faults', faultRoutes(parts))
  app.route('/api/participants', participantRoutes(parts))
  app.route('/api/sign', signRoutes(parts))
  app.route('/api', otherRoutes(parts))
  app.get('/api/openapi.json', (c) => c.json(openApi))
  app.get('/health', (c) => c.json({ status: 'ok', at: parts.clock.now(), seed: parts.seed, channels: addresses() }))
  app.post('/api/reset', async (c) => {
    await parts.state.reset()
    return c.body(null, 204)
  })
  return app
}
