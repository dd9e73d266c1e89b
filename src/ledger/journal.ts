import { randomUUID } from 'node:crypto'
import type { Journal, JournalEntry } from './ledger.ts'
import type { Database } from './postgres/database.ts'

/** Who read whose data. A row never changes. */
export function readJournal(database: Database): Journal {
  return {
    record: async (entry) => {
      // The number is ours, so that a record repeated after a lost connection is one row.
      await insertEntry(database, randomUUID(), entry)
    },
    ofCase: async (home, caseNumber, limit = 1000, few = { role: '', limit: 0 }) => {
      const rows = await selectEntries(database, `${home}/${caseNumber}`, limit, few)
      return rows.map(({ cases, ...entry }) => ({ ...entry, cases: cases.map(readName) }))
    },
  }
}

async function insertEntry(database: Database, id: string, entry: JournalEntry): Promise<void> {
  const cases = entry.cases.map(({ home, case: number }) => `${home}/${number}`)
  await database.query({
    name: 'insert_journal_entry',
    text: `
      insert into read_journal (home, id, at, who, role, purpose, cases) values ($1, $2, $3, $4, $5, $6, $7)
      on conflict (home, id) do nothing`,
    values: [entry.home, id, entry.at, entry.who, entry.role, entry.purpose, cases],
  })
}

async function selectEntries(database: Database, name: string, limit: number, few: { role: string; limit: number }) {
  return database.query<Omit<JournalEntry, 'cases'> & { cases: string[] }>({
    name: 'select_journal_entries',
    text: `
      select home, at, who, role, purpose, cases
      from (
        (select * from read_journal where cases @> array[$1::text] and role <> $3 order by at desc, id limit $2)
        union all
        (select * from read_journal where cases @> array[$1::text] and role = $3 order by at desc, id limit $4)
      ) as found
      order by at desc, id`,
    values: [name, limit, few.role, few.limit],
  })
}

function readName(name: string): { home: number; case: string } {
  const slash = name.indexOf('/')
  return { home: Number(name.slice(0, slash)), case: name.slice(slash + 1) }
}
