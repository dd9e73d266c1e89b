import { Hono } from 'hono'
import type { Organisation } from '../../../../people/model.ts'
import type { OpeningHours } from '../../../../time/hours.ts'
import { type Door, type DoorContext, formOf, signedIn } from '../../../door/door.ts'
import type { FrameOf } from '../../../door/errors.tsx'
import { FormReader, shownDay } from '../../../forms/fields.ts'
import { formView } from '../../../forms/view.ts'
import type { House } from '../../../house.ts'
import { organisationPath } from '../../../paths.ts'
import { namingFor } from '../../../wording/naming.ts'
import { peopleRefusal } from '../../sign-in/refusal.ts'
import { byOf, keeperOf, organisationOf, todayOf } from '../accounts/scope.ts'
import { HoursPage, type Preview } from './HoursPage.tsx'
import { compare, endWhenClosed, momentOn, normsOf, timelineOf } from './preview.ts'
import { readHours, typedHours } from './readHours.ts'
import { digestOf, seenOf } from './seen.ts'
import { hoursOn, withHours } from './timeline.ts'

/** Opening hours from a day on: looked at first, then saved. */
export function hoursRoutes(house: House, frameOf: FrameOf) {
  const routes = new Hono<Door>()
  routes.get('/staff/organisations/:id/hours', (c) => {
    const organisation = organisationOf(house, c)
    const today = todayOf(house, c)
    const tomorrow = Temporal.PlainDate.from(today).add({ days: 1 }).toString()
    const now = hoursOn(timelineOf(house.statutes.world, organisation), today)
    return hoursForm(house, frameOf, c, organisation, typedHours(now, shownDay(tomorrow)))
  })
  routes.post('/staff/organisations/:id/hours', (c) => change(house, frameOf, c))
  return routes
}

interface More {
  readonly reader?: FormReader
  readonly preview?: Preview
  readonly line?: string
}

function hoursForm(house: House, frameOf: FrameOf, c: DoorContext, organisation: Organisation, typed: URLSearchParams, more: More = {}) {
  const speech = c.get('speech')
  const form = formView(speech, typed, more.reader?.problems, undefined, more.line === undefined ? [] : [more.line])
  const page = (
    <HoursPage
      frame={frameOf(c)}
      form={form}
      id={organisation.id}
      name={namingFor(house.people, speech).text(organisation.name)}
      timeline={timelineOf(house.statutes.world, organisation)}
      seen={typed.get('_seen') ?? digestOf(organisation)}
      {...(more.preview ? { preview: more.preview } : {})}
    />
  )
  return c.html(page, form.errors.length > 0 ? 422 : 200)
}

async function change(house: House, frameOf: FrameOf, c: DoorContext) {
  const organisation = organisationOf(house, c)
  const typed = await formOf(c)
  const reader = new FormReader(typed)
  const hours = readHours(reader, todayOf(house, c))
  if (hours === null) return hoursForm(house, frameOf, c, organisation, typed, { reader })
  const timeline = timelineOf(house.statutes.world, organisation)
  const next = withHours(timeline, hours)
  if (reader.text('do') !== 'save')
    return hoursForm(house, frameOf, c, organisation, typed, { preview: await previewOf(house, c, organisation, hours, timeline, next) })
  const answer = await house.people.accounts.changeOrganisation(
    { ...organisation, hours: next },
    byOf(keeperOf(c)),
    seenOf(organisation, reader),
  )
  if (answer.ok) return c.redirect(`${organisationPath(organisation.id)}?done=hours`, 303)
  typed.set('_seen', digestOf(organisation))
  return hoursForm(house, frameOf, c, organisation, typed, { line: peopleRefusal(answer.error, c.get('speech')) })
}

const most = 500

async function previewOf(
  house: House,
  c: DoorContext,
  organisation: Organisation,
  hours: OpeningHours,
  was: readonly OpeningHours[],
  is: readonly OpeningHours[],
): Promise<Preview> {
  const { world } = house.statutes
  const zone = house.statutes.zoneOf(organisation.region)
  const norms = normsOf(house.statutes, organisation, hours.from)
  const [opens = '09:00', closes = '18:00'] = (Object.values(hours.open)[0] ?? '').split('-')
  const minutes = (clock: string, by: number) => Temporal.PlainTime.from(clock).add({ minutes: by }).toString({ smallestUnit: 'minute' })
  const moments = [minutes(opens, 60), minutes(closes === '24:00' ? '23:59' : closes, -30)].map((at) => momentOn(hours.from, at, zone))
  const running = await house.reading.running(organisation, momentOn(hours.from, '00:00', zone), signedIn(c).who, most + 1)
  const looked = running.slice(0, most)
  return {
    hours,
    compared: compare(world, zone, organisation, { was, is }, norms, moments),
    running: looked.length,
    more: running.length > most,
    closed: endWhenClosed(world, zone, organisation, is, looked).slice(0, 20),
  }
}
