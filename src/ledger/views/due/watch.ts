import type { Json, JsonObject } from '../../ledger.ts'
import type { Database, Statement } from '../../postgres/database.ts'

/** What supervision asks of terms: those that run by when they end, those that ended by when they did. Of one home at a time. */

/** Which terms: each part that is named must fit. */
export interface TermFilter {
  readonly provider?: string
  readonly step?: string
  readonly role?: string
  readonly clause?: string
}

/** Terms that run and end (or ended) within a span of time, the end excluded; absent: from the beginning. */
export interface Running extends TermFilter {
  readonly home: number
  readonly from?: string
  readonly until: string
}

/** Terms that ended within a span of time, the end excluded. */
export interface Ended extends TermFilter {
  readonly home: number
  readonly from: string
  readonly until: string
  /** Only those that were not kept. */
  readonly late?: boolean
  /** The offices whose terms are asked for, where these are some or a step is named: each is then read in a range of its own. */
  readonly offices?: readonly string[]
}

export interface RunningCount {
  provider: string
  step: string
  role: string
  clause: string | null
  kind: string
  /** Digest of the regulation under which it runs. */
  sha256: string
  late: number
  soon: number
}

/** A term with its case, as lists show it. */
export interface WatchedTerm {
  home: number
  case: string
  key: string
  kind: string
  clause: string | null
  dueAt: string
  state: string
  provider: string
  organisation: string
  role: string
  step: string
  since: string | null
  endedAt: string | null
  doc: JsonObject
  name: string | null
  iin: string | null
  /** With whom the case lies now, where the step is still theirs. */
  assignee: string | null
}

export type EndedTerm = Omit<WatchedTerm, 'name' | 'iin' | 'assignee'>
export type TermPosition = Pick<WatchedTerm, 'dueAt' | 'endedAt' | 'case' | 'key'>

export interface KeptDay {
  day: string
  kept: Json
}

export interface CaseCounts {
  late: number
  soon: number
  outages: number
}

export interface WatchReads {
  /** How many terms have passed `now` and how many will before `until`, by provider, step and clause. */
  counts(home: number, now: string, until: string): Promise<RunningCount[]>
  /** How many cases have a term that has passed `now`, how many one that will before `until`, and how many of these an outside system keeps waiting. */
  cases(home: number, now: string, until: string): Promise<CaseCounts>
  running(query: Running, limit: number, after?: TermPosition): Promise<WatchedTerm[]>
  endedList(query: Ended, limit: number, after?: TermPosition): Promise<WatchedTerm[]>
  /** Everything that ended, without the cases' own data: for reckoning. */
  ended(home: number, from: string, until: string): Promise<EndedTerm[]>
  /** What was reckoned and kept of these days (`yyyy-mm-dd`, both included). */
  days(home: number, from: string, until: string): Promise<KeptDay[]>
  /** Keeps what was reckoned of a day that is over; the first to reckon it is believed. */
  keepDay(home: number, day: string, kept: Json): Promise<void>
  /** The clock was set: whatever day was over may be lived through again. */
  forgetDays(): Promise<void>
}

export function watchReads(database: Database): WatchReads {
  return {
    counts: (home, now, until) => database.query<RunningCount>(watchCounts(home, now, until)),
    cases: async (home, now, until) =>
      (await database.query<CaseCounts>(watchCases(home, now, until)))[0] ?? { late: 0, soon: 0, outages: 0 },
    running: (query, limit, after) => database.query<WatchedTerm>(watchRunning(query, limit, after)),
    endedList: (query, limit, after) => database.query<WatchedTerm>(watchEndedList(query, limit, after)),
    ended: (home, from, until) => database.query<EndedTerm>(watchEnded(home, from, until)),
    days: (home, from, until) => database.query<KeptDay>(keptDays(home, from, until)),
    keepDay: async (home, day, kept) => {
      await database.query({
        name: 'keep_day',
        text: 'insert into kept_day (home, day, kept) values ($1, $2, $3) on conflict (home, day) do nothing',
        values: [home, day, JSON.stringify(kept)],
      })
    },
    forgetDays: async () => {
      await database.query({ name: 'forget_days', text: 'delete from kept_day', values: [] })
    },
  }
}

const own = `
  d.home, d.case_number as "case", d.key, d.kind, d.clause, d.due_at as "dueAt", d.state, d.provider, d.organisation, d.role, d.step, d.since,
  d.ended_at as "endedAt", d.doc`

/** The case's row and, where the step is still open, whoever has taken it. */
const beside = `
  left join case_view as c on c.home = $1 and c.case_number = d.case_number and c.key = 'case'
  left join work_item as w on w.home = $1 and w.case_number = d.case_number and w.key = d.step`

const asFiltered = (first: number): string => `
  and ($${first}::text is null or d.provider = $${first}) and ($${first + 1}::text is null or d.step = $${first + 1})
  and ($${first + 2}::text is null or d.role = $${first + 2}) and ($${first + 3}::text is null or d.clause = $${first + 3})`

const filtered = ({ provider, step, role, clause }: TermFilter) => [provider ?? null, step ?? null, role ?? null, clause ?? null]

export function watchCounts(home: number, now: string, until: string): Statement {
  return {
    name: 'watch_counts',
    text: `
      select d.provider, d.step, d.role, d.clause, d.kind, coalesce(d.doc ->> 'sha256', '') as sha256,
        count(*) filter (where d.due_at < $2::timestamptz) as late, count(*) filter (where d.due_at >= $2::timestamptz) as soon
      from due as d
      where d.home = $1 and d.ended_at is null and d.due_at < $3::timestamptz
      group by d.provider, d.step, d.role, d.clause, d.kind, d.doc ->> 'sha256'`,
    values: [home, now, until],
  }
}

export function watchCases(home: number, now: string, until: string): Statement {
  return {
    name: 'watch_cases',
    text: `
      select count(*) filter (where c.late) as late, count(*) filter (where c.soon) as soon, count(*) filter (where c.waits) as outages
      from (
        select bool_or(d.due_at < $2::timestamptz) as late, bool_or(d.due_at >= $2::timestamptz) as soon,
          bool_or(d.doc ? 'outages' and d.doc @? '$.outages[*][1] ? (@ == null)') as waits
        from due as d
        where d.home = $1 and d.ended_at is null and d.due_at < $3::timestamptz
        group by d.case_number
      ) as c`,
    values: [home, now, until],
  }
}

/** One bound below, the beginning of the span or the end of the page before: of two, an index scan may begin at the further one. */
function begins(from: string | undefined, after: TermPosition | undefined): [string, string, string] {
  const isAfter = after !== undefined && (from === undefined || Date.parse(after.dueAt) >= Date.parse(from))
  return isAfter ? [after.dueAt, after.case, after.key] : [from ?? '-infinity', '', '']
}

export function watchRunning(query: Running, limit: number, after?: TermPosition): Statement {
  return {
    name: 'watch_running',
    text: `
      select ${own}, c.doc ->> 'name' as name, c.iin, w.assignee
      from (
        select *
        from due as d
        where d.home = $1 and d.ended_at is null and d.due_at < $2::timestamptz
          and (d.due_at, d.case_number, d.key) > ($3::timestamptz, $4::text, $5::text) ${asFiltered(6)}
        order by d.due_at, d.case_number, d.key
        limit $10
      ) as d ${beside}
      order by d.due_at, d.case_number, d.key`,
    values: [query.home, query.until, ...begins(query.from, after), ...filtered(query), limit],
  }
}

/** The newest first: whoever supervises asks what has just happened. */
export function watchEndedList(query: Ended, limit: number, after?: TermPosition): Statement {
  if (query.late !== true && query.offices !== undefined) return endedOfOffices(query, query.offices, limit, after)
  return {
    // What was broken has an index of its own.
    name: query.late === true ? 'watch_broken_list' : 'watch_ended_list',
    text: endedRows(`
        select *
        from due as d
        where d.home = $1 ${endedIn} ${asFiltered(6)}
          ${query.late === true ? "and d.state in ('missed', 'metLate')" : ''}
        order by ${newest}
        limit $10`),
    values: [...span(query, after), ...filtered(query), limit],
  }
}

/**
 * Of some offices or of one step: one short range for each office and step, merged. Which steps an office has ended is found in the index itself.
 * Over all that ended in a month a page of a seldom step would read hundreds of thousands of rows.
 */
function endedOfOffices(query: Ended, offices: readonly string[], limit: number, after?: TermPosition): Statement {
  const next = (beyond: string) =>
    `(select min(d.step) from due as d where d.home = $1 and d.provider = p.provider and d.ended_at is not null ${beyond})`
  return {
    name: 'watch_ended_of',
    text: endedRows(`
        with recursive steps(provider, step) as (
          select p.provider, coalesce($7, ${next('')}) from unnest($6::text[]) as p(provider)
          union all
          select p.provider, ${next('and d.step > p.step')} from steps as p where p.step is not null and $7::text is null
        )
        select d.*
        from steps as s cross join lateral (
          select *
          from due as d
          where d.home = $1 and d.provider = s.provider and d.step = s.step ${endedIn}
            and ($8::text is null or d.role = $8) and ($9::text is null or d.clause = $9)
          order by ${newest}
          limit $10
        ) as d
        where s.step is not null
        order by ${newest}
        limit $10`),
    values: [...span(query, after), offices, query.step ?? null, query.role ?? null, query.clause ?? null, limit],
  }
}

const newest = 'd.ended_at desc, d.case_number desc, d.key desc'
/** Parameters 2 to 5. One bound above, the end of the span or of the page before: of two, the scan may begin at the further one. */
const endedIn = `and d.ended_at >= $2::timestamptz and (d.ended_at, d.case_number, d.key) < ($3::timestamptz, $4::text, $5::text)`

const span = ({ home, from, until }: Ended, after: TermPosition | undefined): unknown[] => [
  home,
  from,
  after?.endedAt ?? until,
  after?.case ?? '',
  after?.key ?? '',
]

const endedRows = (terms: string): string => `
      select ${own}, c.doc ->> 'name' as name, c.iin, null::text as assignee
      from (${terms}
      ) as d
      left join case_view as c on c.home = $1 and c.case_number = d.case_number and c.key = 'case'
      order by ${newest}`

export function watchEnded(home: number, from: string, until: string): Statement {
  return {
    name: 'watch_ended',
    text: `select ${own} from due as d where d.home = $1 and d.ended_at >= $2::timestamptz and d.ended_at < $3::timestamptz`,
    values: [home, from, until],
  }
}

export function keptDays(home: number, from: string, until: string): Statement {
  return {
    name: 'kept_days',
    text: `select d.day::text as day, d.kept from kept_day as d where d.home = $1 and d.day >= $2::date and d.day <= $3::date order by d.day`,
    values: [home, from, until],
  }
}
