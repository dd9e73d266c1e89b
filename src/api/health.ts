import { Hono } from 'hono'
import type { z } from 'zod'
import type { House } from '../web/house.ts'
import type { health } from './schemas/others.ts'

/** Mounted under `/health`: `live` the process answers; `ready` it should be sent requests, or by which conditions not. */
export function healthRoutes(house: Pick<House, 'readiness'>): Hono {
  const answer = (body: z.infer<typeof health>) =>
    new Response(JSON.stringify(body), {
      status: body.status === 'notReady' ? 503 : 200,
      headers: {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        ...(body.status === 'notReady' ? { 'retry-after': '5' } : {}),
      },
    })
  return new Hono()
    .get('/live', () => answer({ status: 'live' }))
    .get('/ready', async () => {
      const { ready, conditions } = await house.readiness.ask()
      return answer({ status: ready ? 'ready' : 'notReady', conditions: [...conditions] })
    })
}

/** Mounted under `/metrics`, in Prometheus' text form. */
export function metricsRoutes({ registry }: House['metrics']): Hono {
  return new Hono().get('/', async (c) =>
    c.body(await registry.metrics(), 200, { 'content-type': registry.contentType, 'cache-control': 'no-store' }),
  )
}
