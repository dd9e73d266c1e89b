import { Hono } from 'hono'
import { mayHaveRole } from '../../../../people/mayAdminister.ts'
import type { Staff, StaffActor } from '../../../../people/model.ts'
import { type Door, type DoorContext, formOf } from '../../../door/door.ts'
import type { FrameOf } from '../../../door/errors.tsx'
import { FormReader, shownDay } from '../../../forms/fields.ts'
import { formView } from '../../../forms/view.ts'
import type { House } from '../../../house.ts'
import { paths } from '../../../paths.ts'
import { namingFor } from '../../../wording/naming.ts'
import { peopleRefusal } from '../../sign-in/refusal.ts'
import { readOrder, readRoleDays } from './fields.ts'
import { NewPersonPage } from './NewPersonPage.tsx'
import { showPerson } from './personRoutes.tsx'
import { findPeople, type Wanted } from './roster.ts'
import { StaffPage } from './StaffPage.tsx'
import { byOf, isKept, keeperOf, keptBy, rolesAt, titleIn, todayOf, unitFor } from './scope.ts'
import { temporaryPassword } from './temporaryPassword.ts'

/** The list of people, and a new account. */
export function listRoutes(house: House, frameOf: FrameOf) {
  const routes = new Hono<Door>()
  routes.get(paths.staff, (c) => listed(house, frameOf, c))
  routes.get(paths.newPerson, (c) => form(house, frameOf, c, new URLSearchParams({ from: shownDay(todayOf(house, c)) })))
  routes.post(paths.newPerson, (c) => create(house, frameOf, c))
  return routes
}

const states: readonly Wanted['state'][] = ['', 'active', 'inactive', 'acting', 'noRole']

function wantedOf(c: DoorContext): Wanted {
  const state = states.find((one) => one === c.req.query('state')) ?? ''
  return {
    text: (c.req.query('q') ?? '').trim().slice(0, 100),
    organisation: c.req.query('organisation') ?? '',
    role: c.req.query('role') ?? '',
    state,
  }
}

const peopleOf = (house: House, actor: StaffActor): Staff[] => house.people.staff().filter((person) => isKept(house, actor, person))

function listed(house: House, frameOf: FrameOf, c: DoorContext) {
  const actor = keeperOf(c)
  const speech = c.get('speech')
  const wanted = wantedOf(c)
  const today = todayOf(house, c)
  return c.html(
    <StaffPage
      frame={frameOf(c)}
      wanted={wanted}
      list={findPeople(peopleOf(house, actor), wanted, today, Number(c.req.query('page')) || 1)}
      organisations={keptBy(house, actor)}
      roles={rolesAt(house)}
      titleOf={titleIn(house, speech)}
      naming={namingFor(house.people, speech)}
      today={today}
    />,
  )
}

function form(house: House, frameOf: FrameOf, c: DoorContext, typed: URLSearchParams, reader?: FormReader, line?: string) {
  const actor = keeperOf(c)
  const speech = c.get('speech')
  const view = formView(speech, typed, reader?.problems, undefined, line === undefined ? [] : [line])
  const page = (
    <NewPersonPage
      frame={frameOf(c)}
      form={view}
      organisations={keptBy(house, actor)}
      roles={rolesAt(house)}
      titleOf={titleIn(house, speech)}
      naming={namingFor(house.people, speech)}
    />
  )
  return c.html(page, view.errors.length > 0 ? 422 : 200)
}

async function create(house: House, frameOf: FrameOf, c: DoorContext) {
  const actor = keeperOf(c)
  const typed = await formOf(c)
  const reader = new FormReader(typed)
  const name = {
    surname: reader.name('surname', 'surname', true) ?? '',
    name: reader.name('name', 'name', true) ?? '',
    patronymic: reader.name('patronymic', 'patronymic', false),
  }
  const iin = reader.text('iin') === '' ? null : reader.iin('iin')
  const login = reader.required('login', 'login')
  const post = { kk: reader.required('post.kk', 'postKk'), ru: reader.required('post.ru', 'postRu') }
  const kept = keptBy(house, actor).map(({ id }) => id)
  const organisation = reader.choice('organisation', 'organisation', kept) ?? ''
  const allowed = rolesAt(house).filter((one) => mayHaveRole(one, organisation, house.people))
  const role = reader.choice('role', 'role', allowed) ?? ''
  const days = readRoleDays(reader)
  const order = readOrder(reader)
  if (reader.problems.length > 0) return form(house, frameOf, c, typed, reader)
  const password = temporaryPassword()
  const grants = [{ role, organisation, unit: unitFor(house, organisation, role), ...days, order }]
  const made = await house.people.accounts.createStaff({ login, name, iin, post, grants }, password, byOf(actor))
  if (!made.ok) return form(house, frameOf, c, typed, undefined, peopleRefusal(made.error, c.get('speech')))
  return showPerson(house, frameOf, c, made.value, { password })
}
