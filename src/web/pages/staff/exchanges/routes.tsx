import { Hono } from 'hono'
import { momentIn } from '../../../../desk/clock.ts'
import type { ExchangeQuestion } from '../../../../desk/exchangeBook.ts'
import { type ExchangeRights, exchangeRights } from '../../../../desk/exchangeScope.ts'
import { reggService } from '../../../../desk/talks/send.ts'
import type { Who } from '../../../../desk/who.ts'
import type { ExchangeRow } from '../../../../gateway/journal/journal.ts'
import { registerService } from '../../../../gateway/register/register.ts'
import { pickText } from '../../../../language/translator.ts'
import { actorOf } from '../../../../people/sessions.ts'
import { type Door, type DoorContext, signedIn } from '../../../door/door.ts'
import { type FrameOf, Refused } from '../../../door/errors.tsx'
import { FormReader, shownDay } from '../../../forms/fields.ts'
import { formView } from '../../../forms/view.ts'
import type { House } from '../../../house.ts'
import { paths } from '../../../paths.ts'
import { ExchangePage } from './ExchangePage.tsx'
import { ExchangesPage } from './ExchangesPage.tsx'

const onPage = 50

/** The journal of exchanges: for administrators of their organisations' cases, for supervisors of the region's; one exchange also for whoever may see its case. */
export function exchangeRoutes(house: House, frameOf: FrameOf) {
  const routes = new Hono<Door>()
  routes.get(paths.exchanges, (c) => list(house, frameOf, c))
  routes.get('/exchanges/:home/:id', async (c) => {
    const { who, one } = askedBy(house, c)
    const { home, id } = placeOf(c)
    const opened = await house.exchanges.open(home, id, who, one)
    if (opened === null) throw new Refused('notFound')
    const mayOpenCase = opened.row.case !== '' && (await house.reading.maySee(opened.row.case, who))
    return c.html(<ExchangePage frame={frameOf(c)} opened={opened} mayOpenCase={mayOpenCase} />)
  })
  routes.get('/exchanges/:home/:id/container.zip', async (c) => {
    const { who, one } = askedBy(house, c)
    const { home, id } = placeOf(c)
    const bytes = await house.exchanges.container(home, id, who, one)
    if (bytes === null) throw new Refused('notFound')
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="exchange-${id}.zip"`,
      'cache-control': 'private, no-store',
    })
  })
  return routes
}

function placeOf(c: DoorContext): { home: number; id: string } {
  const [home, id] = [c.req.param('home') ?? '', c.req.param('id') ?? '']
  if (!/^\d{1,9}$/.test(home) || !/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(id)) throw new Refused('notFound')
  return { home: Number(home), id }
}

interface Asked extends ExchangeRights {
  readonly who: Who
  readonly regions: ReadonlyMap<string, string>
}

function askedBy(house: House, c: DoorContext): Asked {
  const { who, session, speech } = signedIn(c)
  const rights = exchangeRights(actorOf(session), who.region, house.people)
  if (!rights.anyRegion) return { ...rights, who, regions: new Map() }
  const all = Object.entries(house.statutes.world.regions.regions)
  const regions = new Map(all.map(([id, region]) => [id, pickText(region.name, speech.language).text]))
  const region = c.req.query('region')
  return { ...rights, who: region !== undefined && regions.has(region) ? { ...who, region } : who, regions }
}

async function list(house: House, frameOf: FrameOf, c: DoorContext) {
  const { who, list: scope, regions, administers } = askedBy(house, c)
  if (scope === null) throw new Refused('forbidden')
  const typed = new URLSearchParams(new URL(c.req.url).search)
  const reader = new FormReader(typed)
  const question = questionOf(house, c, who, reader)
  const isWrong = reader.problems.length > 0
  const found = isWrong ? [] : await house.exchanges.list(question, who, scope)
  const rows = found.slice(0, onPage)
  const shown = new URLSearchParams(typed)
  if ((shown.get('from') ?? '') === '') shown.set('from', shownDay(question.from))
  if ((shown.get('until') ?? '') === '') shown.set('until', shownDay(question.until))
  if (!shown.has('region')) shown.set('region', who.region)
  const page = (
    <ExchangesPage
      frame={frameOf(c)}
      form={formView(c.get('speech'), shown, reader.problems)}
      rows={rows}
      services={servicesOf(house)}
      regions={regions}
      administers={administers}
      {...(question.after ? { first: addressOf(c) } : {})}
      {...(found.length > onPage ? { next: addressOf(c, rows.at(-1)) } : {})}
    />
  )
  return c.html(page, isWrong ? 422 : 200)
}

const servicesOf = (house: House): string[] => [
  ...new Set([registerService, ...house.statutes.library.regulations.map(({ regulation }) => reggService(regulation))]),
]

function questionOf(house: House, c: DoorContext, who: Who, reader: FormReader): ExchangeQuestion {
  const today = momentIn(house.statutes.zoneOf(who.region), house.clock.now()).slice(0, 10)
  const from = reader.day('from', 'admin.field.from', false) ?? today
  const until = reader.day('until', 'admin.field.until', false) ?? [from, today].sort()[1] ?? today
  if (until < from) reader.problem('until', 'wrong', { label: 'admin.field.until' })
  const oneOf = <Value extends string>(name: string, values: readonly Value[]) => values.find((value) => value === reader.text(name))
  const number = reader.text('number')
  const service = oneOf('service', servicesOf(house))
  const direction = oneOf('direction', ['out', 'in'])
  const outcome = oneOf('outcome', ['open', 'failed', 'answered'])
  const after = cursorOf(c.req.query('after'))
  return {
    from,
    until,
    limit: onPage + 1,
    ...(number === '' ? {} : { case: number }),
    ...(service === undefined ? {} : { service }),
    ...(direction === undefined ? {} : { direction }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(after === undefined ? {} : { after }),
  }
}

function cursorOf(text: string | undefined): ExchangeQuestion['after'] | undefined {
  const [sentAt = '', id = ''] = (text ?? '').split(' ')
  const isCursor = !Number.isNaN(Date.parse(sentAt)) && /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(id)
  return isCursor ? { sentAt, id } : undefined
}

const addressOf = (c: DoorContext, after?: ExchangeRow): string => {
  const query = new URLSearchParams(new URL(c.req.url).search)
  query.delete('lang')
  query.delete('after')
  if (after !== undefined) query.set('after', `${after.sentAt} ${after.id}`)
  return `${paths.exchanges}?${query}`
}
