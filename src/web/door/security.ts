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

/** Of a page that asks a key for a signature: it may also speak to the program on the worker's machine. */
export const keyPolicy = (program: string): string => `${policy}; connect-src ${[...new Set(["'self'", program])].join(' ')}`

const twoYears = 63_072_000

/** Of every answer, whoever gives it. */
export const securityHeaders = (house: House): Readonly<Record<string, string>> => ({
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  ...(isSecure(house) ? { 'strict-transport-security': `max-age=${twoYears}; includeSubDomains` } : {}),
})

/** Headers of every answer. A page is kept by nobody unless its route said otherwise: nearly each one is about a person. */
export const secure = (house: House): MiddlewareHandler => {
  const { 'content-security-policy': policy = '', ...others } = securityHeaders(house)
  const always = Object.entries(others)
  return async (c, next) => {
    await next()
    const { headers } = c.res
    // A route that serves what people brought has a stricter one of its own.
    if (!headers.has('content-security-policy')) headers.set('content-security-policy', policy)
    for (const [name, value] of always) headers.set(name, value)
    if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-store')
  }
}
