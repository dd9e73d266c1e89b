import { Hono } from 'hono'
import { foldForSearch } from '../../../../language/fold.ts'
import { pickText } from '../../../../language/translator.ts'
import { installation, type Organisation, type StaffActor } from '../../../../people/model.ts'
import { type Door, type DoorContext, formOf } from '../../../door/door.ts'
import type { FrameOf } from '../../../door/errors.tsx'
import { Refused } from '../../../door/errors.tsx'
import { FormReader, shownDay } from '../../../forms/fields.ts'
import { formView } from '../../../forms/view.ts'
import type { House } from '../../../house.ts'
import { organisationPart, organisationPath, paths } from '../../../paths.ts'
import { namingFor } from '../../../wording/naming.ts'
import { peopleRefusal } from '../../sign-in/refusal.ts'
import { DayField, FormPage } from '../accounts/FormPage.tsx'
import { byOf, keeperOf, keptBy, kindsOf, organisationOf, titleIn, todayOf } from '../accounts/scope.ts'
import { CardPage } from './CardPage.tsx'
import { hoursRoutes } from './hoursRoutes.tsx'
import { OrganisationPage } from './OrganisationPage.tsx'
import { OrganisationsPage } from './OrganisationsPage.tsx'
import { timelineOf } from './preview.ts'
import { readCard, readUnits, typedCard, typedUnits } from './readCard.ts'
import { digestOf, seenOf } from './seen.ts'
import { UnitsPage } from './UnitsPage.tsx'

export function organisationRoutes(house: House, frameOf: FrameOf) {
  const routes = new Hono<Door>()
  routes.get(paths.organisations, (c) => listed(house, frameOf, c))
  routes.get(paths.newOrganisation, (c) => cardForm(house, frameOf, c, null, new URLSearchParams()))
  routes.post(paths.newOrganisation, (c) => create(house, frameOf, c))
  routes.get('/staff/organisations/:id', (c) => show(house, frameOf, c, organisationOf(house, c), {}))
  routes.get('/staff/organisations/:id/card', (c) => {
    const organisation = organisationOf(house, c)
    return cardForm(house, frameOf, c, organisation, typedCard(organisation))
  })
  routes.post('/staff/organisations/:id/card', (c) => change(house, frameOf, c))
  routes.get('/staff/organisations/:id/units', (c) => {
    const organisation = organisationOf(house, c)
    return unitsForm(house, frameOf, c, organisation, typedUnits(organisation))
  })
  routes.post('/staff/organisations/:id/units', (c) => changeUnits(house, frameOf, c))
  routes.get('/staff/organisations/:id/close', (c) =>
    closeForm(house, frameOf, c, new URLSearchParams({ from: shownDay(todayOf(house, c)) })),
  )
  routes.post('/staff/organisations/:id/close', (c) => close(house, frameOf, c))
  routes.post('/staff/organisations/:id/reopen', (c) => reopen(house, frameOf, c))
  routes.route('/', hoursRoutes(house, frameOf))
  return routes
}

const onPage = 50

function listed(house: House, frameOf: FrameOf, c: DoorContext) {
  const actor = keeperOf(c)
  const speech = c.get('speech')
  const text = (c.req.query('q') ?? '').trim().slice(0, 100)
  const words = foldForSearch(text).split(/\s+/).filter(Boolean)
  const named = (one: Organisation) => foldForSearch([one.name.kk, one.name.ru, one.name.en, one.id, one.bin].join(' '))
  const all = keptBy(house, actor).filter((one) => words.every((word) => named(one).includes(word)))
  const pages = Math.max(1, Math.ceil(all.length / onPage))
  const page = Math.min(Math.max(1, Number(c.req.query('page')) || 1), pages)
  return c.html(
    <OrganisationsPage
      frame={frameOf(c)}
      text={text}
      organisations={all.slice((page - 1) * onPage, page * onPage)}
      found={all.length}
      page={page}
      pages={pages}
      kinds={kindsOf(house, speech)}
      naming={namingFor(house.people, speech)}
      peopleOf={(id) => house.people.everybodyOf(id).length}
      mayCreate={regionsOf(house, c, actor).size > 0}
    />,
  )
}

/** Regions in which the reader may make organisations: all for the installation's administrator, the directorate's own for its. */
function regionsOf(house: House, c: DoorContext, actor: StaffActor): Map<string, string> {
  const { language } = c.get('speech')
  const own = house.people.organisation(actor.organisation)
  return new Map(
    Object.entries(house.statutes.world.regions.regions)
      .filter(([id]) => actor.organisation === installation || (own?.kind === 'directorate' && own.region === id))
      .map(([id, region]) => [id, pickText(region.name, language).text]),
  )
}

const donesOf = ['created', 'changed', 'closed', 'reopened', 'hours'] as const

interface Told {
  readonly line?: string
}

export async function show(house: House, frameOf: FrameOf, c: DoorContext, organisation: Organisation, told: Told) {
  const speech = c.get('speech')
  const region = house.statutes.world.regions.regions[organisation.region]
  const done = donesOf.find((one) => one === c.req.query('done'))
  const [events, open] = await Promise.all([
    house.people.eventsOf(organisation.id, 200),
    house.ledger.cases.openAt(organisation.home, organisation.id),
  ])
  const page = (
    <OrganisationPage
      frame={frameOf(c)}
      organisation={organisation}
      kind={kindsOf(house, speech).get(organisation.kind) ?? organisation.kind}
      region={region ? pickText(region.name, speech.language).text : organisation.region}
      hours={timelineOf(house.statutes.world, organisation)}
      ownHours={organisation.hours !== undefined}
      people={house.people.everybodyOf(organisation.id).length}
      open={open}
      naming={namingFor(house.people, speech)}
      titleOf={titleIn(house, speech)}
      events={events}
      {...(done === undefined ? {} : { said: speech.t(`admin.organisations.done.${done}`) })}
      {...told}
    />
  )
  return c.html(page, told.line === undefined ? 200 : 422)
}

function cardForm(
  house: House,
  frameOf: FrameOf,
  c: DoorContext,
  organisation: Organisation | null,
  typed: URLSearchParams,
  reader?: FormReader,
  line?: string,
) {
  const actor = keeperOf(c)
  const speech = c.get('speech')
  const { t } = speech
  const form = formView(speech, typed, reader?.problems, undefined, line === undefined ? [] : [line])
  const name = organisation === null ? '' : namingFor(house.people, speech).text(organisation.name)
  const page =
    organisation === null ? (
      <CardPage
        frame={frameOf(c)}
        form={form}
        title={t('admin.organisations.create')}
        back={{ href: paths.organisations, text: t('admin.organisations.title') }}
        action={paths.newOrganisation}
        fresh={{ kinds: makeableKinds(house, c, actor), regions: regionsOf(house, c, actor) }}
      />
    ) : (
      <CardPage
        frame={frameOf(c)}
        form={form}
        title={t('admin.organisations.card')}
        about={name}
        back={{ href: organisationPath(organisation.id), text: name }}
        action={organisationPart(organisation.id, 'card')}
        seen={typed.get('_seen') ?? digestOf(organisation)}
      />
    )
  return c.html(page, form.errors.length > 0 ? 422 : 200)
}

/** A directorate makes providers of its region; branches of the State Corporation, and directorates, are the installation's. */
function makeableKinds(house: House, c: DoorContext, actor: StaffActor): Map<string, string> {
  const kinds = kindsOf(house, c.get('speech'))
  if (actor.organisation === installation) return kinds
  return new Map([...kinds].filter(([kind]) => kind !== 'serviceCentre' && kind !== 'directorate'))
}

async function create(house: House, frameOf: FrameOf, c: DoorContext) {
  const actor = keeperOf(c)
  const typed = await formOf(c)
  const reader = new FormReader(typed)
  const region = reader.choice('region', 'admin.field.region', [...regionsOf(house, c, actor).keys()]) ?? ''
  const kind = reader.choice('kind', 'admin.field.kind', [...makeableKinds(house, c, actor).keys()]) ?? ''
  const code = reader.required('code', 'admin.field.code', 40)
  if (code !== '' && !/^[a-z][a-zA-Z0-9]*$/.test(code)) reader.problem('code', 'wrong', { label: 'admin.field.code' })
  const card = readCard(reader, house.statutes.world.regions.regions[region]?.kato)
  if (reader.problems.length > 0 || card === null) return cardForm(house, frameOf, c, null, typed, reader)
  const at = kind === 'serviceCentre' ? ('corporation' as const) : ('provider' as const)
  const like = house.people.organisations().find((one) => one.at === at)
  const { units } = like ?? { units: [{ id: 'office', title: card.name }] }
  const organisation: Organisation = { id: `${region}.${code}`, kind, at, region, home: house.statutes.homeOf(region), ...card, units }
  const made = await house.people.accounts.createOrganisation(organisation, byOf(actor))
  if (!made.ok) return cardForm(house, frameOf, c, null, typed, undefined, peopleRefusal(made.error, c.get('speech')))
  return c.redirect(`${organisationPath(made.value.id)}?done=created`, 303)
}

async function change(house: House, frameOf: FrameOf, c: DoorContext) {
  const organisation = organisationOf(house, c)
  const typed = await formOf(c)
  const reader = new FormReader(typed)
  const card = readCard(reader, house.statutes.world.regions.regions[organisation.region]?.kato)
  if (reader.problems.length > 0 || card === null) return cardForm(house, frameOf, c, organisation, typed, reader)
  const answer = await house.people.accounts.changeOrganisation(
    { ...organisation, ...card },
    byOf(keeperOf(c)),
    seenOf(organisation, reader),
  )
  if (answer.ok) return c.redirect(`${organisationPath(organisation.id)}?done=changed`, 303)
  typed.set('_seen', digestOf(organisation))
  return cardForm(house, frameOf, c, organisation, typed, undefined, peopleRefusal(answer.error, c.get('speech')))
}

function unitsForm(
  house: House,
  frameOf: FrameOf,
  c: DoorContext,
  organisation: Organisation,
  typed: URLSearchParams,
  reader?: FormReader,
  line?: string,
) {
  const speech = c.get('speech')
  const form = formView(speech, typed, reader?.problems, undefined, line === undefined ? [] : [line])
  const name = namingFor(house.people, speech).text(organisation.name)
  return c.html(
    <UnitsPage
      frame={frameOf(c)}
      form={form}
      organisation={organisation}
      name={name}
      seen={typed.get('_seen') ?? digestOf(organisation)}
    />,
    form.errors.length > 0 ? 422 : 200,
  )
}

async function changeUnits(house: House, frameOf: FrameOf, c: DoorContext) {
  const organisation = organisationOf(house, c)
  const typed = await formOf(c)
  const reader = new FormReader(typed)
  const units = readUnits(reader, organisation)
  if (reader.problems.length > 0) return unitsForm(house, frameOf, c, organisation, typed, reader)
  const answer = await house.people.accounts.changeOrganisation({ ...organisation, units }, byOf(keeperOf(c)), seenOf(organisation, reader))
  if (answer.ok) return c.redirect(`${organisationPath(organisation.id)}?done=changed`, 303)
  typed.set('_seen', digestOf(organisation))
  return unitsForm(house, frameOf, c, organisation, typed, undefined, peopleRefusal(answer.error, c.get('speech')))
}

function closeForm(house: House, frameOf: FrameOf, c: DoorContext, typed: URLSearchParams, reader?: FormReader, line?: string) {
  const organisation = organisationOf(house, c)
  const speech = c.get('speech')
  const { t } = speech
  const form = formView(speech, typed, reader?.problems, undefined, line === undefined ? [] : [line])
  const name = namingFor(house.people, speech).text(organisation.name)
  const page = (
    <FormPage
      frame={frameOf(c)}
      form={form}
      title={t('admin.organisations.close')}
      about={name}
      back={{ href: organisationPath(organisation.id), text: name }}
      action={organisationPart(organisation.id, 'close')}
      do={t('admin.organisations.close')}
      warning
      before={<p class="govuk-body">{t('admin.organisations.closeText')}</p>}
    >
      <DayField form={form} name="from" label="admin.field.closedFrom" focus />
    </FormPage>
  )
  return c.html(page, form.errors.length > 0 ? 422 : 200)
}

async function close(house: House, frameOf: FrameOf, c: DoorContext) {
  const organisation = organisationOf(house, c)
  const actor = keeperOf(c)
  if (actor.organisation === organisation.id) throw new Refused('forbidden')
  const typed = await formOf(c)
  const reader = new FormReader(typed)
  const from = reader.day('from', 'admin.field.closedFrom', true) ?? ''
  if (from !== '' && from < todayOf(house, c)) reader.problem('from', 'wrong', { label: 'admin.field.closedFrom' })
  if (reader.problems.length > 0) return closeForm(house, frameOf, c, typed, reader)
  const { t } = c.get('speech')
  const open = await house.ledger.cases.openAt(organisation.home, organisation.id)
  if (open > 0) return closeForm(house, frameOf, c, typed, undefined, t('admin.organisations.casesOpen', { count: open }))
  const answer = await house.people.accounts.closeOrganisation(organisation.id, from, byOf(actor))
  if (!answer.ok) return closeForm(house, frameOf, c, typed, undefined, peopleRefusal(answer.error, c.get('speech')))
  return c.redirect(`${organisationPath(organisation.id)}?done=closed`, 303)
}

async function reopen(house: House, frameOf: FrameOf, c: DoorContext) {
  const organisation = organisationOf(house, c)
  const answer = await house.people.accounts.reopenOrganisation(organisation.id, byOf(keeperOf(c)))
  if (!answer.ok) return show(house, frameOf, c, organisation, { line: peopleRefusal(answer.error, c.get('speech')) })
  return c.redirect(`${organisationPath(organisation.id)}?done=reopened`, 303)
}
