import { Hono } from 'hono'
import type { PeopleRefusal } from '../../../../people/model.ts'
import type { Draft } from '../../../../people/secondFactor.ts'
import { keyUri, typedSecret } from '../../../../people/totp.ts'
import { type Door, type DoorContext, formOf, signedIn } from '../../../door/door.ts'
import type { FrameOf } from '../../../door/errors.tsx'
import type { House } from '../../../house.ts'
import { paths } from '../../../paths.ts'
import { addressOf } from '../enter.ts'
import { peopleRefusal } from '../refusal.ts'
import { CodesPage } from './CodesPage.tsx'
import { FactorPage } from './FactorPage.tsx'
import { SetUpPage } from './SetUpPage.tsx'

interface At {
  readonly house: House
  readonly frameOf: FrameOf
}

/** One's own two-step sign-in; behind `requireStaff`. */
export function factorRoutes(house: House, frameOf: FrameOf) {
  const at = { house, frameOf }
  const routes = new Hono<Door>()
  routes.get(paths.secondFactor, (c) => show(at, c))
  routes.post(paths.secondFactor, async (c) => {
    const form = await formOf(c)
    const acts = { begin, confirm, codes: renewCodes, remove } as const
    const act = form.get('do') ?? ''
    return Object.hasOwn(acts, act) ? acts[act as keyof typeof acts](at, c, form) : show(at, c) // as: one of its own keys
  })
  return routes
}

/** Whoever has just signed in is still the one who sits there. */
const freshMs = 10 * 60_000

const asksPassword = (house: House, c: DoorContext): boolean => {
  const { session } = signedIn(c)
  return session.way === 'password' && house.machine() - session.beganAt > freshMs
}

interface Shown {
  readonly said?: string
  readonly error?: { readonly field: 'password' | 'code'; readonly refusal: PeopleRefusal }
}

async function show({ house, frameOf }: At, c: DoorContext, { said, error }: Shown = {}) {
  const { session, speech } = signedIn(c)
  const page = (
    <FactorPage
      frame={frameOf(c)}
      state={await house.people.factors.state(session.staff.id)}
      required={house.people.mustHaveFactor(session.staff)}
      must={session.mustSetUp}
      asksPassword={asksPassword(house, c)}
      said={said}
      error={error && { field: error.field, text: peopleRefusal(error.refusal, speech) }}
    />
  )
  return c.html(page, error === undefined ? 200 : error.refusal.code === 'tooManyTries' ? 429 : 422)
}

const refused = (code: string): PeopleRefusal => ({ code, params: {} })

/** A telephone is connected by whoever knows the password, or holds the one before it. */
async function begin(at: At, c: DoorContext, form: URLSearchParams) {
  const { house } = at
  const { session, token } = signedIn(c)
  const { staff } = session
  const { setAt } = await house.people.factors.state(staff.id)
  if (setAt !== null) {
    const typed = (form.get('code') ?? '').trim()
    if (typed === '') return show(at, c, { error: { field: 'code', refusal: refused('codeEmpty') } })
    const taken = await house.people.factors.take(staff.id, typed, addressOf(c))
    if (!taken.ok) return show(at, c, { error: { field: 'code', refusal: taken.error } })
  } else if (asksPassword(house, c)) {
    const known = await house.people.confirmPassword(staff.login, form.get('password') ?? '', addressOf(c))
    if (!known.ok) return show(at, c, { error: { field: 'password', refusal: known.error } })
  }
  return setUp(at, c, await house.people.factors.draft(staff.id, token))
}

function setUp({ house, frameOf }: At, c: DoorContext, draft: Draft, refusal?: PeopleRefusal) {
  const { session, speech } = signedIn(c)
  const { login } = session.staff
  // Several installations of one product stand side by side in a telephone.
  const issuer = `Qyzmet ${new URL(house.publicUrl).hostname}`
  const page = (
    <SetUpPage
      frame={frameOf(c)}
      uri={keyUri(draft.secret, issuer, login)}
      secret={typedSecret(draft.secret)}
      login={login}
      draft={draft.token}
      error={refusal && peopleRefusal(refusal, speech)}
    />
  )
  return c.html(page, refusal === undefined ? 200 : refusal.code === 'tooManyTries' ? 429 : 422)
}

async function confirm(at: At, c: DoorContext, form: URLSearchParams) {
  const { house, frameOf } = at
  const { session, token, speech } = signedIn(c)
  const { id } = session.staff
  const draft = await house.people.factors.readDraft(id, token, form.get('draft') ?? '')
  if (draft === null) return show(at, c, { error: { field: 'code', refusal: refused('draftLate') } })
  const code = (form.get('code') ?? '').trim()
  if (code === '') return setUp(at, c, draft, refused('codeEmpty'))
  const codes = await house.people.factors.confirm(id, token, draft, code, addressOf(c))
  if (!codes.ok) return setUp(at, c, draft, codes.error)
  // The session is looked at anew: until now nothing else was open to whoever had to set it up.
  const now = await house.people.session(token)
  if (now !== undefined) c.set('session', now)
  return c.html(<CodesPage frame={frameOf(c)} codes={codes.value} said={speech.t('signIn.twoStep.confirmed')} />)
}

async function renewCodes(at: At, c: DoorContext, form: URLSearchParams) {
  const { house, frameOf } = at
  const { session, speech } = signedIn(c)
  const typed = (form.get('code') ?? '').trim()
  if (typed === '') return show(at, c, { error: { field: 'code', refusal: refused('codeEmpty') } })
  const codes = await house.people.factors.renewCodes(session.staff.id, typed, addressOf(c))
  if (!codes.ok) return show(at, c, { error: { field: 'code', refusal: codes.error } })
  return c.html(<CodesPage frame={frameOf(c)} codes={codes.value} said={speech.t('signIn.twoStep.renewed')} />)
}

async function remove(at: At, c: DoorContext, form: URLSearchParams) {
  const { house } = at
  const { session, speech } = signedIn(c)
  if (house.people.mustHaveFactor(session.staff)) return show(at, c, { error: { field: 'code', refusal: refused('factorRequired') } })
  const typed = (form.get('code') ?? '').trim()
  if (typed === '') return show(at, c, { error: { field: 'code', refusal: refused('codeEmpty') } })
  const removed = await house.people.factors.remove(session.staff.id, typed, addressOf(c))
  if (!removed.ok) return show(at, c, { error: { field: 'code', refusal: removed.error } })
  return show(at, c, { said: speech.t('signIn.twoStep.removed') })
}
