import type { JsonObject } from '../../ledger.ts'
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
}

export function watchReads(database: Database): WatchReads {
  return {
    counts: (home, now, until) => database.query<RunningCount>(watchCounts(home, now, until)),
    cases: async (home, now, until) =>
      (await database.query<CaseCounts>(watchCases(home, now, until)))[0] ?? { late: 0, soon: 0, outages: 0 },
    running: (query, limit, after) => database.query<WatchedTerm>(watchRunning(query, limit, after)),
    endedList: (query, limit, after) => database.query<WatchedTerm>(watchEndedList(query, limit, after)),
    ended: (home, from, until) => database.query<EndedTerm>(watchEnded(home, from, until)),
  }
}

const own = `
  d.home, d.case_number as "case", d.key, d.kind, d.clause, d.due_at as "dueAt", d.state, d.provider, d.organisation, d.role, d.step, d.since,
  d.ended_at as "endedAt", d.doc`

/** The case's row and, where the step is still open, whoever has taken it. */
const beside = `
  left join case_view as c on c.home = d.home and c.case_number = d.case_number and c.key = 'case'
  left join work_item as w on w.home = d.home and w.case_number = d.case_number and w.key = d.step`

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
      select count(distinct d.case_number) filter (where d.due_at < $2::timestamptz) as late,
        count(distinct d.case_number) filter (where d.due_at >= $2::timestamptz) as soon,
        count(distinct d.case_number) filter (where d.doc @? '$.outages[*][1] ? (@ == null)') as outages
      from due as d
      where d.home = $1 and d.ended_at is null and d.due_at < $3::timestamptz`,
    values: [home, now, until],
  }
}

export function watchRunning(query: Running, limit: number, after?: TermPosition): Statement {
  return {
    name: 'watch_running',
    text: `
      select ${own}, c.doc ->> 'name' as name, c.iin, w.assignee
      from (
        select *
        from due as d
        where d.home = $1 and d.ended_at is null and d.due_at >= $2::timestamptz and d.due_at < $3::timestamptz
          and (d.due_at, d.case_number, d.key) > ($4::timestamptz, $5::text, $6::text) ${asFiltered(7)}
        order by d.due_at, d.case_number, d.key
        limit $11
      ) as d ${beside}
      order by d.due_at, d.case_number, d.key`,
    values: [
      query.home,
      query.from ?? '-infinity',
      query.until,
      after?.dueAt ?? '-infinity',
      after?.case ?? '',
      after?.key ?? '',
      ...filtered(query),
      limit,
    ],
  }
}

/** The newest first: whoever supervises asks what has just happened. */
export function watchEndedList(query: Ended, limit: number, after?: TermPosition): Statement {
  return {
    name: 'watch_ended_list',
    text: `
      select ${own}, c.doc ->> 'name' as name, c.iin, null::text as assignee
      from (
        select *
        from due as d
        where d.home = $1 and d.ended_at >= $2::timestamptz and d.ended_at < $3::timestamptz
          and (d.ended_at, d.case_number, d.key) < ($4::timestamptz, $5::text, $6::text) ${asFiltered(7)}
          and (not $11::boolean or d.state in ('missed', 'metLate'))
        order by d.ended_at desc, d.case_number desc, d.key desc
        limit $12
      ) as d
      left join case_view as c on c.home = d.home and c.case_number = d.case_number and c.key = 'case'
      order by d.ended_at desc, d.case_number desc, d.key desc`,
    values: [
      query.home,
      query.from,
      query.until,
      after?.endedAt ?? 'infinity',
      after?.case ?? '',
      after?.key ?? '',
      ...filtered(query),
      query.late ?? false,
      limit,
    ],
  }
}

export function watchEnded(home: number, from: string, until: string): Statement {
  return {
    name: 'watch_ended',
    text: `select ${own} from due as d where d.home = $1 and d.ended_at >= $2::timestamptz and d.ended_at < $3::timestamptz`,
    values: [home, from, until],
  }
}
