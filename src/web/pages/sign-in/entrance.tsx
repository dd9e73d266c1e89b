import { Hono } from 'hono'
import type { PeopleAnswer, PeopleRefusal } from '../../../people/model.ts'
import type { OpenedSession } from '../../../people/sessions.ts'
import { cmsFromText } from '../../../seal/ncalayer/cms.ts'
import type { SealReason } from '../../../seal/seal.ts'
import { type Door, type DoorContext, formOf } from '../../door/door.ts'
import type { FrameOf } from '../../door/errors.tsx'
import type { House } from '../../house.ts'
import { paths } from '../../paths.ts'
import { keyAddressOf, policyFor } from '../staff/signing/program.ts'
import { CodePage } from './CodePage.tsx'
import { addressOf, enter } from './enter.ts'
import { peopleRefusal } from './refusal.ts'
import { SignInPage, type SignInProps } from './SignInPage.tsx'

/** Coming in: by password, with a one-time code where there is one, or by a key. */
export function entranceRoutes(house: House, frameOf: FrameOf) {
  const routes = new Hono<Door>()
  const at = { house, frameOf }
  routes.get(paths.signIn, async (c) => {
    if (c.get('session') !== null) return c.redirect(paths.work, 303)
    return showSignIn(at, c, { next: c.req.query('next'), login: '' })
  })
  routes.post(paths.signIn, (c) => byPassword(at, c))
  routes.post(paths.signInKey, (c) => byKey(at, c))
  routes.post(paths.signInCode, (c) => byCode(at, c))
  // Somebody who looks at the address again begins anew: the half of a sign-in is in the form alone.
  for (const path of [paths.signInKey, paths.signInCode]) routes.get(path, (c) => c.redirect(paths.signIn, 303))
  return routes
}

interface At {
  readonly house: House
  readonly frameOf: FrameOf
}

const statusOf = (code: string) => (code === 'tooManyTries' ? 429 : code === 'authorityAway' ? 503 : 422)
const no = (code: string): { ok: false; error: PeopleRefusal } => ({ ok: false, error: { code, params: {} } })

/** The page of the ways in, with a challenge made for it. */
async function showSignIn({ house, frameOf }: At, c: DoorContext, shown: Pick<SignInProps, 'next' | 'login' | 'error'>, status = 200) {
  const { password, key } = house.signIn
  const asked = key && (await key.ask(c.get('visit')))
  const program = keyAddressOf(house)
  if (asked !== undefined) c.header('content-security-policy', policyFor(program))
  c.status(status as 200) // one of those that `statusOf` gives
  return c.html(
    <SignInPage
      frame={frameOf(c)}
      {...shown}
      demonstration={house.demonstration !== undefined}
      password={password}
      byKey={asked && { ...asked, program }}
    />,
  )
}

async function byPassword(at: At, c: DoorContext) {
  const { house, frameOf } = at
  const form = await formOf(c)
  const login = (form.get('login') ?? '').trim()
  const password = form.get('password') ?? ''
  const next = form.get('next') ?? undefined
  const opened: PeopleAnswer<OpenedSession> = !house.signIn.password
    ? no('passwordClosed')
    : login === '' || password === ''
      ? no('signInEmpty')
      : await house.people.signIn({ login, password, address: addressOf(c), visit: c.get('visit') }, 'page')
  if (opened.ok) return enter(house, c, opened.value, next)
  const { code, params } = opened.error
  if (code === 'codeNeeded') return c.html(<CodePage frame={frameOf(c)} next={next} half={String(params.half)} />)
  const text = peopleRefusal(opened.error, c.get('speech'))
  return showSignIn(at, c, { next, login, error: { way: house.signIn.password ? 'password' : 'key', text } }, statusOf(code))
}

/** The other half of a sign-in. Only what the code was is told: the password was right, or this page would not be here. */
async function byCode(at: At, c: DoorContext) {
  const { house, frameOf } = at
  const form = await formOf(c)
  const [code, recovery, half] = ['code', 'recovery', 'half'].map((name) => (form.get(name) ?? '').trim())
  const next = form.get('next') ?? undefined
  const field = recovery === '' ? 'code' : 'recovery'
  const typed = recovery || code || ''
  const rest = { half: half ?? '', code: typed, visit: c.get('visit'), address: addressOf(c) }
  const opened = typed === '' ? no('codeEmpty') : await house.people.finish(rest)
  if (opened.ok) return enter(house, c, opened.value, next)
  const text = peopleRefusal(opened.error, c.get('speech'))
  if (opened.error.code === 'halfOver') return showSignIn(at, c, { next, login: '', error: { way: 'password', text } }, 422)
  return c.html(<CodePage frame={frameOf(c)} next={next} half={rest.half} error={{ field, text }} />, statusOf(opened.error.code))
}

async function byKey(at: At, c: DoorContext) {
  const { house } = at
  const form = await formOf(c)
  const next = form.get('next') ?? undefined
  const given = form.get('_signature') ?? ''
  const refuse = (error: PeopleRefusal, reasons: readonly SealReason[] = []) => {
    const { t } = c.get('speech')
    const why = reasons.map((reason) => t(`signIn.key.reason.${reason}`)).join(' ')
    const text = peopleRefusal({ ...error, params: { ...error.params, reasons: why } }, c.get('speech'))
    return showSignIn(at, c, { next, login: '', error: { way: 'key', text } }, statusOf(error.code))
  }
  // Without script the button is sent as it is: the page tells what a key needs.
  if (house.signIn.key === undefined || given === '') return refuse(no('keyEmpty').error)
  const signature = cmsFromText(given)
  if (signature === null) return refuse(no('keyRefused').error, ['damaged'])
  const answer = { challenge: form.get('challenge') ?? '', signature, visit: c.get('visit'), address: addressOf(c) }
  const entry = await house.signIn.key.enter(answer)
  return entry.ok ? enter(house, c, entry.value, next) : refuse(entry.error, entry.reasons)
}
