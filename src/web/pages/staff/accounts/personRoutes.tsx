import { Hono } from 'hono'
import { mayAdminister, mayAdministerWhole, mayHaveRole } from '../../../../people/mayAdminister.ts'
import { fullName, installation, type Staff } from '../../../../people/model.ts'
import { foldLogin } from '../../../../people/shape.ts'
import { type Door, type DoorContext, formOf, signedIn } from '../../../door/door.ts'
import { type FrameOf, Refused } from '../../../door/errors.tsx'
import { FormReader, shownDay } from '../../../forms/fields.ts'
import { formView } from '../../../forms/view.ts'
import type { House } from '../../../house.ts'
import { personPart, staffPersonPath } from '../../../paths.ts'
import { namingFor } from '../../../wording/naming.ts'
import { peopleRefusal } from '../../sign-in/refusal.ts'
import { ActingPage } from './ActingPage.tsx'
import { afterwards, saidOf, type Told } from './done.ts'
import { FormPage, Text } from './FormPage.tsx'
import { factorRoutes } from './factorRoutes.tsx'
import { readActingDays, readOrder, readRoleDays } from './fields.ts'
import { leaveRoutes } from './leaveRoutes.tsx'
import { RoleFields } from './NewPersonPage.tsx'
import { PersonPage } from './PersonPage.tsx'
import { byOf, grantOf, keeperOf, keptBy, personOf, placesOf, rolesAt, titleIn, todayOf, unitFor, wholeOf } from './scope.ts'
import { temporaryPassword } from './temporaryPassword.ts'

/** One person's record and what is done to it. */
export function personRoutes(house: House, frameOf: FrameOf) {
  const routes = new Hono<Door>()
  routes.get('/staff/:id', (c) => showPerson(house, frameOf, c, personOf(house, c), saidOf(c)))
  routes.get('/staff/:id/name', (c) => nameForm(frameOf, c, wholeOf(house, c)))
  routes.post('/staff/:id/name', (c) => rename(house, frameOf, c, wholeOf(house, c)))
  routes.get('/staff/:id/role', (c) => roleForm(house, frameOf, c, new URLSearchParams({ from: shownDay(todayOf(house, c)) })))
  routes.post('/staff/:id/role', (c) => giveRole(house, frameOf, c))
  routes.get('/staff/:id/grants/:grant/acting', (c) =>
    actingForm(house, frameOf, c, new URLSearchParams({ from: shownDay(todayOf(house, c)) })),
  )
  routes.post('/staff/:id/grants/:grant/acting', (c) => appoint(house, frameOf, c))
  routes.post('/staff/:id/password', (c) => resetPassword(house, frameOf, c, wholeOf(house, c)))
  routes.post('/staff/:id/return', (c) => takeBack(house, frameOf, c, wholeOf(house, c)))
  routes.route('/', factorRoutes(house, frameOf))
  routes.route('/', leaveRoutes(house, frameOf))
  return routes
}

export async function showPerson(house: House, frameOf: FrameOf, c: DoorContext, person: Staff, told: Told) {
  const speech = c.get('speech')
  const actor = keeperOf(c)
  const [lying, events, factor] = await Promise.all([
    house.reading.lying(person.id, placesOf(house, person), signedIn(c).who),
    house.people.eventsOf(person.id, 200),
    house.people.factors.state(person.id),
  ])
  const page = (
    <PersonPage
      frame={frameOf(c)}
      person={person}
      naming={namingFor(house.people, speech)}
      titleOf={titleIn(house, speech)}
      own={actor.id === person.id}
      whole={mayAdministerWhole(actor, person, house.people)}
      mayGrant={({ organisation }) => mayAdminister(actor, organisation, house.people)}
      today={todayOf(house, c)}
      acting={house.people.actingFor(person.id)}
      lying={lying}
      events={events}
      factor={factor}
      {...told}
    />
  )
  return c.html(page, told.line === undefined ? 200 : 422)
}

function nameForm(frameOf: FrameOf, c: DoorContext, person: Staff, typed?: URLSearchParams, reader?: FormReader, line?: string) {
  const { surname, name, patronymic = '' } = person.name
  const given = typed ?? new URLSearchParams({ surname, name, patronymic, 'post.kk': person.post.kk, 'post.ru': person.post.ru })
  const speech = c.get('speech')
  const form = formView(speech, given, reader?.problems, undefined, line === undefined ? [] : [line])
  const fields = ['surname', 'name', 'patronymic', 'post.kk', 'post.ru'] as const
  const labels = { surname: 'surname', name: 'name', patronymic: 'patronymic', 'post.kk': 'postKk', 'post.ru': 'postRu' } as const
  const page = (
    <FormPage
      frame={frameOf(c)}
      form={form}
      title={speech.t('admin.nameAndPost')}
      about={fullName(person.name)}
      back={{ href: staffPersonPath(person.id), text: fullName(person.name) }}
      action={personPart(person.id, 'name')}
      do={speech.t('admin.save')}
    >
      <div class="q-line">
        {fields.map((field, index) => (
          <Text form={form} name={field} label={`steps.field.${labels[field]}`} focus={index === 0} />
        ))}
      </div>
    </FormPage>
  )
  return c.html(page, form.errors.length > 0 ? 422 : 200)
}

async function rename(house: House, frameOf: FrameOf, c: DoorContext, person: Staff) {
  const typed = await formOf(c)
  const reader = new FormReader(typed)
  const patronymic = reader.name('patronymic', 'patronymic', false)
  const name = {
    surname: reader.name('surname', 'surname', true) ?? '',
    name: reader.name('name', 'name', true) ?? '',
    ...(patronymic === undefined ? {} : { patronymic }),
  }
  const post = { kk: reader.required('post.kk', 'postKk'), ru: reader.required('post.ru', 'postRu') }
  if (reader.problems.length > 0) return nameForm(frameOf, c, person, typed, reader)
  const answer = await house.people.accounts.changeStaff(person.id, { name, post }, byOf(keeperOf(c)))
  if (!answer.ok) return nameForm(frameOf, c, person, typed, undefined, peopleRefusal(answer.error, c.get('speech')))
  return c.redirect(afterwards(person, 'renamed'), 303)
}

function roleForm(house: House, frameOf: FrameOf, c: DoorContext, typed: URLSearchParams, reader?: FormReader, line?: string) {
  const person = personOf(house, c)
  const actor = keeperOf(c)
  const speech = c.get('speech')
  const form = formView(speech, typed, reader?.problems, undefined, line === undefined ? [] : [line])
  const page = (
    <FormPage
      frame={frameOf(c)}
      form={form}
      title={speech.t('admin.role.give')}
      about={fullName(person.name)}
      back={{ href: staffPersonPath(person.id), text: fullName(person.name) }}
      action={personPart(person.id, 'role')}
      do={speech.t('admin.role.give')}
    >
      <RoleFields
        form={form}
        organisations={keptBy(house, actor)}
        roles={rolesAt(house)}
        titleOf={titleIn(house, speech)}
        naming={namingFor(house.people, speech)}
        focus
      />
    </FormPage>
  )
  return c.html(page, form.errors.length > 0 ? 422 : 200)
}

async function giveRole(house: House, frameOf: FrameOf, c: DoorContext) {
  const person = personOf(house, c)
  const actor = keeperOf(c)
  const typed = await formOf(c)
  const reader = new FormReader(typed)
  const kept = keptBy(house, actor).map(({ id }) => id)
  const organisation = reader.choice('organisation', 'organisation', kept) ?? ''
  const allowed = rolesAt(house).filter((one) => mayHaveRole(one, organisation, house.people))
  const role = reader.choice('role', 'role', allowed) ?? ''
  const days = readRoleDays(reader)
  const order = readOrder(reader)
  if (reader.problems.length > 0) return roleForm(house, frameOf, c, typed, reader)
  const grant = { role, organisation, unit: unitFor(house, organisation, role), ...days, order }
  const answer = await house.people.accounts.giveGrant(person.id, grant, byOf(actor))
  if (!answer.ok) return roleForm(house, frameOf, c, typed, undefined, peopleRefusal(answer.error, c.get('speech')))
  return c.redirect(afterwards(person, 'roleGiven'), 303)
}

/** A grant of the person that is the reader's business. */
function keptGrant(house: House, c: DoorContext) {
  const person = personOf(house, c)
  const grant = grantOf(person, c)
  if (!mayAdminister(keeperOf(c), grant.organisation, house.people)) throw new Refused('forbidden')
  return { person, grant }
}

function actingForm(
  house: House,
  frameOf: FrameOf,
  c: DoorContext,
  typed: URLSearchParams,
  reader?: FormReader,
  no?: { line: string; code: string },
) {
  const { person, grant } = keptGrant(house, c)
  const speech = c.get('speech')
  const form = formView(speech, typed, reader?.problems, undefined, no === undefined ? [] : [no.line])
  const offered = house.people.everybodyOf(grant.organisation).filter(({ id, active }) => active && id !== person.id)
  const page = (
    <ActingPage
      frame={frameOf(c)}
      form={form}
      person={person}
      grant={grant}
      title={titleIn(house, speech)(grant.role, grant.organisation)}
      offered={grant.organisation === installation ? [] : offered.slice(0, 200)}
      overlaps={no?.code === 'actingOverlaps' || typed.get('despite') !== null}
    />
  )
  return c.html(page, form.errors.length > 0 ? 422 : 200)
}

async function appoint(house: House, frameOf: FrameOf, c: DoorContext) {
  const { person, grant } = keptGrant(house, c)
  const typed = await formOf(c)
  const reader = new FormReader(typed)
  const login = reader.required('login', 'login')
  const order = readOrder(reader)
  const days = readActingDays(reader)
  const who = house.people.staffByLogin(foldLogin(login))
  if (login !== '' && who === undefined) reader.problem('login', 'wrong', { label: 'login' })
  if (reader.problems.length > 0 || who === undefined) return actingForm(house, frameOf, c, typed, reader)
  const acting = { for: person.id, grant: grant.id, order, ...days }
  const answer = await house.people.accounts.appointActing(who.id, acting, byOf(keeperOf(c)), reader.ticked('despite'))
  if (!answer.ok) {
    const line = peopleRefusal(answer.error, c.get('speech'))
    return actingForm(house, frameOf, c, typed, undefined, { line, code: answer.error.code })
  }
  return c.redirect(afterwards(person, 'actingAppointed'), 303)
}

async function resetPassword(house: House, frameOf: FrameOf, c: DoorContext, person: Staff) {
  const password = temporaryPassword()
  const answer = await house.people.accounts.resetPassword(person.id, password, byOf(keeperOf(c)))
  if (!answer.ok) return showPerson(house, frameOf, c, person, { line: peopleRefusal(answer.error, c.get('speech')) })
  return showPerson(house, frameOf, c, answer.value, { password })
}

async function takeBack(house: House, frameOf: FrameOf, c: DoorContext, person: Staff) {
  const answer = await house.people.accounts.reactivate(person.id, byOf(keeperOf(c)))
  if (!answer.ok) return showPerson(house, frameOf, c, person, { line: peopleRefusal(answer.error, c.get('speech')) })
  return c.redirect(afterwards(person, 'returned'), 303)
}
