import { randomUUID } from 'node:crypto'
import type { Journal, JournalEntry, JournalQuery, JournalRow } from './ledger.ts'
import type { Database, Statement } from './postgres/database.ts'

/** Who read whose data. A row never changes. */
export function readJournal(database: Database): Journal {
  const rows = async (statement: Statement): Promise<JournalRow[]> =>
    (await database.query<Omit<JournalRow, 'cases'> & { cases: string[] }>(statement)).map(({ cases, ...entry }) => ({
      ...entry,
      cases: cases.map(readName),
    }))
  return {
    record: async (entry) => {
      // The number is ours, so that a record repeated after a lost connection is one row.
      await insertEntry(database, randomUUID(), entry)
    },
    ofCase: (home, caseNumber, limit = 1000, few = { role: '', limit: 0 }) => rows(journalOfCase(home, caseNumber, limit, few)),
    list: (query) => rows(journalList(query)),
    readingsBy: async (who, home, caseNumber, purposes, limit) =>
      (await database.query<{ at: string }>(journalReadingsBy(who, `${home}/${caseNumber}`, purposes, limit))).map(({ at }) => at),
  }
}

/** By the case, whose readings are some dozens; whatever the planner thinks of the reader, whose readings are thousands. */
export function journalReadingsBy(who: string, name: string, purposes: readonly string[], limit: number): Statement {
  return {
    name: 'select_readings_by',
    text: `
      with readings as materialized (select at, who, purpose from read_journal where cases @> array[$1::text])
      select at from readings
      where who = $2 and purpose = any($3::text[])
      order by at desc limit $4`,
    values: [name, who, purposes, limit],
  }
}

async function insertEntry(database: Database, id: string, entry: JournalEntry): Promise<void> {
  const cases = entry.cases.map(({ home, case: number }) => `${home}/${number}`)
  await database.query({
    name: 'insert_journal_entry',
    text: `
      insert into read_journal (home, id, at, who, role, purpose, cases, about) values ($1, $2, $3, $4, $5, $6, $7, $8)
      on conflict (home, id) do nothing`,
    values: [entry.home, id, entry.at, entry.who, entry.role, entry.purpose, cases, entry.about ?? null],
  })
}

const columns = 'home, id, at, who, role, purpose, cases, about'

/** Of each reading only the case that is asked about: a list or a file names hundreds of others, which nobody asked for here. */
const columnsOfCase = columns.replace(/\bcases\b/, 'array[$1::text] as cases')

export function journalOfCase(home: number, caseNumber: string, limit: number, few: { role: string; limit: number }): Statement {
  return {
    name: 'select_journal_entries',
    text: `
      select ${columnsOfCase}
      from (
        (select * from read_journal where cases @> array[$1::text] and role <> $3 order by at desc, id limit $2)
        union all
        (select * from read_journal where cases @> array[$1::text] and role = $3 order by at desc, id limit $4)
      ) as found
      order by at desc, id`,
    values: [`${home}/${caseNumber}`, limit, few.role, few.limit],
  }
}

/** One index range: of everybody at the home, or of each reader asked for, merged. */
export function journalList({ home, who, from, until, after, limit }: JournalQuery): Statement {
  const rest = `j.home = $1 and j.at >= $2::timestamptz and j.at < $3::timestamptz
          and j.at <= $4::timestamptz and (j.at < $4::timestamptz or (j.at = $4::timestamptz and j.id > $5::uuid))`
  const values = [home, from, until, after?.at ?? 'infinity', after?.id ?? '00000000-0000-0000-0000-000000000000', limit]
  if (who === undefined)
    return {
      name: 'journal_list',
      text: `select ${columns} from read_journal as j where ${rest} order by j.at desc, j.id limit $6`,
      values,
    }
  return {
    name: 'journal_list_of',
    text: `
      select ${columns}
      from (select distinct unnest($7::text[])) as w(reader)
      cross join lateral (
        select * from read_journal as j where j.who = w.reader and ${rest} order by j.at desc, j.id limit $6
      ) as j
      order by j.at desc, j.id
      limit $6`,
    values: [...values, who],
  }
}

function readName(name: string): { home: number; case: string } {
  const slash = name.indexOf('/')
  return { home: Number(name.slice(0, slash)), case: name.slice(slash + 1) }
}
