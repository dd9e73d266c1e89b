import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { momentIn } from '../../../../desk/clock.ts'
import type { Opening } from '../../../../desk/desk.ts'
import { homeOf } from '../../../../desk/numbers.ts'
import type { Outcome } from '../../../../desk/outcome.ts'
import type { Who } from '../../../../desk/who.ts'
import { location } from '../../../../people/location.ts'
import type { Ticket } from '../../../../queue/queue.ts'
import { type Door, type DoorContext, formOf, signedIn } from '../../../door/door.ts'
import { type FrameOf, Refused } from '../../../door/errors.tsx'
import { hasDesk } from '../../../door/frame.ts'
import { FormReader } from '../../../forms/fields.ts'
import { formView } from '../../../forms/view.ts'
import type { House } from '../../../house.ts'
import { intakeAgainPath, intakePath, paths } from '../../../paths.ts'
import { namingFor } from '../../../wording/naming.ts'
import { notInForceWords, refusalLine } from '../../../wording/refusals.ts'
import { NewCasePage } from './NewCasePage.tsx'
import { notInForceFor, type OpeningChoice, openingsFor, wayOf } from './openings.ts'

export function newCaseRoutes(house: House, frameOf: FrameOf) {
  const routes = new Hono<Door>()
  routes.get(paths.newCase, (c) => {
    if (!hasDesk(signedIn(c).who.actor.role)) throw new Refused('forbidden')
    return show(house, frameOf, c, {
      typed: new URLSearchParams({ ticket: c.req.query('ticket') ?? '', again: c.req.query('again') ?? '' }),
      key: randomUUID(),
    })
  })
  routes.post(paths.newCase, (c) => open(house, frameOf, c))
  return routes
}

interface Shown {
  readonly typed: URLSearchParams
  readonly key: string
  readonly problems?: FormReader['problems']
  readonly outcome?: Exclude<Outcome, { kind: 'done' }>
}

async function show(house: House, frameOf: FrameOf, c: DoorContext, shown: Shown) {
  const { who, speech } = signedIn(c)
  const naming = namingFor(house.people, speech)
  const form = formView(speech, shown.typed, shown.problems, undefined, linesOf(shown.outcome, house, c))
  const choices = openingsFor(house, who)
  const over = notInForceFor(house, who).map((answer) => notInForceWords(answer, naming, speech))
  const ticket = await ticketAtHand(house, who, shown.typed.get('ticket') ?? '')
  const page = (
    <NewCasePage
      frame={frameOf(c)}
      form={form}
      choices={choices}
      naming={naming}
      requestKey={shown.key}
      notInForce={over}
      ticket={ticket}
      again={againOf(shown.typed)}
    />
  )
  return c.html(page, form.errors.length > 0 ? 422 : 200)
}

/** The ticket that this very operator serves; any other name of a ticket is as good as none. */
async function ticketAtHand(house: House, who: Who, id: string): Promise<Ticket | null> {
  const ticket = id === '' ? null : await house.queue.ticket(id)
  return ticket?.operator === who.actor.id && ticket.state === 'serving' ? ticket : null
}

function linesOf(outcome: Shown['outcome'], house: House, c: DoorContext): string[] {
  const { speech } = signedIn(c)
  const naming = namingFor(house.people, speech)
  switch (outcome?.kind) {
    case 'refused':
      return [refusalLine(outcome.refusal, outcome.file?.bound.court ?? null, naming, speech)]
    case 'notInForce':
      return [notInForceWords(outcome.answer, naming, speech)]
    case 'keyReused':
      return [speech.t('refusal.keyReused')]
    case undefined:
      return []
    default:
      return [speech.t('refusal.changed')]
  }
}

async function open(house: House, frameOf: FrameOf, c: DoorContext) {
  const { who } = signedIn(c)
  const typed = await formOf(c)
  const key = typed.get('_key') ?? ''
  if (!/^[\w-]{20,60}$/.test(key)) throw new Refused('expired')
  const form = new FormReader(typed)
  const choices = openingsFor(house, who)
  // Nothing to choose from any more: the act went out of force while the form lay open.
  if (choices.length === 0) return show(house, frameOf, c, { typed, key })
  const opening = openingOf(form, choices, who, house)
  if (opening === null) return show(house, frameOf, c, { typed, key, problems: form.problems })
  const outcome = await house.desk.open(opening, who, { key })
  if (outcome.kind !== 'done') {
    const next = outcome.kind === 'keyReused' ? randomUUID() : key
    return show(house, frameOf, c, { typed, key: next, outcome })
  }
  const ticket = await ticketAtHand(house, who, typed.get('ticket') ?? '')
  if (ticket !== null) {
    const at = momentIn(house.statutes.zoneOf(who.region), house.clock.now())
    await house.queue.finish({ at, ticket: ticket.id, operator: who.actor.id, case: outcome.number })
  }
  const again = againOf(typed)
  return c.redirect(again === null ? intakePath(outcome.number) : intakeAgainPath(outcome.number, again), 303)
}

/** A number of a case, or nothing; whether it may be read is asked where it is read. */
const againOf = (typed: URLSearchParams): string | null => (homeOf(typed.get('again') ?? '') === null ? null : typed.get('again'))

function openingOf(form: FormReader, choices: readonly OpeningChoice[], who: Who, house: House): Opening | null {
  const [only] = choices
  const way = choices.length === 1 && only ? wayOf(only) : form.choice('way', 'way', choices.map(wayOf))
  const choice = choices.find((one) => wayOf(one) === way)
  if (choice === undefined) return null
  const [single] = choice.providers
  const id =
    choice.providers.length === 1 && single
      ? single.id
      : form.choice(
          'provider',
          'provider',
          choice.providers.map((one) => one.id),
        )
  const provider = choice.providers.find((one) => one.id === id)
  const own = house.people.organisation(who.actor.organisation ?? '')
  if (provider === undefined || own === undefined) return null
  const atCorporation = choice.bound.law.regulation.channels[choice.channel]?.receiver === 'corporation'
  return {
    service: choice.service,
    region: who.region,
    channel: choice.channel,
    provider: { id: provider.id, kind: provider.kind },
    branch: atCorporation ? own.id : null,
    location: location(own, provider),
  }
}
