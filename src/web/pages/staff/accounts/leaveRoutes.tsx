import { Hono } from 'hono'
import { casesOf, giveOver, type Place } from '../../../../desk/handOver.ts'
import { mayAdminister } from '../../../../people/mayAdminister.ts'
import { type Grant, holdsOn, type Staff } from '../../../../people/model.ts'
import { type Door, type DoorContext, formOf, signedIn } from '../../../door/door.ts'
import { type FrameOf, Refused } from '../../../door/errors.tsx'
import { FormReader } from '../../../forms/fields.ts'
import { formView } from '../../../forms/view.ts'
import type { House } from '../../../house.ts'
import { namingFor } from '../../../wording/naming.ts'
import { peopleRefusal } from '../../sign-in/refusal.ts'
import { afterwards } from './done.ts'
import { everybody, handedTo, LeavePage, type Leaving, staysWithActing } from './LeavePage.tsx'
import { byOf, grantOf, keeperOf, nowOf, personOf, placesOf, titleIn, todayOf, wholeOf } from './scope.ts'

/** Ending a role and closing an account: what lies with the person goes to somebody in the same act. */
export function leaveRoutes(house: House, frameOf: FrameOf) {
  const routes = new Hono<Door>()
  routes.get('/staff/:id/leave', (c) => show(house, frameOf, c, { person: wholeOf(house, c) }, new URLSearchParams()))
  routes.post('/staff/:id/leave', async (c) => leave(house, frameOf, c, { person: wholeOf(house, c) }))
  routes.get('/staff/:id/grants/:grant/end', (c) => show(house, frameOf, c, endingOf(house, c), new URLSearchParams()))
  routes.post('/staff/:id/grants/:grant/end', async (c) => leave(house, frameOf, c, endingOf(house, c)))
  return routes
}

interface Ending {
  readonly person: Staff
  readonly grant?: Grant
}

function endingOf(house: House, c: DoorContext): Required<Ending> {
  const person = personOf(house, c)
  const grant = grantOf(person, c)
  const actor = keeperOf(c)
  if (actor.id === person.id || !mayAdminister(actor, grant.organisation, house.people)) throw new Refused('forbidden')
  return { person, grant }
}

async function leavingOf(house: House, c: DoorContext, { person, grant }: Ending): Promise<Leaving[]> {
  const today = todayOf(house, c)
  const holds = (one: Place) =>
    person.grants.some((g) => g.role === one.role && g.organisation === one.organisation && holdsOn(g, today) && !g.acting)
  const places = placesOf(house, grant === undefined ? person : { grants: [grant] })
  const lying = await house.reading.lying(person.id, places, signedIn(c).who)
  const acting = house.people.actingFor(person.id)
  return Promise.all(
    lying
      .filter((one) => casesOf(one).length > 0 || holds(one))
      .map(async (one) => ({
        ...one,
        others: house.people.staffOf(one.organisation, one.role).filter(({ id }) => id !== person.id),
        acting: acting.filter((a) => a.grant.role === one.role && a.grant.organisation === one.organisation && a.staff.id !== person.id),
        waiting: await waitingAt(house, one),
      })),
  )
}

async function waitingAt(house: House, { home, role, organisation }: Place): Promise<number> {
  const units = house.people.organisation(organisation)?.units ?? []
  const counts = await house.ledger.work.counts(
    units.map(({ id }) => ({ home, organisation, role, unit: id })),
    new Date(house.clock.now()).toISOString(),
  )
  return counts.reduce((sum, { items }) => sum + Number(items), 0)
}

async function show(
  house: House,
  frameOf: FrameOf,
  c: DoorContext,
  ending: Ending,
  typed: URLSearchParams,
  reader?: FormReader,
  lines: readonly string[] = [],
) {
  const speech = c.get('speech')
  const form = formView(speech, typed, reader?.problems, undefined, lines)
  const page = (
    <LeavePage
      frame={frameOf(c)}
      form={form}
      person={ending.person}
      {...(ending.grant ? { grant: ending.grant } : {})}
      leaving={await leavingOf(house, c, ending)}
      naming={namingFor(house.people, speech)}
      titleOf={titleIn(house, speech)}
    />
  )
  return c.html(page, form.errors.length > 0 ? 422 : 200)
}

/** When a role ends: at once, or with a day that is not over. */
function endOf(house: House, c: DoorContext, reader: FormReader): { at: string } | string | undefined {
  const when = reader.choice('when', 'admin.role.when', ['now', 'day'])
  if (when === 'now') return { at: nowOf(house, c) }
  if (when === undefined) return undefined
  const day = reader.day('until', 'admin.field.until', true)
  if (day !== undefined && day < todayOf(house, c)) reader.problem('until', 'wrong', { label: 'admin.field.until' })
  return day
}

async function leave(house: House, frameOf: FrameOf, c: DoorContext, ending: Ending) {
  const { person, grant } = ending
  if (keeperOf(c).id === person.id) throw new Refused('forbidden')
  const typed = await formOf(c)
  const reader = new FormReader(typed)
  const end = grant === undefined ? undefined : endOf(house, c, reader)
  const later = typeof end === 'string' && end >= todayOf(house, c)
  const plan = planOf(await leavingOf(house, c, ending), reader, later)
  if (reader.problems.length > 0) return show(house, frameOf, c, ending, typed, reader)
  const given = await handAll(house, c, person, plan, reader.text('reason'))
  if (given.refused.length > 0) {
    const line = c.get('speech').t('admin.leave.notGiven', { cases: given.refused.map((one) => one.case).join(', ') })
    return show(house, frameOf, c, ending, typed, undefined, [line])
  }
  const by = byOf(keeperOf(c))
  const answer =
    grant === undefined || end === undefined
      ? await house.people.accounts.deactivate(person.id, by)
      : await house.people.accounts.endGrant(person.id, grant.id, end, by)
  if (!answer.ok) return show(house, frameOf, c, ending, typed, undefined, [peopleRefusal(answer.error, c.get('speech'))])
  return c.redirect(afterwards(person, grant === undefined ? 'left' : 'roleEnded', given.cases), 303)
}

interface Planned extends Place {
  readonly to: string | null
}

/** To whom what lies in each role goes. Until a day that is to come the person goes on, so nothing has to be given yet. */
function planOf(leaving: readonly Leaving[], reader: FormReader, later: boolean): Planned[] {
  const plan = leaving.flatMap((one, index): Planned[] => {
    if (casesOf(one).length === 0) return []
    const name = handedTo(index)
    if (later && reader.text(name) === '') return []
    const values = [everybody, ...(one.acting.length > 0 ? [staysWithActing] : []), ...one.others.map(({ id }) => id)]
    const to = reader.choice(name, 'admin.leave.to', values)
    if (to === undefined || to === staysWithActing) return []
    return [{ home: one.home, role: one.role, organisation: one.organisation, to: to === everybody ? null : to }]
  })
  if (plan.length > 0) reader.required('reason', 'reason', 2000)
  return plan
}

async function handAll(house: House, c: DoorContext, person: Staff, plan: readonly Planned[], reason: string) {
  const { who } = signedIn(c)
  let cases = 0
  const refused: { case: string; code: string }[] = []
  for (const one of plan) {
    const given = await giveOver(house, person.id, { ...one, reason }, who)
    cases += given.cases
    refused.push(...given.refused)
    if (given.cases > 0)
      await house.people.accounts.noteGivenOver(
        person.id,
        { role: one.role, organisation: one.organisation, to: one.to, cases: given.cases },
        byOf(keeperOf(c)),
      )
  }
  return { cases, refused }
}
