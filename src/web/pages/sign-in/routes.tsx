import { getConnInfo } from '@hono/node-server/conninfo'
import { Hono } from 'hono'
import type { PeopleAnswer } from '../../../people/model.ts'
import type { OpenedSession } from '../../../people/sessions.ts'
import { endedCookie, sessionCookie } from '../../../people/tokens.ts'
import { type Door, type DoorContext, formOf, signedIn } from '../../door/door.ts'
import { type FrameOf, Refused } from '../../door/errors.tsx'
import { isSecure } from '../../door/recognise.ts'
import { requireStaff } from '../../door/requireStaff.ts'
import type { House } from '../../house.ts'
import { localPath, paths } from '../../paths.ts'
import { waitingByGrant } from '../../waiting.ts'
import { GrantPage } from './GrantPage.tsx'
import { PasswordPage } from './PasswordPage.tsx'
import { peopleRefusal } from './refusal.ts'
import { SignInPage } from './SignInPage.tsx'
import { StartPage } from './StartPage.tsx'

export function signInRoutes(house: House, frameOf: FrameOf) {
  const routes = new Hono<Door>()
  routes.get(paths.start, (c) => c.html(<StartPage frame={frameOf(c)} house={house} />))
  routes.get(paths.signIn, (c) => {
    if (c.get('session') !== null) return c.redirect(paths.work, 303)
    return c.html(<SignInPage frame={frameOf(c)} next={c.req.query('next')} login="" demonstration={house.demonstration !== undefined} />)
  })
  routes.post(paths.signIn, (c) => signIn(house, frameOf, c))
  routes.post(paths.oneClick, async (c) => {
    if (!house.demonstration) throw new Refused('notFound')
    const form = await formOf(c)
    const opened = await house.people.oneClick(form.get('login') ?? '')
    if (!opened.ok) throw new Refused('forbidden')
    const grant = form.get('grant') ?? ''
    if (grant !== '' && grant !== opened.value.session.grant.id) await house.people.switchGrant(opened.value.token, grant)
    return enter(house, c, opened.value, undefined)
  })
  routes.post(paths.signOut, async (c) => {
    const token = c.get('token')
    if (token !== null) await house.people.signOut(token)
    c.header('set-cookie', endedCookie(isSecure(house)), { append: true })
    return c.redirect(paths.start, 303)
  })
  routes.use(paths.password, requireStaff)
  routes.get(paths.password, (c) => c.html(<PasswordPage frame={frameOf(c)} must={signedIn(c).session.mustChange} />))
  routes.post(paths.password, (c) => changePassword(house, frameOf, c))
  routes.use(paths.grant, requireStaff)
  routes.get(paths.grant, async (c) => {
    const { session } = signedIn(c)
    const grants = c.get('grants')
    const waiting = await waitingByGrant(house, session, grants)
    return c.html(<GrantPage frame={frameOf(c)} grants={grants} current={session.grant.id} waiting={waiting} house={house} />)
  })
  routes.post(paths.grant, async (c) => {
    const switched = await house.people.switchGrant(signedIn(c).token, (await formOf(c)).get('grant') ?? '')
    if (!switched.ok) throw new Refused('forbidden')
    return c.redirect(paths.work, 303)
  })
  return routes
}

async function signIn(house: House, frameOf: FrameOf, c: DoorContext) {
  const form = await formOf(c)
  const login = (form.get('login') ?? '').trim()
  const password = form.get('password') ?? ''
  const next = form.get('next') ?? undefined
  const opened: PeopleAnswer<OpenedSession> =
    login === '' || password === ''
      ? { ok: false, error: { code: 'signInEmpty', params: {} } }
      : await house.people.signIn({ login, password, address: addressOf(c) }, 'page')
  if (opened.ok) return enter(house, c, opened.value, next)
  const error = peopleRefusal(opened.error, c.get('speech'))
  const page = <SignInPage frame={frameOf(c)} next={next} login={login} error={error} demonstration={house.demonstration !== undefined} />
  return c.html(page, opened.error.code === 'tooManyTries' ? 429 : 422)
}

/** The session before this one ends: a browser has one. */
async function enter(house: House, c: DoorContext, opened: OpenedSession, next: string | undefined) {
  const before = c.get('token')
  if (before !== null) await house.people.signOut(before)
  c.header('set-cookie', sessionCookie(opened.token, isSecure(house)), { append: true })
  return c.redirect(opened.session.mustChange ? paths.password : (localPath(next) ?? paths.work), 303)
}

async function changePassword(house: House, frameOf: FrameOf, c: DoorContext) {
  const { token, session, speech } = signedIn(c)
  const form = await formOf(c)
  const [current, wanted, again] = ['current', 'next', 'again'].map((name) => form.get(name) ?? '')
  const changed: PeopleAnswer<unknown> =
    wanted === again
      ? await house.people.changePassword(token, current ?? '', wanted ?? '', addressOf(c))
      : { ok: false, error: { code: 'passwordsDiffer', params: {} } }
  if (changed.ok) return c.redirect(paths.work, 303)
  const field = changed.error.code === 'passwordWrong' ? 'current' : changed.error.code === 'passwordsDiffer' ? 'again' : 'next'
  const error = { field, text: peopleRefusal(changed.error, speech) }
  return c.html(<PasswordPage frame={frameOf(c)} must={session.mustChange} error={error} />, 422)
}

/** The peer's address; behind a proxy that the operator put there, main sees to it that it is the client's. */
function addressOf(c: DoorContext): string {
  try {
    return getConnInfo(c).remote.address ?? ''
  } catch {
    return '' // a request made in process, by a test
  }
}
