import { getConnInfo } from '@hono/node-server/conninfo'
import { type Context, Hono } from 'hono'
import { toCaseEvent } from '../../../../desk/events.ts'
import type { History } from '../../../../desk/reading.ts'
import { inventedOf } from '../../../../law/invented.ts'
import { type Door, formOf } from '../../../door/door.ts'
import { Refused } from '../../../door/errors.tsx'
import { frameIn, nowIn, type Public } from '../local.tsx'
import { happenedTo } from './happened.ts'
import { createPatience, type Patience } from './patience.ts'
import { readersOf } from './readers.ts'
import { TrackForm } from './TrackForm.tsx'
import { TrackPage } from './TrackPage.tsx'
import { isForApplicant, trackerOf } from './tracker.ts'

/** Digits of a number as typed, with or without dashes: `750-191014-48213-7`. */
export function readNumber(typed: string): string {
  const digits = typed.replaceAll(/\D/g, '')
  const found = /^(\d{3,})(\d{6})(\d{5})(\d)$/.exec(digits)
  return found === null ? typed.trim() : found.slice(1).join('-')
}

/** The door logs patterns of routes only, so the secret in the address reaches no log; and no page of ours sends a referrer. */
export function trackRoutes(parts: Public, patience: Patience = createPatience({ now: parts.house.machine })): Hono<Door> {
  const { house, frameOf } = parts
  const routes = new Hono<Door>()
  routes.use('/t/*', privately)
  routes.use('/track', privately)
  const look = (c: Context, number: string, secret: string) =>
    patience.try(addressOf(c), () => house.reading.track(readNumber(number), secret))

  routes.get('/track', (c) => c.html(<TrackForm frame={frameOf(c)} />))

  routes.post('/track', async (c) => {
    const typed = await formOf(c)
    const number = typed.get('number') ?? ''
    const secret = typed.get('secret') ?? ''
    const found = await look(c, number, secret)
    if (found === 'busy') return c.html(<TrackForm frame={frameOf(c)} number={number} wrong="busy" />, 429)
    if (found === null) return c.html(<TrackForm frame={frameOf(c)} number={number} wrong="notFound" />, 404)
    return c.redirect(`/t/${found.file.number}/${encodeURIComponent(secret.replaceAll(/[\s-]/g, ''))}`, 303)
  })

  routes.get('/t/:number/:secret', async (c) => {
    const { number, secret } = c.req.param()
    const found = await look(c, number, secret)
    if (found === 'busy') return c.html(<TrackForm frame={frameOf(c)} wrong="busy" />, 429)
    if (found === null) return c.html(<TrackForm frame={frameOf(c)} wrong="notFound" />, 404)
    return c.html(await trackPage(parts, c, found, `/t/${encodeURIComponent(number)}/${encodeURIComponent(secret)}`))
  })

  routes.get('/t/:number/:secret/papers/:paper', async (c) => {
    const { number, secret, paper } = c.req.param()
    const found = await look(c, number, secret)
    if (found === 'busy') return c.html(<TrackForm frame={frameOf(c)} wrong="busy" />, 429)
    const issued = found?.file.state.papers.find((p) => p.id === paper)
    if (!found || issued === undefined || !isForApplicant(found.file.state, issued)) throw new Refused('notFound')
    const printed = await house.papers.print(found, paper)
    if (printed === null) throw new Refused('notFound')
    c.header('content-type', 'application/pdf')
    c.header('content-disposition', `inline; filename="${printed.fileName}"`)
    return c.body(Buffer.from(printed.pdf))
  })
  return routes
}

async function trackPage(parts: Public, c: Context, found: History, base: string) {
  const { house } = parts
  const { file, events } = found
  const { regulation } = file.bound.law
  const invented = inventedOf(file.bound.law)
  const { staffById, organisation } = house.people
  const now = nowIn(parts, regulation.region)
  const view = {
    tracker: trackerOf(file, now, { world: house.statutes.world, organisation }),
    service: regulation.title,
    general: file.bound.court.general,
    regulation: { id: regulation.id, edition: regulation.edition, ...(invented ? { invented } : {}) },
    happened: happenedTo(events.map(toCaseEvent), file.bound.court, file.state, (actor) => ({
      organisation: organisation(actor.organisation ?? '')?.name ?? null,
      role: regulation.roles[actor.role ?? '']?.title ?? null,
    })),
    readers: readersOf(await house.reading.readers(file.number), { staff: staffById, organisation }),
    base,
  }
  return <TrackPage frame={frameIn(parts, parts.frameOf(c), regulation.region)} view={view} />
}

const privately = async (c: Context, next: () => Promise<void>) => {
  await next()
  c.header('cache-control', 'private, no-store')
  c.header('referrer-policy', 'no-referrer')
  c.header('x-robots-tag', 'noindex, nofollow')
}

/** Behind a proxy all strangers may share one address: then they share the patience too. */
function addressOf(c: Context): string {
  try {
    return getConnInfo(c).remote.address ?? ''
  } catch {
    return '' // a request that came over no socket, as tests make them
  }
}
