import type { MiddlewareHandler } from 'hono'
import { paths } from '../paths.ts'
import type { Door } from './door.ts'
import { Refused } from './errors.tsx'

/** What is open to whoever must set up a second factor first. */
const beforeSetUp: ReadonlySet<string> = new Set([paths.secondFactor, paths.signInNews, paths.password])

/** Nobody passes without a session, and nobody works with a password that somebody else chose. */
export const requireStaff: MiddlewareHandler<Door> = async (c, next) => {
  const session = c.get('session')
  if (session === null) {
    if (c.req.method !== 'GET') throw new Refused('expired')
    const url = new URL(c.req.url)
    // An old bookmark of a search holds an IIN: it goes into no further address.
    const asked = url.pathname === paths.search ? '' : url.search
    return c.redirect(`${paths.signIn}?next=${encodeURIComponent(`${url.pathname}${asked}`)}`, 303)
  }
  if (session.mustChange && c.req.path !== paths.password) return c.redirect(paths.password, 303)
  if (session.mustSetUp && !beforeSetUp.has(c.req.path)) return c.redirect(paths.secondFactor, 303)
  return next()
}
