import { Hono } from 'hono'
import { momentIn } from '../../../../desk/clock.ts'
import { countIn, filterQuery, isEverything, readFilter, stepsIn, type WorkFilter } from '../../../../desk/lists/workFilter.ts'
import { workPosition } from '../../../../desk/workPosition.ts'
import { pickText } from '../../../../language/translator.ts'
import { onlyCarries } from '../../../../law/several.ts'
import type { LaneCount, WorkItem, WorkPosition } from '../../../../ledger/ledger.ts'
import { longestName, mostFilters } from '../../../../people/workFilters.ts'
import { type Door, type DoorContext, formOf, type Signed, signedIn } from '../../../door/door.ts'
import { type FrameOf, Refused } from '../../../door/errors.tsx'
import { hasDesk } from '../../../door/frame.ts'
import type { House } from '../../../house.ts'
import { type Path, paths, workPath } from '../../../paths.ts'
import { waitingByGrant } from '../../../waiting.ts'
import { openingsFor } from '../new-case/openings.ts'
import { leftOf } from './left.ts'
import { noticeOf } from './onward.tsx'
import { tabsOf } from './tabs.ts'
import { WorkPage } from './WorkPage.tsx'

const pageSize = 50

export function workRoutes(house: House, frameOf: FrameOf) {
  return new Hono<Door>()
    .get(paths.work, async (c) => {
      const { role } = signedIn(c).who.actor
      if (role === 'supervisor') return c.redirect(paths.overview, 303)
      if (!hasDesk(role)) return c.redirect(paths.staff, 303)
      return showList(
        house,
        frameOf,
        c,
        readFilter((name) => c.req.query(name)),
      )
    })
    .post(paths.workFilters, (c) => keepFilter(house, frameOf, c))
    .get(paths.workFresh, (c) => fresh(house, c))
}

interface Typed {
  readonly name: string
  readonly error: string
}

async function showList(house: House, frameOf: FrameOf, c: DoorContext, filter: WorkFilter, typed?: Typed): Promise<Response> {
  const signed = signedIn(c)
  const { who, speech, session } = signed
  const role = who.actor.role ?? ''
  const after = positionOf(c)
  const { library } = house.statutes
  const others = c.get('grants').filter(({ id }) => id !== session.grant.id)
  const [items, lanes, kept, newSince, waiting, notice] = await Promise.all([
    house.reading.work(who, pageSize + 1, after, filter),
    house.reading.lanes(who),
    house.filters.of(who.actor.id, role),
    house.filters.look(who.actor.id, role, house.clock.now()),
    waitingByGrant(house, session, others),
    noticeOf(house, signed, c.req.query('told')),
  ])
  const page = items.slice(0, pageSize)
  const next = items.length > pageSize ? encode(page.at(-1)) : undefined
  const query = filterQuery(filter)
  return c.html(
    <WorkPage
      frame={frameOf(c)}
      items={page}
      leftOf={(item) => leftOf(house, item, speech)}
      filter={filter}
      tabs={tabsOf({ lanes, kept, filter, library, role }, speech)}
      form={formShown(house, signed, lanes, filter, typed)}
      count={{ items: countIn(lanes, {}, undefined), overdue: countIn(lanes, { due: 'late' }, undefined) }}
      shown={countIn(lanes, filter, stepsIn(filter, library, role))}
      elsewhere={[...waiting.values()].reduce((sum, one) => sum + one.items, 0)}
      next={next === undefined ? undefined : pageAfter(query, next)}
      isFirst={after === undefined}
      library={library}
      mayOpen={openingsFor(house, who).length > 0}
      carries={carries(house, role)}
      newSince={newSince}
      year={momentIn(speech.zone, house.clock.now()).slice(0, 4)}
      all={c.req.query('all') === '1'}
      notice={notice}
    />,
    typed ? 422 : 200,
  )
}

const pageAfter = (query: string, next: string): Path => workPath([query, `after=${encodeURIComponent(next)}`].filter(Boolean).join('&'))

/** A role whose every step in every regulation only carries things: couriers, sections that pass on. */
export function carries(house: House, role: string): boolean {
  const steps = house.statutes.library.regulations.flatMap(({ regulation }) => regulation.steps.filter(({ actor }) => actor === role))
  return steps.length > 0 && steps.every(onlyCarries)
}

/** Steps that lie in the list now and channels of those steps: nothing is offered that would show an empty list. */
function formShown(house: House, { speech }: Signed, lanes: readonly LaneCount[], filter: WorkFilter, typed: Typed | undefined) {
  const ids = [...new Set([...lanes.map(({ step }) => step), ...(filter.step ? [filter.step] : [])])]
  const laws = house.statutes.library.regulations.map(({ regulation }) => regulation)
  const words = (text: Parameters<typeof pickText>[0] | undefined) =>
    text === undefined ? undefined : pickText(text, speech.language).text
  const steps = ids.map((value) => ({ value, step: laws.flatMap((law) => law.steps).find(({ id }) => id === value) }))
  const channels = [...new Set([...steps.flatMap(({ step }) => (step ? [step.channel] : [])), ...(filter.channel ? [filter.channel] : [])])]
  return {
    steps: steps
      .map(({ value, step }) => ({ value, text: words(step?.title) ?? value }))
      .toSorted((a, b) => speech.compare(a.text, b.text)),
    channels: channels.map((value) => ({
      value,
      text: words(laws.find((law) => value in law.channels)?.channels[value]?.title) ?? value,
    })),
    shows: {
      whose: lanes.some(({ mine }) => mine) || filter.whose !== undefined,
      awaiting: lanes.some(({ awaiting }) => awaiting) || filter.awaiting !== undefined,
    },
    ...(typed ? { error: typed.error, typed: typed.name } : {}),
  }
}

async function keepFilter(house: House, frameOf: FrameOf, c: DoorContext): Promise<Response> {
  const { who, speech } = signedIn(c)
  const { t } = speech
  const [person, role] = [who.actor.id, who.actor.role ?? '']
  if (!hasDesk(role)) throw new Refused('forbidden')
  const form = await formOf(c)
  const given = new URLSearchParams(form.get('filter') ?? '')
  const filter = readFilter((name) => given.get(name))
  const drop = form.get('drop') ?? ''
  if (/^[\da-f-]{36}$/.test(drop)) {
    await house.filters.drop(person, role, drop)
    return c.redirect(paths.work, 303)
  }
  const name = (form.get('name') ?? '').normalize('NFC').trim().replaceAll(/\s+/g, ' ')
  const wrong = (error: string) => showList(house, frameOf, c, filter, { name, error })
  if (isEverything(filter)) return wrong(t('lists.filter.nothingKept'))
  if (name === '') return wrong(t('lists.filter.nameEmpty'))
  if ([...name].length > longestName) return wrong(t('lists.filter.nameLong', { most: longestName }))
  const kept = await house.filters.keep(person, role, name, { ...filter })
  return kept ? c.redirect(workPath(filterQuery(filter)), 303) : wrong(t('lists.filter.tooMany', { most: mostFilters }))
}

const longestQuestion = 60

/**
 * What an open list asks when it was told that something moved, and each minute: which of the cases it shows are still in it, how much time each
 * has, how many there are. The numbers come from the page that asks and no name goes back, so there is nothing to enter into the journal.
 */
async function fresh(house: House, c: DoorContext): Promise<Response> {
  const { who, speech } = signedIn(c)
  const { t } = speech
  const role = who.actor.role ?? ''
  if (!hasDesk(role)) throw new Refused('forbidden')
  const filter = readFilter((name) => c.req.query(name))
  const rows = (c.req.queries('row') ?? []).slice(0, longestQuestion)
  const [still, lanes, kept] = await Promise.all([
    house.reading.still(who, rows),
    house.reading.lanes(who),
    house.filters.of(who.actor.id, role),
  ])
  const { library } = house.statutes
  const count = { items: countIn(lanes, {}, undefined), overdue: countIn(lanes, { due: 'late' }, undefined) }
  const shown = countIn(lanes, filter, stepsIn(filter, library, role))
  const left = Object.fromEntries(still.map((item) => [`${item.case}~${item.step}`, leftOf(house, item, speech)]))
  const gone = rows.filter((row) => !(row in left)).length
  const came = Math.max(0, shown - (Number(c.req.query('count') ?? shown) - gone))
  return c.json({
    left,
    count: [
      count.items === 0 ? t('pages.work.empty') : t('pages.work.count', { count: count.items }),
      ...(count.overdue > 0 ? [t('pages.work.overdue', { count: count.overdue })] : []),
    ].join(' '),
    tabs: Object.fromEntries(
      tabsOf({ lanes, kept, filter, library, role }, speech).map(({ href, count: number }) => [href, speech.number(number)]),
    ),
    says: [...(gone > 0 ? [t('lists.gone_', { count: gone })] : []), ...(came > 0 ? [t('lists.came', { count: came })] : [])].join(' '),
  })
}

/** Where a page begins: the last item of the one before, in the address. */
const encode = (item: WorkItem | undefined): string | undefined => {
  if (item === undefined) return undefined
  const { dueAt, home, case: number, key } = item
  return Buffer.from(JSON.stringify([dueAt, home, number, key])).toString('base64url')
}

function positionOf(c: DoorContext): WorkPosition | undefined {
  const given = c.req.query('after')
  if (given === undefined) return undefined
  try {
    return workPosition(JSON.parse(Buffer.from(given, 'base64url').toString('utf8')))
  } catch {
    return undefined // an address that somebody shortened shows the first page
  }
}
