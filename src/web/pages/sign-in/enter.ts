import { getConnInfo } from '@hono/node-server/conninfo'
import type { OpenedSession } from '../../../people/sessions.ts'
import { sessionCookie } from '../../../people/tokens.ts'
import type { DoorContext } from '../../door/door.ts'
import { isSecure } from '../../door/recognise.ts'
import type { House } from '../../house.ts'
import { localPath, newsPath, paths } from '../../paths.ts'

/** Gives the browser its session; the one before it ends, since a browser has one. What the person has to be told comes before anything else. */
export async function enter(house: House, c: DoorContext, opened: OpenedSession, next: string | undefined) {
  const before = c.get('token')
  if (before !== null) await house.people.signOut(before)
  c.header('set-cookie', sessionCookie(opened.token, isSecure(house)), { append: true })
  const { mustChange, staff } = opened.session
  if (mustChange) return c.redirect(paths.password, 303)
  const goal = localPath(next) ?? paths.work
  const news = await house.people.factors.news(staff.id)
  return c.redirect(news === null ? goal : newsPath(goal), 303)
}

/** The peer's address; behind a proxy that the operator put there, main sees to it that it is the client's. */
export function addressOf(c: DoorContext): string {
  try {
    return getConnInfo(c).remote.address ?? ''
  } catch {
    return '' // a request made in process, by a test
  }
}
