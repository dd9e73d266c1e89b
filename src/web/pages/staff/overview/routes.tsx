import { Hono } from 'hono'
import { z } from 'zod'
import { momentIn } from '../../../../desk/clock.ts'
import type { Who } from '../../../../desk/who.ts'
import type { TermPosition, WatchedTerm } from '../../../../ledger/ledger.ts'
import { type Door, type DoorContext, signedIn } from '../../../door/door.ts'
import { type FrameOf, Refused } from '../../../door/errors.tsx'
import type { House } from '../../../house.ts'
import { localPath, paths, termsPath } from '../../../paths.ts'
import { csvStream, type Sheet, xlsx } from '../../../sheets/sheet.ts'
import { namingFor } from '../../../wording/naming.ts'
import { packSent } from '../parts/packSent.ts'
import { normsSheet, nowSheet, termsSheet } from './files.ts'
import { NormsPage } from './NormsPage.tsx'
import { OverviewPage } from './OverviewPage.tsx'
import { ProofPage } from './ProofPage.tsx'
import { sampleOf } from './sample.ts'
import { TermsPage } from './TermsPage.tsx'
import { queryOf, spanOf, wordingOf } from './view.ts'

const longestList = 50

/** Supervision of a region, for its supervisors alone. Numbers are nobody's data; lists and files of cases leave their row in the journal. */
export function overviewRoutes(house: House, frameOf: FrameOf) {
  const routes = new Hono<Door>()
  const here = (c: DoorContext) => {
    const { who, speech } = signedIn(c)
    if (who.actor.role !== 'supervisor') throw new Refused('forbidden')
    const today = momentIn(house.statutes.zoneOf(who.region), house.clock.now()).slice(0, 10)
    return { who, today, wording: wordingOf(house, speech) }
  }
  const kept = (c: DoorContext, who: Who, today: string) => {
    const span = spanOf(c.req.query('from'), c.req.query('until'), today)
    return house.supervision.kept(who, span.from, span.until).then((found) => ({ span, found }))
  }

  routes.get(paths.overview, async (c) => {
    const { who, today, wording } = here(c)
    const board = await house.supervision.now(who)
    const desks = await house.ledger.work.counts(placesOf(house, who), board.at)
    const outages = await house.exchanges.outages(`${today.slice(0, 8)}01`, today, who)
    return c.html(
      <OverviewPage frame={frameOf(c)} board={board} desks={desks} outages={outages} apart={house.nodesApart()} wording={wording} />,
    )
  })

  routes.get('/overview/norms', async (c) => {
    const { who, today, wording } = here(c)
    const { span, found } = await kept(c, who, today)
    return c.html(<NormsPage frame={frameOf(c)} kept={found} span={span} wording={wording} />)
  })

  routes.get('/overview/cases', async (c) => {
    const { who, today, wording } = here(c)
    const query = queryOf(c.req.query(), today)
    const after = positionOf(c.req.query('after'))
    const rows = await house.supervision.terms(who, query, 'work', longestList + 1, after)
    const page = rows.slice(0, longestList)
    const last = page.at(-1)
    const next = rows.length > longestList && last !== undefined ? termsPath({ ...query, after: encode(last) }) : null
    const address = termsPath({ ...query, ...(after === undefined ? {} : { after: c.req.query('after') ?? '' }) })
    const props = { query, rows: page, next, isFirst: after === undefined, here: address, wording }
    return c.html(<TermsPage frame={frameOf(c)} {...props} />)
  })

  routes.get('/overview/sample.asice', async (c) => {
    const { who, today } = here(c)
    const pack = await sampleOf(house, who, queryOf(c.req.query(), today), { size: c.req.query('size'), seed: c.req.query('seed') })
    if (pack === null) throw new Refused('notFound')
    return packSent(c, pack)
  })

  routes.get('/overview/:file{(now|norms|cases)\\.(csv|xlsx)}', async (c) => {
    const { who, today, wording } = here(c)
    const [table, ending] = c.req.param('file').split('.')
    const sheet =
      table === 'now'
        ? nowSheet(await house.supervision.now(who), wording)
        : table === 'norms'
          ? normsSheet((await kept(c, who, today)).found, wording)
          : termsSheet(house, who, queryOf(c.req.query(), today), wording)
    return sent(c, sheet, ending === 'csv' ? 'csv' : 'xlsx')
  })

  routes.get('/cases/:number/terms/:due', async (c) => {
    const { who, speech } = signedIn(c)
    const history = await house.reading.case(c.req.param('number'), who, 'case')
    const due = history?.file.state.dues.find(({ id }) => id === c.req.param('due'))
    if (history === null || due === undefined) throw new Refused('notFound')
    const { region } = history.file.bound.law.regulation
    const now = momentIn(house.statutes.zoneOf(region), house.clock.now())
    const naming = namingFor(house.people, speech)
    const asked = localPath(c.req.query('back'))
    const back = asked?.startsWith(paths.overview) ? asked : null
    const props = { history, due, naming, world: house.statutes.world, now, back }
    return c.html(<ProofPage frame={frameOf(c)} {...props} />)
  })
  return routes
}

const types = { csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }

async function sent(c: DoorContext, sheet: Sheet, ending: 'csv' | 'xlsx'): Promise<Response> {
  const { t, language } = c.get('speech')
  const headers = {
    'content-type': types[ending],
    'content-disposition': `attachment; filename="qyzmet.${ending}"; filename*=UTF-8''${encodeURIComponent(`${sheet.name}.${ending}`)}`,
    'cache-control': 'private, no-store',
  }
  if (ending === 'csv') return c.body(csvStream(sheet, language === 'en' ? ',' : ';'), 200, headers)
  return c.body(new Uint8Array(await xlsx(sheet, t('watch.moreInCsv'))), 200, headers)
}

const position = z.tuple([z.string(), z.string().nullable(), z.string(), z.string()])

/** Where a page begins: the last row of the one before, in the address. */
const encode = ({ dueAt, endedAt, case: number, key }: WatchedTerm): string =>
  Buffer.from(JSON.stringify([dueAt, endedAt, number, key])).toString('base64url')

function positionOf(given: string | undefined): TermPosition | undefined {
  if (given === undefined) return undefined
  try {
    const [dueAt, endedAt, number, key] = position.parse(JSON.parse(Buffer.from(given, 'base64url').toString('utf8')))
    return Number.isNaN(Date.parse(endedAt ?? dueAt)) ? undefined : { dueAt, endedAt, case: number, key }
  } catch {
    return undefined // an address that somebody shortened shows the first page
  }
}

/** Every desk that a regulation of the region knows, whether or not the regulation is still in force: open cases outlive it. */
function placesOf(house: House, who: Who) {
  const laws = house.statutes.library.regulations.filter((law) => law.regulation.region === who.region)
  const places = house.people.organisationsOf(who.region).flatMap((organisation) =>
    laws.flatMap((law) =>
      Object.entries(law.regulation.roles)
        .filter(([, role]) => role.at === organisation.at)
        .map(([role, { unit }]) => ({ home: organisation.home, organisation: organisation.id, role, unit })),
    ),
  )
  return [...new Map(places.map((place) => [`${place.organisation}/${place.role}/${place.unit}`, place])).values()]
}
