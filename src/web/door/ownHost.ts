import type { MiddlewareHandler } from 'hono'

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i

/**
 * The demonstration answers only to names of this machine. A page elsewhere could let its own name lead to 127.0.0.1 and then
 * speak to a server that signs people in with one click (DNS rebinding).
 */
export const ownHost: MiddlewareHandler = async (c, next) => {
  const host = c.req.header('host') ?? new URL(c.req.url).host
  if (!loopback.test(host)) return c.body(null, 421)
  return next()
}
