import { randomInt } from 'node:crypto'
import { Hono } from 'hono'
import { momentIn } from '../../../../desk/clock.ts'
import type { Speech } from '../../../../language/speech.ts'
import { mayAdminister, mayAdministerWhole, mayHaveRole } from '../../../../people/mayAdminister.ts'
import { type ChangedBy, type Organisation, ownRoles, type PeopleAnswer, type Staff, type StaffActor } from '../../../../people/model.ts'
import { actorOf } from '../../../../people/sessions.ts'
import { type Door, type DoorContext, formOf, signedIn } from '../../../door/door.ts'
import { type FrameOf, Refused } from '../../../door/errors.tsx'
import { FormReader } from '../../../forms/fields.ts'
import { formView } from '../../../forms/view.ts'
import type { House } from '../../../house.ts'
import { paths, staffPersonPath } from '../../../paths.ts'
import { namingFor } from '../../../wording/naming.ts'
import { roleTitle } from '../../../wording/roles.ts'
import { peopleRefusal } from '../../sign-in/refusal.ts'
import { PersonPage } from './PersonPage.tsx'
import { StaffPage } from './StaffPage.tsx'

/** Organisations and their staff, for whoever keeps the accounts. */
export function accountRoutes(house: House, frameOf: FrameOf) {
  const routes = new Hono<Door>()
  routes.get(paths.staff, (c) => listed(house, frameOf, c, new URLSearchParams()))
  routes.post(paths.staff, (c) => create(house, frameOf, c))
  routes.get('/staff/:id', (c) => shown(house, frameOf, c, personOf(house, c), {}))
  routes.post('/staff/:id', (c) => change(house, frameOf, c))
  return routes
}

function keeperOf(c: DoorContext): StaffActor {
  const actor = actorOf(signedIn(c).session)
  if (actor.role !== 'administrator') throw new Refused('forbidden')
  return actor
}

const keptBy = (house: House, actor: StaffActor): Organisation[] =>
  house.people.organisations().filter(({ id }) => mayAdminister(actor, id, house.people))

const byOf = (actor: StaffActor): ChangedBy => ({ kind: 'staff', id: actor.id })

/** A person is an administrator's business where one of their grants is. */
function personOf(house: House, c: DoorContext): Staff {
  const actor = keeperOf(c)
  const person = house.people.staffById(c.req.param('id') ?? '')
  if (!person?.grants.some(({ organisation }) => mayAdminister(actor, organisation, house.people))) throw new Refused('notFound')
  return person
}

const rolesAt = (house: House): string[] => [...house.statutes.roles, ...ownRoles]

/** A role as the regulations of that organisation's region name it. */
const titleIn =
  (house: House, speech: Speech) =>
  (role: string, organisation?: string): string =>
    roleTitle(house, speech, role, house.people.organisation(organisation ?? ''))

const todayOf = (house: House, c: DoorContext): string => momentIn(c.get('speech').zone, house.clock.now()).slice(0, 10)

function listed(house: House, frameOf: FrameOf, c: DoorContext, typed: URLSearchParams, reader?: FormReader, line?: string) {
  const actor = keeperOf(c)
  const speech = c.get('speech')
  const form = formView(speech, typed, reader?.problems, undefined, line === undefined ? [] : [line])
  const organisations = keptBy(house, actor)
  const people = new Map(organisations.map(({ id }) => [id, house.people.everybodyOf(id)]))
  const page = (
    <StaffPage
      frame={frameOf(c)}
      form={form}
      organisations={organisations}
      people={people}
      roles={rolesAt(house)}
      titleOf={titleIn(house, speech)}
      naming={namingFor(house.people, speech)}
    />
  )
  return c.html(page, form.errors.length > 0 ? 422 : 200)
}

const letters = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Told once, used once: at the next sign-in the person chooses their own. */
const temporaryPassword = (): string =>
  Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('')).join('-')

async function create(house: House, frameOf: FrameOf, c: DoorContext) {
  const actor = keeperOf(c)
  const typed = await formOf(c)
  const reader = new FormReader(typed)
  const organisation =
    reader.choice(
      'organisation',
      'organisation',
      keptBy(house, actor).map(({ id }) => id),
    ) ?? ''
  const role =
    reader.choice(
      'role',
      'role',
      rolesAt(house).filter((one) => mayHaveRole(one, organisation, house.people)),
    ) ?? ''
  const name = {
    surname: reader.name('surname', 'surname', true) ?? '',
    name: reader.name('name', 'name', true) ?? '',
    patronymic: reader.name('patronymic', 'patronymic', false),
  }
  const post = { kk: reader.required('post.kk', 'postKk'), ru: reader.required('post.ru', 'postRu') }
  const login = reader.required('login', 'login')
  const iin = reader.text('iin') === '' ? null : reader.iin('iin')
  if (reader.problems.length > 0) return listed(house, frameOf, c, typed, reader)
  const unit = unitFor(house, organisation, role)
  const password = temporaryPassword()
  const grants = [{ role, organisation, unit, from: todayOf(house, c) }]
  const made = await house.people.accounts.createStaff({ login, name, iin, post, grants }, password, byOf(actor))
  if (!made.ok) return listed(house, frameOf, c, typed, undefined, peopleRefusal(made.error, c.get('speech')))
  return shown(house, frameOf, c, made.value, { password })
}

/** The unit in which the regulations of the region place the role; where none does, the organisation's first. */
function unitFor(house: House, organisation: string, role: string): string {
  const place = house.people.organisation(organisation)
  const units = place?.units.map(({ id }) => id) ?? []
  const named = house.statutes.library.regulations.map((law) => law.regulation.roles[role]?.unit)
  return units.find((unit) => named.includes(unit)) ?? units[0] ?? ''
}

interface Told {
  /** A password just made: shown this once. */
  readonly password?: string
  readonly line?: string
}

function shown(house: House, frameOf: FrameOf, c: DoorContext, person: Staff, told: Told) {
  const speech = c.get('speech')
  const own = signedIn(c).session.staff.id === person.id
  const page = (
    <PersonPage
      frame={frameOf(c)}
      person={person}
      naming={namingFor(house.people, speech)}
      titleOf={titleIn(house, speech)}
      own={own}
      today={todayOf(house, c)}
      {...told}
    />
  )
  return c.html(page, told.line === undefined ? 200 : 422)
}

async function change(house: House, frameOf: FrameOf, c: DoorContext) {
  const actor = keeperOf(c)
  const person = personOf(house, c)
  const form = await formOf(c)
  const { accounts } = house.people
  const password = temporaryPassword()
  const act = form.get('do')
  const grant = person.grants.find(({ id }) => id === form.get('grant'))
  const isTheirs =
    act === 'endGrant' ? grant && mayAdminister(actor, grant.organisation, house.people) : mayAdministerWhole(actor, person, house.people)
  if (!isTheirs) throw new Refused('forbidden')
  const answer = await (async (): Promise<PeopleAnswer<Staff>> => {
    if (act === 'reset') return accounts.resetPassword(person.id, password, byOf(actor))
    if (act === 'deactivate') return accounts.deactivate(person.id, byOf(actor))
    if (act === 'reactivate') return accounts.reactivate(person.id, byOf(actor))
    if (act === 'endGrant') return accounts.endGrant(person.id, form.get('grant') ?? '', todayOf(house, c), byOf(actor))
    throw new Refused('forbidden')
  })()
  if (!answer.ok) return shown(house, frameOf, c, person, { line: peopleRefusal(answer.error, c.get('speech')) })
  return act === 'reset' ? shown(house, frameOf, c, answer.value, { password }) : c.redirect(staffPersonPath(person.id), 303)
}
