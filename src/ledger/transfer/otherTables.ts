import { createHash } from 'node:crypto'
import type pg from 'pg'
import { type Database, inTransaction } from '../postgres/database.ts'
import { ImportRefused } from './import.ts'

/**
 * Tables of floors that stand on the ledger's database (people, the hall's queue, notices), for a backup. Rows travel as PostgreSQL's own JSON.
 * Sessions and counts of wrong passwords stay behind: nobody is signed in after a restore.
 */
export const otherTables = [
  'organisation',
  'staff',
  'password',
  'people_event',
  'people_version',
  'work_filter',
  'queue_line',
  'notice',
] as const

interface Closing {
  readonly others: true
  readonly rows: number
  /** Hex SHA-256 of the lines before, each with its line feed. */
  readonly sha256: string
}

const rowsAtOnce = 500

/** `["table", row]` for each row, then a line that closes them; each with its line feed. */
export async function* exportOthers(database: Database): AsyncGenerator<string> {
  const client = database.newClient()
  await client.connect()
  const digest = createHash('sha256')
  let rows = 0
  try {
    await client.query('begin isolation level repeatable read read only')
    for (const table of otherTables) {
      await client.query(`declare backup_${table} no scroll cursor for select to_jsonb(t) as row from ${table} as t`)
      for (;;) {
        const page = await client.query<{ row: object }>(`fetch ${rowsAtOnce} from backup_${table}`)
        for (const { row } of page.rows) {
          const line = `${JSON.stringify([table, row])}\n`
          digest.update(line)
          rows++
          yield line
        }
        if (page.rows.length < rowsAtOnce) break
      }
    }
    await client.query('commit')
  } finally {
    await client.end()
  }
  const closing: Closing = { others: true, rows, sha256: digest.digest('hex') }
  yield `${JSON.stringify(closing)}\n`
}

/** Reads lines up to the closing one into empty tables, in one transaction; what follows is left for the next reader. Throws ImportRefused. */
export async function importOthers(database: Database, lines: AsyncIterator<string>): Promise<number> {
  return database.withClient((client) =>
    inTransaction(client, async () => {
      await refuseUnlessEmpty(client)
      const digest = createHash('sha256')
      let rows = 0
      for (;;) {
        const next = await lines.next()
        if (next.done) throw new ImportRefused('notWhole', 'The backup ends early.')
        const item = parsed(next.value)
        if (!Array.isArray(item)) {
          if (item.sha256 !== digest.digest('hex') || item.rows !== rows) throw new ImportRefused('notWhole', 'The backup was altered.')
          return rows
        }
        digest.update(`${next.value}\n`)
        const [table, row] = item
        if (!otherTables.some((known) => known === table)) throw new ImportRefused('format', `There is no table ${table}.`)
        await client.query(`insert into ${table} overriding system value select * from jsonb_populate_record(null::${table}, $1)`, [
          JSON.stringify(row),
        ])
        rows++
      }
    }),
  )
}

async function refuseUnlessEmpty(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query('select from organisation union all select from staff union all select from case_head limit 1')
  if (rows.length > 0) throw new ImportRefused('notEmpty', 'The database is in use: restore into an empty one.')
  // One row that the migration made; the backup brings its own.
  await client.query('delete from people_version')
}

function parsed(line: string): [string, object] | Closing {
  try {
    return JSON.parse(line) as [string, object] | Closing // the digest tells whether the lines are ours
  } catch (cause) {
    throw new ImportRefused('format', 'A line is not JSON.', cause)
  }
}
