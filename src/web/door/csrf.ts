import type { MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { cookieName, csrfFits } from '../../people/tokens.ts'
import type { House } from '../house.ts'
import { csrfField, type Door, type DoorContext, formOf } from './door.ts'
import { Refused } from './errors.tsx'
import { isSecure } from './recognise.ts'
import { rescue } from './rescue.ts'

/** Every POST of a page carries the token of its session (or of its visit), and comes from a page of this server. */
export const checkForms =
  (house: House): MiddlewareHandler<Door> =>
  async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
    if (comesFromElsewhere(c)) throw new Refused('forbidden')
    const given = (await formOf(c)).get(csrfField) ?? ''
    const token = c.get('token')
    if (csrfFits(token ?? c.get('visit'), given)) return next()
    const rescued = await rescue(house, c)
    if (rescued !== null) return rescued
    // Two honest ways to get here: the session is over, or the person signed in anew in another tab.
    throw new Refused(getCookie(c, cookieName(isSecure(house))) === undefined && token === null ? 'forbidden' : 'expired')
  }

function comesFromElsewhere(c: DoorContext): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  const origin = c.req.header('origin')
  if (origin === undefined) return false
  return !URL.canParse(origin) || new URL(origin).host !== c.req.header('host')
}
