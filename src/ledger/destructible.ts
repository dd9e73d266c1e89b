import type { Database } from './postgres/database.ts'

/** What a destruction takes of a case, and what it leaves: counted, nothing of it opened. */
export interface Destructible {
  /** Events whose personal values go. */
  readonly values: number
  readonly files: number
  /** Of the files, before they were sealed. */
  readonly bytes: number
  /** Forms that somebody typed and did not send. */
  readonly forms: number
  /** Rows that find or show the case. */
  readonly rows: number
  /** Stay, chained as they are. */
  readonly events: number
  /** Hex, of the newest event; null: there is no such case. */
  readonly head: string | null
}

/** One home in every part: one shard answers. */
export async function destructible(database: Database, home: number, caseNumber: string): Promise<Destructible> {
  const of = (table: string) => `(select count(*) from ${table} as t where t.home = $1 and t.case_number = $2)`
  const [row] = await database.query<{ [Name in keyof Destructible]: Destructible[Name] }>({
    name: 'destructible',
    text: `
      select ${of('personal')} as values, ${of('file')} as files,
        (select coalesce(sum(t.size), 0) from file as t where t.home = $1 and t.case_number = $2) as bytes,
        ${of('saved_form')} as forms, ${of('event')} as events,
        ${['case_view', 'work_item', 'due', 'custody_item', 'search_key'].map(of).join(' + ')} as rows,
        (select encode(h.head, 'hex') from case_head as h where h.home = $1 and h.number = $2) as head`,
    values: [home, caseNumber],
  })
  return row ?? { values: 0, files: 0, bytes: 0, forms: 0, rows: 0, events: 0, head: null }
}
