import type { Json, JsonObject } from '../../ledger.ts'
import type { Database, Statement } from '../../postgres/database.ts'
import { homeByHome } from '../homes.ts'

/** What waits for whom. Sorted by due time; items without one come last. */

/** A desk: '' stands for "no unit". An organisation lies in one home for ever, and so does all work at it. */
export interface Place {
  home: number
  organisation: string
  role: string
  unit: string
}

export interface WorkItem extends Place {
  case: string
  key: string
  step: string
  assignee: string | null
  since: string
  /** RFC 3339 in UTC; null: no term. */
  dueAt: string | null
  norm: Json
  title: string | null
  doc: JsonObject
}

export type WorkPosition = Pick<WorkItem, 'dueAt' | 'home' | 'case' | 'key'>

export interface WorkQuery {
  /** A person's desks: each role in each unit of theirs. */
  places: Place[]
  /** Leave out what somebody other than these people has taken: the reader, and whoever the reader acts for. */
  freeFor?: readonly string[]
  /** The last item of the page before. */
  after?: WorkPosition
  limit: number
}

export interface Given {
  home: number
  assignee: string
  organisation: string
  role: string
}

export interface WorkCount extends Place {
  items: number
  overdue: number
}

export interface WorkReads {
  list(query: WorkQuery): Promise<WorkItem[]>
  taken(home: number, assignee: string, limit: number, after?: WorkPosition): Promise<WorkItem[]>
  ofCase(home: number, caseNumber: string): Promise<WorkItem[]>
  /** Who has work by name in these homes, in which role of which organisation; each once. */
  given(homes: readonly number[]): Promise<Given[]>
  /** What somebody has by name in one role, the most urgent first. */
  givenTo(given: Given, limit: number, after?: WorkPosition): Promise<WorkItem[]>
  /** How much waits at each place that has anything; overdue at `now` (RFC 3339). `freeFor`: as for `list`. */
  counts(places: Place[], now: string, freeFor?: readonly string[]): Promise<WorkCount[]>
}

const columns = `
  w.home, w.case_number as "case", w.key, w.step, w.role, w.organisation, w.unit, w.assignee, w.since, w.due_at as "dueAt", w.norm, w.title, w.doc`

/** Within one home. */
const order = 'w.due_at, w.case_number, w.key'

/** The order of rows of several homes: what has no term comes last. */
function byDue(a: WorkPosition, b: WorkPosition): number {
  const moment = ({ dueAt }: WorkPosition) => (dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(dueAt))
  if (moment(a) !== moment(b)) return moment(a) < moment(b) ? -1 : 1
  if (a.home !== b.home) return a.home - b.home
  return `${a.case} ${a.key}` < `${b.case} ${b.key}` ? -1 : 1
}

export function workReads(database: Database): WorkReads {
  return {
    list: async (query) => {
      const rows = await homeByHome(query.places, (home, places) =>
        database.query<WorkItem>(workList(home, { ...query, places: [...places] })),
      )
      return rows.sort(byDue).slice(0, query.limit)
    },
    taken: (home, assignee, limit, after) => database.query<WorkItem>(workTaken(home, assignee, limit, after)),
    ofCase: (home, caseNumber) => database.query<WorkItem>(workOfCase(home, caseNumber)),
    given: (homes) =>
      homeByHome(
        homes.map((home) => ({ home })),
        (home) => database.query<Given>(workGiven(home)),
      ),
    givenTo: (given, limit, after) => database.query<WorkItem>(workGivenTo(given, limit, after)),
    counts: (all, now, freeFor) => homeByHome(all, (home, places) => database.query<WorkCount>(workCounts(home, places, now, freeFor))),
  }
}

/** One short index range a place, merged: the cost does not grow with what waits behind the page. Of places in one home. */
export function workList(home: number, { places, freeFor, after, limit }: WorkQuery): Statement {
  return {
    name: 'work_list',
    text: `
      select ${columns}
      from (select distinct * from unnest($1::text[], $2::text[], $3::text[])) as p(organisation, role, unit)
      cross join lateral (
        select *
        from work_item as w
        where w.home = $9 and w.organisation = p.organisation and w.role = p.role and w.unit = p.unit
          and (${order}) > ($4::timestamptz, $5::text, $6::text)
          and ($7::text[] is null or w.assignee is null or w.assignee = any ($7))
        order by ${order}
        limit $8
      ) as w
      order by ${order}
      limit $8`,
    values: [...byColumn(places), ...position(home, after), freeFor ?? null, limit, home],
  }
}

export function workTaken(home: number, assignee: string, limit: number, after?: WorkPosition): Statement {
  return {
    name: 'work_taken',
    text: `
      select ${columns}
      from work_item as w
      where w.home = $1 and w.assignee = $2 and (${order}) > ($3::timestamptz, $4::text, $5::text)
      order by ${order}
      limit $6`,
    values: [home, assignee, ...position(home, after), limit],
  }
}

/** From one entry of the index to the next that differs: as many steps as there are people with work, however much they have. */
export function workGiven(home: number): Statement {
  return {
    name: 'work_given',
    text: `
      with recursive given as (
        (select w.assignee, w.organisation, w.role from work_item as w where w.home = $1 and w.assignee is not null
         order by w.assignee, w.organisation, w.role limit 1)
        union all
        select n.assignee, n.organisation, n.role
        from given as g
        cross join lateral (
          select w.assignee, w.organisation, w.role
          from work_item as w
          where w.home = $1 and w.assignee is not null and (w.assignee, w.organisation, w.role) > (g.assignee, g.organisation, g.role)
          order by w.assignee, w.organisation, w.role
          limit 1
        ) as n
      )
      select $1::integer as home, assignee, organisation, role from given`,
    values: [home],
  }
}

export function workGivenTo({ home, assignee, organisation, role }: Given, limit: number, after?: WorkPosition): Statement {
  return {
    name: 'work_given_to',
    text: `
      select ${columns}
      from work_item as w
      where w.home = $1 and w.assignee = $2 and w.organisation = $3 and w.role = $4 and (${order}) > ($5::timestamptz, $6::text, $7::text)
      order by ${order}
      limit $8`,
    values: [home, assignee, organisation, role, ...position(home, after), limit],
  }
}

export function workOfCase(home: number, caseNumber: string): Statement {
  return {
    name: 'work_of_case',
    text: `select ${columns} from work_item as w where w.home = $1 and w.case_number = $2 order by ${order}`,
    values: [home, caseNumber],
  }
}

export function workCounts(home: number, places: readonly Place[], now: string, freeFor?: readonly string[]): Statement {
  return {
    name: 'work_counts',
    text: `
      select w.home, w.organisation, w.role, w.unit, count(*) as items, count(*) filter (where w.due_at < $4::timestamptz) as overdue
      from (select distinct * from unnest($1::text[], $2::text[], $3::text[])) as p(organisation, role, unit)
      join work_item as w on w.home = $6 and w.organisation = p.organisation and w.role = p.role and w.unit = p.unit
        and ($5::text[] is null or w.assignee is null or w.assignee = any ($5))
      group by w.home, w.organisation, w.role, w.unit
      order by w.organisation, w.role, w.unit`,
    values: [...byColumn(places), now, freeFor ?? null, home],
  }
}

function byColumn(places: readonly Place[]): [string[], string[], string[]] {
  return [places.map((p) => p.organisation), places.map((p) => p.role), places.map((p) => p.unit)]
}

/** Where a page of this home begins. Of the moment at which the page before ended, a home before its last row's is done, and one behind it still whole. */
function position(home: number, after: WorkPosition | undefined): [string, string, string] {
  if (after === undefined) return ['-infinity', '', '']
  const dueAt = after.dueAt ?? 'infinity'
  if (home === after.home) return [dueAt, after.case, after.key]
  return home < after.home ? [dueAt, afterAll, ''] : [dueAt, '', '']
}

/** Sorts after every number of a case. */
const afterAll = '\u{10ffff}'
