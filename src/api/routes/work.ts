import { z } from 'zod'
import { momentIn } from '../../desk/clock.ts'
import { maskIin, type Reading } from '../../desk/reading.ts'
import type { Who } from '../../desk/who.ts'
import { workPosition } from '../../desk/workPosition.ts'
import type { House } from '../../web/house.ts'
import { caseHref } from '../outcome.ts'
import { no } from '../problem.ts'
import { staffRoute } from '../route.ts'
import { found, work, workCount } from '../schemas/others.ts'

const workQuery = z.strictObject({
  cursor: z.string().max(500).optional().describe('opaque: of the answer before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export const workRoutes = [
  staffRoute({
    method: 'get',
    path: '/v1/work',
    id: 'listWork',
    summary: 'What waits at the reader’s place, the most urgent first; Link rel="next" where there is more',
    query: workQuery,
    answer: { status: 200, schema: work },
    problems: [],
    handle: async ({ house, who, query }) => {
      const after = query.cursor === undefined ? undefined : positionOf(query.cursor)
      if (after === null) return no('invalidInput', { errors: [{ pointer: 'cursor', code: 'wrongFormat' }] })
      const items = await house.reading.work(who, query.limit, after)
      const last = items.at(-1)
      const next = last !== undefined && items.length === query.limit ? cursorOf(last) : null
      const headers: Record<string, string> =
        next === null ? {} : { link: `</api/v1/work?cursor=${next}&limit=${query.limit}>; rel="next"` }
      return { body: { items: items.map((item) => itemOf(house, item, who)), next }, headers }
    },
  }),
  staffRoute({
    method: 'get',
    path: '/v1/work/count',
    id: 'countWork',
    summary: 'How much waits at the reader’s place, and how much of it is late',
    answer: { status: 200, schema: workCount },
    problems: [],
    handle: async ({ house, who }) => ({ body: await house.reading.count(who) }),
  }),
  staffRoute({
    method: 'get',
    path: '/v1/search',
    id: 'searchCases',
    summary:
      'Cases of the reader’s organisation (of the region for its supervisor) by number or its last digits, whole IIN, or the beginning of a name as it sounds',
    query: z.strictObject({ q: z.string().trim().min(1).max(100) }),
    answer: { status: 200, schema: found },
    problems: ['forbidden'],
    handle: async ({ house, who, query }) => {
      const scope = scopeOf(house, who)
      if (scope === null) return no('forbidden')
      const { rows } = await house.reading.search(query.q, who, scope)
      return { body: { cases: rows.map((row) => rowOf(house, row)) } }
    },
  }),
]

/** Whose cases a search may find; null: the role reads no cases. */
function scopeOf(house: House, { actor, region }: Who): string[] | null {
  if (actor.role === 'supervisor') return house.people.organisationsOf(region).map(({ id }) => id)
  const role = actor.role ?? ''
  const hasDesk = house.statutes.roles.has(role)
  return hasDesk && actor.organisation !== undefined ? [actor.organisation] : null
}

type WorkItem = Awaited<ReturnType<Reading['work']>>[number]
type WorkPosition = NonNullable<Parameters<Reading['work']>[2]>
type CaseRow = Awaited<ReturnType<Reading['search']>>['rows'][number]

const cursorOf = ({ dueAt, home, case: number, key }: WorkItem) =>
  Buffer.from(JSON.stringify([dueAt, home, number, key])).toString('base64url')

function positionOf(cursor: string): WorkPosition | null {
  try {
    return workPosition(JSON.parse(Buffer.from(cursor, 'base64url').toString())) ?? null
  } catch {
    return null // whatever it is, we did not make it
  }
}

const unit = z.object({ value: z.number(), unit: z.enum(['min', 'wd', 'cd']), clause: z.string() }).nullable()
const said = (value: unknown): string | null => (typeof value === 'string' ? value : null)

function itemOf(house: House, item: WorkItem, who: Who): z.infer<typeof work>['items'][number] {
  const { case: number, step, role, organisation, since, dueAt, doc } = item
  const zone = house.statutes.zoneOf(who.region)
  const at = (moment: string) => momentIn(zone, Date.parse(moment))
  const law = house.statutes.library.bySha256(said(doc.sha256) ?? '') ?? house.statutes.library.find(said(doc.regulation) ?? '')
  const found = law?.regulation.steps.find((s) => s.id === step)
  return {
    number,
    step,
    title: found?.title ?? null,
    clause: found?.clauses[0] ?? null,
    role,
    organisation,
    unit: item.unit,
    assignee: item.assignee,
    since: at(since),
    dueAt: dueAt === null ? null : at(dueAt),
    late: dueAt !== null && Date.parse(dueAt) < house.clock.now(),
    norm: unit.parse(item.norm),
    applicant: said(doc.name),
    asks: said(doc.asks),
    awaiting: doc.awaiting === true,
    href: caseHref(number),
  }
}

function rowOf(house: House, row: CaseRow): z.infer<typeof found>['cases'][number] {
  const zone = house.statutes.zoneOf(house.statutes.regionOfHome(row.home) ?? '')
  const at = (moment: string) => momentIn(zone, Date.parse(moment))
  const { case: number, regulation, edition, channel, status, open, provider, branch, iin, openedAt, dueAt, doc } = row
  return {
    number,
    regulation,
    edition,
    channel,
    status,
    open,
    provider,
    branch: branch || null,
    iin: iin === null ? null : maskIin(iin),
    name: said(doc.name),
    openedAt: at(openedAt),
    dueAt: dueAt === null ? null : at(dueAt),
    href: caseHref(number),
  }
}
