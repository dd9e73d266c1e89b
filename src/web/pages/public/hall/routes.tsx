import { Hono } from 'hono'
import type { LocalText } from '../../../../language/translator.ts'
import type { Organisation } from '../../../../people/model.ts'
import { type PriorityReason, priorityReasons } from '../../../../queue/queue.ts'
import { type Door, formOf } from '../../../door/door.ts'
import { Refused } from '../../../door/errors.tsx'
import { shelfOn } from '../law/edition.ts'
import { frameIn, nowIn, type Public } from '../local.tsx'
import { BoardPage } from './BoardPage.tsx'
import { BranchesPage, KioskPage } from './KioskPage.tsx'
import { TicketPage } from './TicketPage.tsx'

/** What one may come for: the services of the region, and an answer that is ready. */
export function servicesAt(
  { house }: Public,
  branch: Organisation,
  day: string,
): { readonly id: string; readonly title: LocalText | null }[] {
  const laws = shelfOn(house.statutes.library, day).filter(
    ({ regulation }) =>
      regulation.region === branch.region && Object.values(regulation.channels).some(({ receiver }) => receiver === 'corporation'),
  )
  return [...laws.map(({ regulation }) => ({ id: regulation.service, title: regulation.title })), { id: 'answer', title: null }]
}

export function hallRoutes(parts: Public): Hono<Door> {
  const { house, frameOf } = parts
  const routes = new Hono<Door>()

  const branchOf = (id: string): Organisation => {
    const branch = house.people.organisation(id)
    if (branch?.at !== 'corporation') throw new Refused('notFound')
    return branch
  }

  routes.get('/hall', (c) => {
    const branches = house.people.organisations().filter(({ at }) => at === 'corporation')
    return c.html(<BranchesPage frame={frameOf(c)} branches={branches} />)
  })

  routes.get('/hall/:branch', (c) => {
    const branch = branchOf(c.req.param('branch'))
    const frame = frameIn(parts, frameOf(c), branch.region)
    return c.html(
      <KioskPage frame={frame} branch={branch} services={servicesAt(parts, branch, nowIn(parts, branch.region).slice(0, 10))} />,
    )
  })

  routes.post('/hall/:branch', async (c) => {
    const branch = branchOf(c.req.param('branch'))
    const at = nowIn(parts, branch.region)
    const services = servicesAt(parts, branch, at.slice(0, 10))
    const typed = await formOf(c)
    const service = services.find(({ id }) => id === typed.get('service'))
    const priority: PriorityReason | undefined = priorityReasons.find((reason) => reason === typed.get('priority'))
    const language = typed.get('language') === 'ru' ? 'ru' : 'kk'
    const frame = frameIn(parts, frameOf(c), branch.region)
    if (service === undefined) return c.html(<KioskPage frame={frame} branch={branch} services={services} wrong="service" />, 400)
    const answer = await house.queue.takeTicket({ at, branch: branch.id, service: service.id, language, ...(priority ? { priority } : {}) })
    if (!answer.ok) return c.html(<KioskPage frame={frame} branch={branch} services={services} wrong={answer.code} />, 409)
    return c.redirect(`/hall/${branch.id}/tickets/${answer.ticket.day}/${encodeURIComponent(answer.ticket.number)}`, 303)
  })

  routes.get('/hall/:branch/tickets/:day/:number', async (c) => {
    const { branch: id, day, number } = c.req.param()
    const branch = branchOf(id)
    const ticket = await house.queue.ticket(`${branch.id}/${day}/${number}`)
    if (ticket === null) throw new Refused('notFound')
    const now = nowIn(parts, branch.region)
    const waiting = await house.queue.waiting(branch.id, now)
    const ahead = ticket.state === 'waiting' ? waiting.findIndex((one) => one.id === ticket.id) : -1
    const service = servicesAt(parts, branch, day).find((one) => one.id === ticket.service)
    const frame = frameIn(parts, frameOf(c), branch.region)
    return c.html(<TicketPage frame={frame} branch={branch} ticket={ticket} service={service?.title ?? null} ahead={ahead} />)
  })

  routes.get('/hall/:branch/board', async (c) => {
    const branch = branchOf(c.req.param('branch'))
    const board = await house.queue.board(branch.id, nowIn(parts, branch.region))
    return c.html(<BoardPage frame={frameIn(parts, frameOf(c), branch.region)} branch={branch} board={board} />)
  })
  return routes
}
