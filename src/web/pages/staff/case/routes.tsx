import { type Context, Hono } from 'hono'
import { momentIn } from '../../../../desk/clock.ts'
import { toCaseEvent } from '../../../../desk/events.ts'
import { sinceLastLook } from '../../../../desk/lastLook.ts'
import type { History } from '../../../../desk/reading.ts'
import { awayAt } from '../../../../desk/talks/side.ts'
import type { Who } from '../../../../desk/who.ts'
import { replay } from '../../../../engine/case/evolve.ts'
import { referringRoles } from '../../../../law/roles.ts'
import { type Door, signedIn } from '../../../door/door.ts'
import { type FrameOf, Refused } from '../../../door/errors.tsx'
import type { House } from '../../../house.ts'
import { namingFor } from '../../../wording/naming.ts'
import { packSent } from '../parts/packSent.ts'
import { sinceOf } from '../parts/since.ts'
import { CasePage } from './CasePage.tsx'
import { DestroyedPage } from './DestroyedPage.tsx'

/** Who may look at who has read a case: those who answer for it. Its subject sees the same at the tracker. */
const seesReaders = ({ actor }: Who, { bound }: History['file']): boolean =>
  actor.role === 'supervisor' || referringRoles(bound.law.regulation).has(actor.role ?? '')

/** A version of the past, or null where none is asked for or it is no past. */
function versionOf(asked: string | undefined, last: number): number | null {
  const version = /^\d{1,6}$/.test(asked ?? '') ? Number(asked) : 0
  return version > 0 && version < last ? version : null
}

/** The case as its first events left it: the same fold that every state comes from. */
function asItWas({ file, events }: History, version: number): History {
  const then = events.slice(0, version)
  return { file: { ...file, version, state: replay(then.map(toCaseEvent)) ?? file.state }, events: then }
}

export function caseRoutes(house: House, frameOf: FrameOf) {
  const routes = new Hono<Door>()

  /** What stands where a case or a paper was; null of a case that has its data. */
  const destroyedPage = async (c: Context<Door>, history: History) => {
    const { who, speech } = signedIn(c)
    const { number, state } = history.file
    if (state.destroyed === null) return null
    const readers = seesReaders(who, history.file) ? await house.reading.readers(number) : null
    const naming = namingFor(house.people, speech)
    return (
      <DestroyedPage
        frame={frameOf(c)}
        history={history}
        naming={naming}
        viewer={who.actor}
        readers={readers}
        destroyed={state.destroyed}
      />
    )
  }

  routes.get('/cases/:number', async (c) => {
    const { who, speech } = signedIn(c)
    const looks = await house.reading.looks(c.req.param('number'), who)
    const present = await house.reading.case(c.req.param('number'), who, 'case')
    if (present === null) throw new Refused('notFound')
    const gone = await destroyedPage(c, present)
    if (gone) return c.html(gone)
    const { region } = present.file.bound.law.regulation
    const now = momentIn(house.statutes.zoneOf(region), house.clock.now())
    const asOf = versionOf(c.req.query('asOf'), present.file.version)
    const history = asOf === null ? present : asItWas(present, asOf)
    return c.html(
      <CasePage
        frame={frameOf(c)}
        history={history}
        naming={namingFor(house.people, speech)}
        viewer={who.actor}
        world={house.statutes.world}
        notices={await house.notices.ofCase(history.file.home, history.file.number)}
        exchanges={asOf === null ? await house.exchanges.ofCase(history.file.home, history.file.number) : []}
        now={asOf === null ? now : (history.events.at(-1)?.at ?? now)}
        asOf={asOf}
        away={awayAt(house, history.file)}
        look={asOf === null ? sinceLastLook(present.events, looks, who.actor.id, now) : null}
        since={asOf === null ? sinceOf(c) : null}
        scans={await house.scans.list(history.file.home, history.file.number)}
        readers={seesReaders(who, history.file) ? await house.reading.readers(history.file.number) : null}
      />,
    )
  })

  routes.get('/cases/:number/proof.json', async (c) => {
    const { who } = signedIn(c)
    const found = await house.reading.case(c.req.param('number'), who, 'export')
    const proof = found === null ? null : await house.ledger.seals.proof(found.file.home, found.file.number)
    if (proof === null) throw new Refused('notFound')
    return c.body(`${JSON.stringify(proof, null, 1)}\n`, 200, {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="proof-${c.req.param('number').replaceAll(/[^\d-]/g, '_')}.json"`,
      'cache-control': 'private, no-store',
    })
  })

  routes.get('/cases/:number/pack.asice', async (c) => {
    const { who } = signedIn(c)
    const pack = await house.packs.make([c.req.param('number')], who)
    if (pack === null || pack === 'tooMany') throw new Refused('notFound')
    return packSent(c, pack)
  })

  routes.get('/cases/:number/papers/:paper', async (c) => {
    const { who } = signedIn(c)
    const history = await house.reading.case(c.req.param('number'), who, 'paper')
    const gone = history && (await destroyedPage(c, history))
    if (gone) return c.html(gone, 410)
    const printed = history === null ? null : await house.papers.print(history, c.req.param('paper'))
    if (printed === null) throw new Refused('notFound')
    return c.body(new Uint8Array(printed.pdf), 200, {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${printed.fileName.replaceAll(/[^\w.-]/g, '_')}"`,
      'cache-control': 'private, no-store',
      etag: `"${printed.sha256}"`,
    })
  })
  return routes
}
