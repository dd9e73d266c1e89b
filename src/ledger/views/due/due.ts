import type { JsonObject } from '../../ledger.ts'
import type { Database, Statement } from '../../postgres/database.ts'

/** Terms that run. The sweeper asks what has come due by the law's clock and answers with events. */

export interface DueRow {
  home: number
  case: string
  key: string
  kind: string
  clause: string | null
  dueAt: string
  warnAt: string | null
  state: string
  /** When this row asks for the next mark. */
  nextAt: string | null
  doc: JsonObject
}

export type DuePosition = Pick<DueRow, 'nextAt' | 'home' | 'case' | 'key'>

export interface DueReads {
  /** Rows that ask for a mark at `now` (RFC 3339) or earlier, the oldest first. Rows stay until a command of their case changes them. */
  until(now: string, limit: number, after?: DuePosition): Promise<DueRow[]>
  ofCase(home: number, caseNumber: string): Promise<DueRow[]>
  /** Terms that run in the open cases of an organisation, provider or branch, and end on or after the moment; the nearest first. */
  runningAt(home: number, organisation: string, from: string, limit: number): Promise<DueRow[]>
}

const columns = `
  d.home, d.case_number as "case", d.key, d.kind, d.clause, d.due_at as "dueAt", d.warn_at as "warnAt", d.state, d.next_at as "nextAt", d.doc`

export function dueReads(database: Database): DueReads {
  return {
    until: (now, limit, after) => database.query<DueRow>(dueUntil(now, limit, after)),
    ofCase: (home, caseNumber) => database.query<DueRow>(dueOfCase(home, caseNumber)),
    runningAt: (home, organisation, from, limit) => database.query<DueRow>(dueRunningAt(home, organisation, from, limit)),
  }
}

export function dueUntil(now: string, limit: number, after?: DuePosition): Statement {
  return {
    name: 'due_until',
    text: `
      select ${columns}
      from due as d
      where d.next_at <= $1::timestamptz
        and (d.next_at, d.home, d.case_number, d.key) > ($2::timestamptz, $3::integer, $4::text, $5::text)
      order by d.next_at, d.home, d.case_number, d.key
      limit $6`,
    values: [now, after?.nextAt ?? '-infinity', after?.home ?? 0, after?.case ?? '', after?.key ?? '', limit],
  }
}

export function dueOfCase(home: number, caseNumber: string): Statement {
  return {
    name: 'due_of_case',
    text: `select ${columns} from due as d where d.home = $1 and d.case_number = $2 order by d.due_at, d.key`,
    values: [home, caseNumber],
  }
}

/** `offset` keeps it a probe for each open case: a join would read every term that there ever was. */
export function dueRunningAt(home: number, organisation: string, from: string, limit: number): Statement {
  return {
    name: 'due_running_at',
    text: `
      with open as (
        select c.case_number from case_view as c where c.home = $4 and c.open and c.provider = $1
        union
        select c.case_number from case_view as c where c.home = $4 and c.open and c.branch <> '' and c.branch = $1
      )
      select ${columns}
      from open as o
      cross join lateral (
        select *
        from due as d
        where d.home = $4 and d.case_number = o.case_number and d.state in ('running', 'warned', 'missed') and d.due_at >= $2::timestamptz
        offset 0
      ) as d
      order by d.due_at, d.case_number, d.key
      limit $3`,
    values: [organisation, from, limit, home],
  }
}
