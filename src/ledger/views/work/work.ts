import type { Json, JsonObject } from '../../ledger.ts'
import type { Database, Statement } from '../../postgres/database.ts'

/** What waits for whom. Sorted by due time; items without one come last. */

/** A desk: '' stands for "no unit". */
export interface Place {
  organisation: string
  role: string
  unit: string
}

export interface WorkItem extends Place {
  home: number
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
  taken(assignee: string, limit: number, after?: WorkPosition): Promise<WorkItem[]>
  ofCase(home: number, caseNumber: string): Promise<WorkItem[]>
  /** Who has work by name, in which role of which organisation; each once. */
  given(): Promise<Given[]>
  /** What somebody has by name in one role, the most urgent first. */
  givenTo(given: Given, limit: number, after?: WorkPosition): Promise<WorkItem[]>
  /** How much waits at each place that has anything; overdue at `now` (RFC 3339). `freeFor`: as for `list`. */
  counts(places: Place[], now: string, freeFor?: readonly string[]): Promise<WorkCount[]>
}

const columns = `
  w.home, w.case_number as "case", w.key, w.step, w.role, w.organisation, w.unit, w.assignee, w.since, w.due_at as "dueAt", w.norm, w.title, w.doc`

const order = 'w.due_at, w.home, w.case_number, w.key'

export function workReads(database: Database): WorkReads {
  return {
    list: (query) => database.query<WorkItem>(workList(query)),
    taken: (assignee, limit, after) => database.query<WorkItem>(workTaken(assignee, limit, after)),
    ofCase: (home, caseNumber) => database.query<WorkItem>(workOfCase(home, caseNumber)),
    given: () => database.query<Given>(workGiven()),
    givenTo: (given, limit, after) => database.query<WorkItem>(workGivenTo(given, limit, after)),
    counts: (places, now, freeFor) => database.query<WorkCount>(workCounts(places, now, freeFor)),
  }
}

/** One short index range a place, merged: the cost does not grow with what waits behind the page. */
export function workList({ places, freeFor, after, limit }: WorkQuery): Statement {
  return {
    name: 'work_list',
    text: `
      select ${columns}
      from (select distinct * from unnest($1::text[], $2::text[], $3::text[])) as p(organisation, role, unit)
      cross join lateral (
        select *
        from work_item as w
        where w.organisation = p.organisation and w.role = p.role and w.unit = p.unit
          and (${order}) > ($4::timestamptz, $5::integer, $6::text, $7::text)
          and ($8::text[] is null or w.assignee is null or w.assignee = any ($8))
        order by ${order}
        limit $9
      ) as w
      order by ${order}
      limit $9`,
    values: [...byColumn(places), ...position(after), freeFor ?? null, limit],
  }
}

export function workTaken(assignee: string, limit: number, after?: WorkPosition): Statement {
  return {
    name: 'work_taken',
    text: `
      select ${columns}
      from work_item as w
      where w.assignee = $1 and (${order}) > ($2::timestamptz, $3::integer, $4::text, $5::text)
      order by ${order}
      limit $6`,
    values: [assignee, ...position(after), limit],
  }
}

/** From one entry of the index to the next that differs: as many steps as there are people with work, however much they have. */
export function workGiven(): Statement {
  return {
    name: 'work_given',
    text: `
      with recursive given as (
        (select w.assignee, w.organisation, w.role from work_item as w where w.assignee is not null
         order by w.assignee, w.organisation, w.role limit 1)
        union all
        select n.assignee, n.organisation, n.role
        from given as g
        cross join lateral (
          select w.assignee, w.organisation, w.role
          from work_item as w
          where w.assignee is not null and (w.assignee, w.organisation, w.role) > (g.assignee, g.organisation, g.role)
          order by w.assignee, w.organisation, w.role
          limit 1
        ) as n
      )
      select assignee, organisation, role from given`,
    values: [],
  }
}

export function workGivenTo({ assignee, organisation, role }: Given, limit: number, after?: WorkPosition): Statement {
  return {
    name: 'work_given_to',
    text: `
      select ${columns}
      from work_item as w
      where w.assignee = $1 and w.organisation = $2 and w.role = $3 and (${order}) > ($4::timestamptz, $5::integer, $6::text, $7::text)
      order by ${order}
      limit $8`,
    values: [assignee, organisation, role, ...position(after), limit],
  }
}

export function workOfCase(home: number, caseNumber: string): Statement {
  return {
    name: 'work_of_case',
    text: `select ${columns} from work_item as w where w.home = $1 and w.case_number = $2 order by ${order}`,
    values: [home, caseNumber],
  }
}

export function workCounts(places: Place[], now: string, freeFor?: readonly string[]): Statement {
  return {
    name: 'work_counts',
    text: `
      select w.organisation, w.role, w.unit, count(*) as items, count(*) filter (where w.due_at < $4::timestamptz) as overdue
      from (select distinct * from unnest($1::text[], $2::text[], $3::text[])) as p(organisation, role, unit)
      join work_item as w on w.organisation = p.organisation and w.role = p.role and w.unit = p.unit
        and ($5::text[] is null or w.assignee is null or w.assignee = any ($5))
      group by w.organisation, w.role, w.unit
      order by w.organisation, w.role, w.unit`,
    values: [...byColumn(places), now, freeFor ?? null],
  }
}

function byColumn(places: Place[]): [string[], string[], string[]] {
  return [places.map((p) => p.organisation), places.map((p) => p.role), places.map((p) => p.unit)]
}

function position(after: WorkPosition | undefined): [string, number, string, string] {
  return after ? [after.dueAt ?? 'infinity', after.home, after.case, after.key] : ['-infinity', 0, '', '']
}
