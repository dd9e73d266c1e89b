import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { windowRoles } from '../../../../law/roles.ts'
import type { Organisation } from '../../../../people/model.ts'
import type { CallAnswer, Queue, Ticket } from '../../../../queue/queue.ts'
import { type Door, type DoorContext, formOf, signedIn } from '../../../door/door.ts'
import { Refused } from '../../../door/errors.tsx'
import { requireStaff } from '../../../door/requireStaff.ts'
import { nowIn, type Public } from '../local.tsx'
import { servicesAt } from './routes.tsx'
import { casePathFor, WindowPage } from './WindowPage.tsx'

const windowCookie = 'qyzmet-window'

/** What an operator does with the queue; the case itself is opened on the staff pages, with the ticket's name. */
export function windowRoutes(parts: Public): Hono<Door> {
  const { house, frameOf } = parts
  const routes = new Hono<Door>()
  routes.use('/window', requireStaff)
  const roles = windowRoles(house.statutes.library.regulations)

  const placeOf = (c: DoorContext): { branch: Organisation; operator: string } => {
    const { actor } = signedIn(c).who
    const branch = house.people.organisation(actor.organisation ?? '')
    if (!roles.has(actor.role ?? '') || branch?.at !== 'corporation') throw new Refused('forbidden')
    return { branch, operator: actor.id }
  }

  routes.get('/window', async (c) => {
    const { branch, operator } = placeOf(c)
    const now = nowIn(parts, branch.region)
    const [ticket, waiting] = await Promise.all([atHand(house.queue, branch.id, operator, now), house.queue.waiting(branch.id, now)])
    const services = servicesAt(parts, branch, now.slice(0, 10))
    const view = { branch, ticket, waiting, services, window: getCookie(c, windowCookie) ?? '', said: c.req.query('said') }
    return c.html(<WindowPage frame={frameOf(c)} view={view} />)
  })

  routes.post('/window', async (c) => {
    const { branch, operator } = placeOf(c)
    const typed = await formOf(c)
    const at = nowIn(parts, branch.region)
    const window = (typed.get('window') ?? '').trim().slice(0, 10)
    const ticket = typed.get('ticket') ?? ''
    const act = { at, ticket, operator }
    const deeds: Record<string, () => Promise<CallAnswer>> = {
      call: () => house.queue.callNext({ at, branch: branch.id, window, operator }),
      callAgain: () => house.queue.callAgain(act),
      start: () => house.queue.start(act),
      noShow: () => house.queue.noShow(act),
      finish: () => house.queue.finish(act),
    }
    const deed = deeds[typed.get('do') ?? '']
    if (deed === undefined) throw new Refused('notFound')
    if (typed.get('do') === 'call') {
      if (window === '') return c.redirect('/window?said=window', 303)
      setCookie(c, windowCookie, window, {
        path: '/window',
        httpOnly: true,
        sameSite: 'Strict',
        secure: house.publicUrl.startsWith('https:'),
      })
    }
    const answer = await deed()
    if (!answer.ok) return c.redirect(`/window?said=${answer.code}`, 303)
    // Whoever has sat down wants something: the way to it begins with the same key.
    return c.redirect(typed.get('do') === 'start' ? casePathFor(answer.ticket) : '/window', 303)
  })
  return routes
}

/** The ticket that the operator called or serves: the port knows tickets, not desks, so the day's log tells. */
async function atHand(queue: Queue, branch: string, operator: string, now: string): Promise<Ticket | null> {
  const day = now.slice(0, 10)
  const called = (await queue.log(branch, day)).findLast(({ act, details }) => act === 'called' && details.operator === operator)
  const ticket = called === undefined ? null : await queue.ticket(`${branch}/${day}/${called.number}`)
  return ticket?.operator === operator && (ticket.state === 'called' || ticket.state === 'serving') ? ticket : null
}
