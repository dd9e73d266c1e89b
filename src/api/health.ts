import { Hono } from 'hono'
import type { z } from 'zod'
import type { House } from '../web/house.ts'
import type { health } from './schemas/others.ts'

/** Mounted under `/health`: `live` the process answers, `ready` the database does too. */
export function healthRoutes(house: Pick<House, 'ready'>): Hono {
  const answer = (status: z.infer<typeof health>['status'], code: 200 | 503) =>
    new Response(JSON.stringify({ status }), {
      status: code,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...(code === 503 ? { 'retry-after': '5' } : {}) },
    })
  return new Hono()
    .get('/live', () => answer('live', 200))
    .get('/ready', async () => ((await house.ready()) ? answer('ready', 200) : answer('notReady', 503)))
}
