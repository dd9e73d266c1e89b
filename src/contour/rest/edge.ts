import { Hono } from 'hono'
import { problem } from './answers.ts'

export interface EdgeOptions {
  /** It listens on this machine alone: then it answers to no other name, lest a page of elsewhere reach it by one of its own. */
  readonly loopback: boolean
}

/** What holds for pages and API alike: who may ask, and that only what comes from here may change anything. */
export function edge({ loopback }: EdgeOptions): Hono {
  const app = new Hono()
  app.use(async (c, next) => {
    const host = (c.req.header('host') ?? '').replace(/:\d+$/, '')
    if (loopback && !/^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(host))
      return problem(c, 421, 'This contour answers to this machine alone.')
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD'
    const origin = c.req.header('origin')
    const elsewhere = origin !== undefined && origin !== `http://${c.req.header('host')}`
    const site = c.req.header('sec-fetch-site')
    if (!reads && (elsewhere || site === 'cross-site')) return problem(c, 403, 'A page of elsewhere may not change anything here.')
    await next()
    return undefined
  })
  return app
}
