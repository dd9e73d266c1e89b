import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { House } from '../house.ts'

export interface RequestLine {
  readonly at: string
  readonly method: string
  /** The pattern of the route, never the address: numbers of cases, secrets and what was searched for stay out of logs. */
  readonly route: string
  readonly status: number
  readonly ms: number
}

export const logRequests =
  (house: House, write: (line: RequestLine) => void): MiddlewareHandler =>
  async (c, next) => {
    const begun = house.machine()
    await next()
    const ended = house.machine()
    write({
      at: new Date(begun).toISOString(),
      method: c.req.method,
      route: patternOf(c),
      status: c.res.status,
      ms: ended - begun,
    })
  }

/** The last handler that is no middleware. */
const patternOf = (c: Context): string =>
  matchedRoutes(c)
    .map(({ path }) => path)
    .findLast((path) => !path.endsWith('*')) ?? '*'
