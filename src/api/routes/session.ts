import type { z } from 'zod'
import { momentIn } from '../../desk/clock.ts'
import { fullName, type PeopleRefusal } from '../../people/model.ts'
import type { Session } from '../../people/sessions.ts'
import type { House } from '../../web/house.ts'
import { type No, no } from '../problem.ts'
import { type Call, route, staffRoute } from '../route.ts'
import { credentials, grantChoice, me, passwords, token } from '../schemas/others.ts'

const tooMany = (error: PeopleRefusal): No => {
  const seconds = Number(error.params.seconds ?? 30)
  return no('tooManyTries', { params: { seconds }, headers: { 'retry-after': String(seconds) }, extra: { seconds } })
}

/** A "no" of the people's floor, under a field where one is at fault. */
const refusedBy = ({ t }: Call<unknown, unknown>, error: PeopleRefusal, pointer: string): No => {
  if (error.code === 'tooManyTries') return tooMany(error)
  const key = `people.refusal.${error.code}`
  const detail = t.has(key) ? { detail: t(key, error.params) } : {}
  return no('invalidInput', { errors: [{ pointer, code: error.code, ...detail }] })
}

function meOf(house: House, session: Session): z.infer<typeof me> {
  const { staff, grant, mustChange, endsAt } = session
  const organisation = house.people.organisation(grant.organisation)
  const region = organisation?.region ?? ''
  const zone = region === '' ? 'UTC' : house.statutes.zoneOf(region)
  return {
    id: staff.id,
    login: staff.login,
    name: fullName(staff.name),
    post: staff.post,
    role: grant.role,
    organisation: { id: grant.organisation, name: organisation?.name ?? null },
    unit: grant.unit,
    region,
    grants: house.people.grantsNow(staff).map(({ id, role, organisation: place, unit, from, until, acting, order }) => ({
      id,
      role,
      organisation: place,
      unit,
      from,
      until: until ?? null,
      acting: acting && order ? { for: acting.for, order: { ...order } } : null,
    })),
    endsAt: momentIn(zone, endsAt),
    mustChangePassword: mustChange,
  }
}

/** Why a right password does not open anything yet. */
const unopened = ['codeNeeded', 'codeWrong', 'codeUsed', 'factorFirst', 'passwordClosed'] as const

export const sessionRoutes = [
  route({
    method: 'post',
    path: '/v1/tokens',
    id: 'signIn',
    summary: 'Sign in: a bearer token for twelve hours',
    access: 'public',
    body: credentials,
    answer: { status: 201, schema: token },
    problems: ['wrongSignIn', 'tooManyTries', 'noGrant', ...unopened],
    handle: async ({ house, body, address }) => {
      if (!house.signIn.password) return no('passwordClosed')
      const opened = await house.people.signIn({ ...body, address }, 'token')
      if (!opened.ok) {
        const { code } = opened.error
        if (code === 'tooManyTries') return tooMany(opened.error)
        if (code === 'noGrant') return no('noGrant')
        return no(unopened.find((one) => one === code) ?? 'wrongSignIn')
      }
      const mine = meOf(house, opened.value.session)
      return { body: { token: opened.value.token, tokenType: 'Bearer' as const, endsAt: mine.endsAt, me: mine } }
    },
  }),
  staffRoute({
    method: 'delete',
    path: '/v1/tokens',
    id: 'signOut',
    summary: 'Sign out: the token opens nothing any more',
    answer: { status: 204 },
    problems: [],
    handle: async ({ house, token: mine }) => {
      await house.people.signOut(mine)
      return {}
    },
  }),
  staffRoute({
    method: 'get',
    path: '/v1/me',
    id: 'whoAmI',
    summary: 'Who is signed in, in which role, where',
    answer: { status: 200, schema: me },
    problems: [],
    handle: async ({ house, session }) => ({ body: meOf(house, session) }),
  }),
  staffRoute({
    method: 'post',
    path: '/v1/me/grant',
    id: 'switchGrant',
    summary: 'Act under another of one’s grants from now on',
    body: grantChoice,
    answer: { status: 200, schema: me },
    problems: [],
    handle: async (call) => {
      const switched = await call.house.people.switchGrant(call.token, call.body.grant)
      return switched.ok ? { body: meOf(call.house, switched.value) } : refusedBy(call, switched.error, '/grant')
    },
  }),
  staffRoute({
    method: 'post',
    path: '/v1/me/password',
    id: 'changePassword',
    summary: 'Change one’s password; the other sessions end',
    body: passwords,
    answer: { status: 200, schema: me },
    problems: ['tooManyTries'],
    handle: async (call) => {
      const { current, next } = call.body
      const changed = await call.house.people.changePassword(call.token, current, next, call.address)
      if (changed.ok) return { body: meOf(call.house, changed.value) }
      return refusedBy(call, changed.error, changed.error.code === 'passwordWrong' ? '/current' : '/next')
    },
  }),
]
