import type pg from 'pg'
import type { Database } from './postgres/database.ts'

/** Lawful destruction: the key goes, and with it everything sealed under it, here and in every copy. What only copies a value goes too. */
export async function destroyCase(database: Database, home: number, caseNumber: string): Promise<boolean> {
  return database.transaction(async (client) => {
    const { rowCount } = await client.query(
      'update case_key set wrapped = null where home = $1 and case_number = $2 and wrapped is not null',
      [home, caseNumber],
    )
    for (const table of ['personal', 'file_chunk', 'case_view', 'work_item', 'due', 'custody_item', 'search_key', 'saved_form'])
      await deleteOfCase(client, table, home, caseNumber)
    return rowCount === 1
  })
}

async function deleteOfCase(client: pg.ClientBase, table: string, home: number, caseNumber: string): Promise<void> {
  await client.query(`delete from ${table} where home = $1 and case_number = $2`, [home, caseNumber])
}
