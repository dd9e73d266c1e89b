import { Hono } from 'hono'
import type { ContourParts } from '../parts.ts'
import { problem } from './answers.ts'
import { faultRoutes } from './faultRoutes.ts'
import { messageRoutes } from './messageRoutes.ts'
import { participantRoutes } from './participantRoutes.ts'
import { signRoutes } from './signRoutes.ts'

export interface RestOptions {
  /** It listens on this machine alone: then it answers to no other name, lest a page of elsewhere reach it by one of its own. */
  readonly loopback: boolean
}

/** What a program asks of the contour: watching, faults, participants. JSON; refusals are RFC 9457. */
export function restRoutes(parts: ContourParts, { loopback }: RestOptions): Hono {
  const app = new Hono()
  app.use(async (c, next) => {
    const host = (c.req.header('host') ?? '').replace(/:\d+$/, '')
    if (loopback && !/^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(host))
      return problem(c, 421, 'This contour answers to this machine alone.')
    const origin = c.req.header('origin')
    const safe = c.req.method === 'GET' || c.req.method === 'HEAD'
    if (!safe && origin !== undefined && origin !== new URL(c.req.url).origin)
      return problem(c, 403, 'A page of elsewhere may not change anything here.')
    await next()
    return undefined
  })
  app.route('/api/messages', messageRoutes(parts))
  app.route('/api/faults', faultRoutes(parts))
  app.route('/api/participants', participantRoutes(parts))
  app.route('/api/sign', signRoutes(parts))
  app.get('/health', (c) => c.json({ status: 'ok', at: parts.clock.now(), seed: parts.seed }))
  app.post('/api/reset', async (c) => {
    await parts.state.reset()
    return c.body(null, 204)
  })
  return app
}
