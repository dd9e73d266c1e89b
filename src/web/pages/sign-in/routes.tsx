import { Hono } from 'hono'
import type { PeopleAnswer } from '../../../people/model.ts'
import { endedCookie } from '../../../people/tokens.ts'
import { type Door, type DoorContext, formOf, signedIn } from '../../door/door.ts'
import { type FrameOf, Refused } from '../../door/errors.tsx'
import { isSecure } from '../../door/recognise.ts'
import { requireStaff } from '../../door/requireStaff.ts'
import type { House } from '../../house.ts'
import { newsPath, paths } from '../../paths.ts'
import { waitingByGrant } from '../../waiting.ts'
import { addressOf, enter } from './enter.ts'
import { entranceRoutes } from './entrance.tsx'
import { factorRoutes } from './factor/routes.tsx'
import { GrantPage } from './GrantPage.tsx'
import { newsRoutes } from './newsRoutes.tsx'
import { PasswordPage } from './PasswordPage.tsx'
import { peopleRefusal } from './refusal.ts'
import { StartPage } from './StartPage.tsx'

export function signInRoutes(house: House, frameOf: FrameOf) {
  const routes = new Hono<Door>()
  routes.get(paths.start, (c) => c.html(<StartPage frame={frameOf(c)} house={house} />))
  routes.route('/', entranceRoutes(house, frameOf))
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
  for (const path of [paths.password, paths.secondFactor, paths.signInNews, paths.grant]) routes.use(path, requireStaff)
  routes.get(paths.password, (c) => c.html(<PasswordPage frame={frameOf(c)} must={signedIn(c).session.mustChange} />))
  routes.post(paths.password, (c) => changePassword(house, frameOf, c))
  routes.route('/', newsRoutes(house, frameOf))
  routes.route('/', factorRoutes(house, frameOf))
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

async function changePassword(house: House, frameOf: FrameOf, c: DoorContext) {
  const { token, session, speech } = signedIn(c)
  const form = await formOf(c)
  const [current, wanted, again] = ['current', 'next', 'again'].map((name) => form.get(name) ?? '')
  const changed: PeopleAnswer<unknown> =
    wanted === again
      ? await house.people.changePassword(token, current ?? '', wanted ?? '', addressOf(c))
      : { ok: false, error: { code: 'passwordsDiffer', params: {} } }
  // Whoever had to change it first has not been told yet what else happened.
  if (changed.ok) return c.redirect(newsPath(paths.work), 303)
  const field = changed.error.code === 'passwordWrong' ? 'current' : changed.error.code === 'passwordsDiffer' ? 'again' : 'next'
  const error = { field, text: peopleRefusal(changed.error, speech) }
  return c.html(<PasswordPage frame={frameOf(c)} must={session.mustChange} error={error} />, 422)
}
