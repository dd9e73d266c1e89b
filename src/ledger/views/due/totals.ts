import type { Statement } from '../../postgres/database.ts'

export interface DueTotals {
  home: number
  late: number
  running: number
}

/** Terms that run, by home, and those of them that have passed `now` (RFC 3339): one range of the index of running terms for each home. */
export function dueTotals(now: string): Statement {
  return {
    name: 'due_totals',
    text: `
      select d.home, count(*) filter (where d.due_at < $1::timestamptz) as late, count(*) as running
      from due as d
      where d.ended_at is null and d.due_at < 'infinity'
      group by d.home`,
    values: [now],
  }
}
