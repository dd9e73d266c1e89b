import type { MiddlewareHandler } from 'hono'
import type { House } from '../house.ts'
import { isSecure } from './recognise.ts'

const policy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const twoYears = 63_072_000

/** Headers of every answer. A page is kept by nobody unless its route said otherwise: nearly each one is about a person. */
export const secure =
  (house: House): MiddlewareHandler =>
  async (c, next) => {
    await next()
    const { headers } = c.res
    // A route that serves what people brought has a stricter one of its own.
    if (!headers.has('content-security-policy')) headers.set('content-security-policy', policy)
    headers.set('x-content-type-options', 'nosniff')
    headers.set('referrer-policy', 'no-referrer')
    headers.set('cross-origin-opener-policy', 'same-origin')
    headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=()')
    if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-store')
    if (isSecure(house)) headers.set('strict-transport-security', `max-age=${twoYears}; includeSubDomains`)
  }
