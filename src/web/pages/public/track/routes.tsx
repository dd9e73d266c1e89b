import { type Context, Hono } from 'hono'
import { toCaseEvent } from '../../../../desk/events.ts'
import type { History } from '../../../../desk/reading.ts'
import { isForApplicant, trackerOf } from '../../../../desk/tracker/tracker.ts'
import { inventedOf } from '../../../../law/invented.ts'
import { type Door, formOf } from '../../../door/door.ts'
import { Refused } from '../../../door/errors.tsx'
import { isSecure } from '../../../door/recognise.ts'
import { paths, trackPath } from '../../../paths.ts'
import { addressOf } from '../address.ts'
import { frameIn, nowIn, type Public } from '../local.tsx'
import { DestroyedTrack } from './DestroyedTrack.tsx'
import { happenedTo } from './happened.ts'
import { createPatience, type Patience } from './patience.ts'
import { readersOf } from './readers.ts'
import { forgetReceipt, keepReceipt, keptReceipt, type Receipt, readNumber, readReceipt, slipOf } from './receipt.ts'
import { TrackForm, type Wrong } from './TrackForm.tsx'
import { TrackPage } from './TrackPage.tsx'

/**
 * The receipt's code leads to `/t/<number>/<secret>`: any phone can follow it, with or without script. That address answers with a cookie and sends on
 * to one that says only the number; the door logs patterns of routes, and no page of ours sends a referrer.
 */
export function trackRoutes(parts: Public, patience: Patience = createPatience({ now: parts.house.machine })): Hono<Door> {
  const { house, frameOf } = parts
  const secure = isSecure(house)
  const routes = new Hono<Door>()
  for (const path of ['/t/*', '/track', '/track/*']) routes.use(path, privately)

  const ask = (c: Context, wrong: Wrong | undefined, number = '', status: 200 | 400 | 404 | 429 = 200) =>
    c.html(<TrackForm frame={frameOf(c)} number={number} {...(wrong ? { wrong } : {})} />, status)
  const opens = (c: Context, { number, secret }: Receipt) => patience.try(addressOf(c), () => house.reading.opens(number, secret))
  const enter = async (c: Context, receipt: Receipt, kept: boolean) => {
    const found = await opens(c, receipt)
    if (found === 'busy') return ask(c, 'busy', receipt.number, 429)
    if (found === null) return ask(c, 'notFound', receipt.number, 404)
    keepReceipt(c, { ...receipt, number: found }, kept, secure)
    return c.redirect(trackPath(found), 303)
  }

  routes.get(paths.track, (c) => ask(c, undefined, readNumber(c.req.query('number') ?? '')))

  routes.post(paths.track, async (c) => {
    const typed = await formOf(c)
    const receipt = readReceipt(typed.get('number') ?? '', typed.get('secret') ?? '')
    const slip = slipOf(receipt)
    return slip === undefined ? enter(c, receipt, typed.get('keep') === 'yes') : ask(c, slip, receipt.number, 400)
  })

  routes.get('/t/:number/:secret', (c) => enter(c, readReceipt(c.req.param('number'), c.req.param('secret')), false))

  /** The case that the cookie opens; null where there is none, or it opens nothing any more. */
  const look = async (c: Context, purpose: 'track' | 'paper') => {
    const receipt = keptReceipt(c, readNumber(c.req.param('number') ?? ''))
    if (receipt === null) return null
    const found = await patience.try(addressOf(c), () => house.reading.track(receipt.number, receipt.secret, purpose))
    if (found !== null && found !== 'busy') keepReceipt(c, receipt, receipt.kept, secure)
    return found
  }

  routes.get('/track/:number', async (c) => {
    const found = await look(c, 'track')
    if (found === 'busy') return ask(c, 'busy', readNumber(c.req.param('number')), 429)
    if (found === null) return ask(c, undefined, readNumber(c.req.param('number')))
    return c.html(await (found.file.state.destroyed === null ? trackPage : destroyedPage)(parts, c, found))
  })

  routes.post('/track/:number/close', (c) => {
    forgetReceipt(c, readNumber(c.req.param('number')))
    return c.redirect(paths.track, 303)
  })

  routes.get('/track/:number/papers/:paper', async (c) => {
    const found = await look(c, 'paper')
    if (found === 'busy') return ask(c, 'busy', readNumber(c.req.param('number')), 429)
    if (found !== null && found.file.state.destroyed !== null) return c.html(await destroyedPage(parts, c, found), 410)
    const issued = found?.file.state.papers.find((p) => p.id === c.req.param('paper'))
    if (!found || issued === undefined || !isForApplicant(found.file.state, issued)) throw new Refused('notFound')
    const printed = await house.papers.print(found, issued.id)
    if (printed === null) throw new Refused('notFound')
    c.header('content-type', 'application/pdf')
    c.header('content-disposition', `inline; filename="${printed.fileName}"`)
    return c.body(Buffer.from(printed.pdf))
  })
  return routes
}

async function trackPage(parts: Public, c: Context, found: History) {
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
    notices: await house.notices.ofCase(file.home, file.number),
    hasContact: file.state.applicant.phone !== undefined || file.state.applicant.email !== undefined,
    readers: readersOf(await house.reading.readers(file.number), { staff: staffById, organisation }),
    now,
  }
  return <TrackPage frame={frameIn(parts, parts.frameOf(c), regulation.region)} view={view} />
}

async function destroyedPage(parts: Public, c: Context, { file }: History) {
  const { house } = parts
  const { staffById, organisation } = house.people
  const { destroyed } = file.state
  if (destroyed === null) throw new Refused('notFound')
  const readers = readersOf(await house.reading.readers(file.number), { staff: staffById, organisation })
  const frame = frameIn(parts, parts.frameOf(c), file.bound.law.regulation.region)
  return <DestroyedTrack frame={frame} number={file.number} destroyed={destroyed} readers={readers} />
}

const privately = async (c: Context, next: () => Promise<void>) => {
  await next()
  c.header('cache-control', 'private, no-store')
  c.header('referrer-policy', 'no-referrer')
  c.header('x-robots-tag', 'noindex, nofollow')
}
