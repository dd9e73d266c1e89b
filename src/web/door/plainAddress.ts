import type { MiddlewareHandler } from 'hono'
import type { Door } from './door.ts'
import { Refused } from './errors.tsx'

/** No address of ours has a NUL in it, and PostgreSQL keeps no text that has one: whoever asks by it asks for nothing. */
export const plainAddress: MiddlewareHandler<Door> = (c, next) => {
  if (c.req.url.includes('%00')) throw new Refused('notFound')
  return next()
}
