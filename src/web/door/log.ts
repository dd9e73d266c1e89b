import { randomBytes } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { Metrics } from '../../observe/metrics/metrics.ts'
import { inRequestSpan, traceId } from '../../observe/trace.ts'

declare module 'hono' {
  /** Known to every door: pages, API, health. */
  interface ContextVariableMap {
    trace: string
  }
}

export interface RequestLine {
  readonly method: string
  /** The pattern of the route, never the address: numbers of cases, secrets and what was searched for stay out of logs. */
  readonly route: string
  readonly status: number
  readonly ms: number
  /** 32 hex digits, the sender's own where they sent a `traceparent`. */
  readonly trace: string
}

/** Each request is a line of the log, a count and a span; the same trace stands in whatever is told about it. */
export const watchRequests =
  (write: (line: RequestLine) => void, answered?: Metrics['http']['answered']): MiddlewareHandler =>
  (c, next) =>
    inRequestSpan(c.req.header('traceparent'), async (name) => {
      const began = performance.now()
      const trace = traceId() ?? givenTrace(c.req.header('traceparent')) ?? randomBytes(16).toString('hex')
      c.set('trace', trace)
      await next()
      const { status } = c.res
      const [method, route, ms] = [knownMethod(c.req.method), patternOf(c), performance.now() - began]
      name(method, route, status)
      answered?.({ method, route, status, seconds: ms / 1000 })
      write({ method, route, status, ms: Math.round(ms * 10) / 10, trace })
    })

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const knownMethod = (method: string) => (methods.has(method) ? method : 'other')

/** The trace of a `traceparent` (W3C Trace Context), where it is one. */
const givenTrace = (header: string | undefined): string | undefined =>
  /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/.exec(header ?? '')?.[1]

/** The last handler that is no middleware. */
const patternOf = (c: Context): string =>
  matchedRoutes(c)
    .map(({ path }) => path)
    .findLast((path) => !path.endsWith('*')) ?? '*'
