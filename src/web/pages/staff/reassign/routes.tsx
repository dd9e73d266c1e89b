import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { workPosition } from '../../../../desk/workPosition.ts'
import { pickText } from '../../../../language/translator.ts'
import type { WorkItem } from '../../../../ledger/ledger.ts'
import { mayAdminister } from '../../../../people/mayAdminister.ts'
import type { Organisation } from '../../../../people/model.ts'
import { actorOf } from '../../../../people/sessions.ts'
import { type Door, type DoorContext, formOf, signedIn } from '../../../door/door.ts'
import { type FrameOf, Refused } from '../../../door/errors.tsx'
import { FormReader } from '../../../forms/fields.ts'
import { formView } from '../../../forms/view.ts'
import type { House } from '../../../house.ts'
import { paths } from '../../../paths.ts'
import { namingFor } from '../../../wording/naming.ts'
import { referredRoles } from '../../../wording/referred.ts'
import { keeperOf, keptBy, titleIn } from '../accounts/scope.ts'
import { type Orphaned, OrphansPage } from './OrphansPage.tsx'
import { PerformersPage } from './PerformersPage.tsx'

const onPage = 200

/** Work that people have by name, given to others; and work that lies with nobody. */
export function reassignRoutes(house: House, frameOf: FrameOf) {
  const routes = new Hono<Door>()
  routes.get(paths.performers, (c) => shown(house, frameOf, c, deskOf(house, c, c.req.query('organisation')), new URLSearchParams()))
  routes.post(paths.performers, (c) => give(house, frameOf, c))
  routes.get(paths.orphans, (c) => orphans(house, frameOf, c))
  return routes
}

interface DeskOf {
  readonly organisation: Organisation
  /** Roles whose performers are named, by whom the reader is. */
  readonly roles: readonly string[]
  readonly readsCases: boolean
}

/** @throws Refused for whoever neither refers applications there nor keeps its accounts */
function deskOf(house: House, c: DoorContext, wanted: string | undefined): DeskOf {
  const actor = actorOf(signedIn(c).session)
  const administers = actor.role === 'administrator'
  const organisation = house.people.organisation(administers ? (wanted ?? actor.organisation) : actor.organisation)
  if (organisation === undefined) throw new Refused('notFound')
  if (administers && !mayAdminister(actor, organisation.id, house.people)) throw new Refused('notFound')
  const roles = referredRoles(house, organisation, administers ? undefined : actor.role)
  if (roles.length === 0 && !administers) throw new Refused('forbidden')
  return { organisation, roles, readsCases: !administers }
}

const placesOf = ({ id, home, units }: Organisation, roles: readonly string[]) =>
  roles.flatMap((role) => units.map((unit) => ({ home, organisation: id, role, unit: unit.id })))

const performersOf = (house: House, { organisation, roles }: DeskOf) => [
  ...new Map(roles.flatMap((role) => house.people.staffOf(organisation.id, role)).map((staff) => [staff.id, staff])).values(),
]

async function shown(
  house: House,
  frameOf: FrameOf,
  c: DoorContext,
  desk: DeskOf,
  typed: URLSearchParams,
  reader?: FormReader,
  lines: readonly string[] = [],
) {
  const speech = c.get('speech')
  const { organisation, roles, readsCases } = desk
  const of = c.req.query('of') ?? ''
  const found = await house.reading.desks(placesOf(organisation, roles), signedIn(c).who, onPage + 1, afterOf(c))
  const items = found.slice(0, onPage).filter((item) => of === '' || item.assignee === of)
  const last = found.length > onPage ? found[onPage - 1] : undefined
  const form = formView(speech, typed, reader?.problems, undefined, lines)
  const given = Number(c.req.query('given') ?? 0)
  const page = (
    <PerformersPage
      frame={frameOf(c)}
      form={form}
      organisation={organisation.id}
      items={items}
      performers={performersOf(house, desk)}
      naming={namingFor(house.people, speech)}
      stepTitle={(item) => stepTitle(house, item, speech.language)}
      titleOf={titleIn(house, speech)}
      isCovered={({ assignee, role }) => assignee === null || house.people.isCovered(assignee, organisation.id, role)}
      readsCases={readsCases}
      of={of}
      {...(last ? { more: moreAddress(c, last) } : {})}
      {...(given > 0 ? { said: speech.t('admin.done.given', { count: given }) } : {})}
    />
  )
  return c.html(page, form.errors.length > 0 ? 422 : 200)
}

function stepTitle(house: House, item: WorkItem, language: 'kk' | 'ru' | 'en'): string {
  const { sha256, regulation } = item.doc
  const { library } = house.statutes
  const law = library.bySha256(typeof sha256 === 'string' ? sha256 : '') ?? library.find(typeof regulation === 'string' ? regulation : '')
  const step = law?.regulation.steps.find(({ id }) => id === item.step)
  return step ? pickText(step.title, language).text : item.step
}

function afterOf(c: DoorContext) {
  try {
    return workPosition(JSON.parse(Buffer.from(c.req.query('after') ?? '', 'base64url').toString('utf8')))
  } catch {
    return undefined // an address that somebody shortened shows the first page
  }
}

function moreAddress(c: DoorContext, { dueAt, home, case: number, key }: WorkItem): string {
  const query = new URLSearchParams(new URL(c.req.url).search)
  query.set('after', Buffer.from(JSON.stringify([dueAt, home, number, key])).toString('base64url'))
  return `${paths.performers}?${query}`
}

async function give(house: House, frameOf: FrameOf, c: DoorContext) {
  const typed = await formOf(c)
  const desk = deskOf(house, c, typed.get('organisation') ?? undefined)
  const reader = new FormReader(typed)
  const chosen = typed.getAll('work').map((one) => one.split(' '))
  if (chosen.length === 0) reader.problem('work', 'choose', { label: 'admin.performers.choose' })
  const to = reader.choice('to', 'admin.leave.to', ['everybody', ...performersOf(house, desk).map(({ id }) => id)])
  const reason = reader.required('reason', 'reason', 2000)
  if (reader.problems.length > 0 || to === undefined) return shown(house, frameOf, c, desk, typed, reader)
  const { who } = signedIn(c)
  const outcomes = await Promise.all(
    chosen.map(async ([number = '', role = '', from = '']) => ({
      number,
      outcome: await house.desk.office(
        number,
        { do: 'reassign', role, from: from === '' ? null : from, to: to === 'everybody' ? null : to, reason },
        who,
        { key: randomUUID() },
      ),
    })),
  )
  const left = outcomes.filter(({ outcome }) => outcome.kind !== 'done')
  if (left.length === 0) {
    const query = new URLSearchParams({ organisation: desk.organisation.id, given: String(outcomes.length) })
    return c.redirect(`${paths.performers}?${query}`, 303)
  }
  const { t } = c.get('speech')
  const line = t('admin.performers.left', { given: outcomes.length - left.length, cases: left.map(({ number }) => number).join(', ') })
  return shown(house, frameOf, c, desk, new URLSearchParams(), undefined, [line])
}

async function orphans(house: House, frameOf: FrameOf, c: DoorContext) {
  const actor = keeperOf(c)
  const speech = c.get('speech')
  const kept = keptBy(house, actor)
  const page = (
    <OrphansPage
      frame={frameOf(c)}
      orphaned={await orphanedAt(house, c, kept)}
      naming={namingFor(house.people, speech)}
      titleOf={titleIn(house, speech)}
    />
  )
  return c.html(page)
}

async function orphanedAt(house: House, c: DoorContext, kept: readonly Organisation[]): Promise<Orphaned[]> {
  const roles = [...house.statutes.roles]
  const now = new Date(house.clock.now()).toISOString()
  const [counts, given] = await Promise.all([
    house.ledger.work.counts(
      kept.flatMap((one) => placesOf(one, roles)),
      now,
    ),
    house.ledger.work.given([...new Set(kept.map(({ home }) => home))]),
  ])
  const desks = Map.groupBy(counts, ({ organisation, role }) => `${organisation} ${role}`)
  const gone = given.filter((one) => !house.people.isCovered(one.assignee, one.organisation, one.role))
  const found = await Promise.all(
    [...desks.values()].map(async (rows): Promise<Orphaned | null> => {
      const [{ organisation = '', role = '' } = {}] = rows
      const people = house.people.staffOf(organisation, role)
      const place = house.people.organisation(organisation)
      const isReferred = place !== undefined && referredRoles(house, place).includes(role)
      const items = isReferred ? await house.reading.desks(placesOf(place, [role]), signedIn(c).who, onPage) : []
      const withGone = items.filter(({ assignee }) =>
        gone.some((one) => one.assignee === assignee && one.organisation === organisation),
      ).length
      const cameBack = items.filter(({ assignee, doc }) => assignee === null && doc.handed !== undefined).length
      if (people.length > 0 && withGone === 0 && cameBack === 0) return null
      const sum = (of: 'items' | 'overdue') => rows.reduce((all, row) => all + Number(row[of]), 0)
      return { organisation, role, waits: sum('items'), overdue: sum('overdue'), people, withGone, cameBack }
    }),
  )
  return found.filter((one) => one !== null)
}
