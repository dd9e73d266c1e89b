import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { KeyRing } from '../keys/keyRing.ts'
import type { Database } from '../postgres/database.ts'
import { keyRingFrom, newSalt } from './passphrase.ts'
import { type MovedTable, movedTables } from './tables.ts'

/** First line of an export. */
export interface Header {
  format: 'qyzmet-ledger'
  version: 1
  /** Salt (base64) of the passphrase's key; absent: case keys stay wrapped by the installation's key. */
  salt?: string
}

/** Last line: without it, or with other counts or another digest, the export is not whole. */
export interface Footer {
  rows: Record<string, number>
  /** Hex SHA-256 of all lines before, each with its line feed. */
  sha256: string
}

export type Row = Record<string, unknown>

export interface ExportOptions {
  keyRing: KeyRing
  /** Wraps the case keys for another installation; without it the export can be imported only where the same installation key is. */
  passphrase?: string
}

const rowsAtOnce = 500
/** A chunk is 256 KiB: ten are enough in memory. */
const chunksAtOnce = 10

/**
 * The whole ledger as lines of JSON: header, `[table, row]` for each row, footer. One snapshot, so work may go on meanwhile.
 * Personal values and files stay sealed: what travels in plain is what the chains hold, and nothing that a destroyed key would have closed.
 */
export async function* exportLedger(database: Database, options: ExportOptions): AsyncGenerator<string> {
  const client = database.newClient()
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    yield* withFooter(lines(client, options))
    await client.query('commit')
  } finally {
    await client.end()
  }
}

async function* lines(client: pg.ClientBase, { keyRing, passphrase }: ExportOptions): AsyncGenerator<[string, Row] | Header> {
  const salt = newSalt()
  const outer = passphrase === undefined ? undefined : await keyRingFrom(passphrase, salt)
  yield { format: 'qyzmet-ledger', version: 1, ...(outer && { salt: salt.toString('base64') }) }
  for (const table of movedTables)
    for await (const row of rowsOf(client, table)) {
      if (outer && table.name === 'case_key' && row.wrapped !== null) await rewrap(row, keyRing, outer)
      yield [table.name, row]
    }
  for (const row of await selectWaitingEffects(client)) yield ['effect', row]
}

async function* withFooter(source: AsyncIterable<[string, Row] | Header>): AsyncGenerator<string> {
  const digest = createHash('sha256')
  const rows: Record<string, number> = {}
  for await (const item of source) {
    if (Array.isArray(item)) rows[item[0]] = (rows[item[0]] ?? 0) + 1
    const line = `${JSON.stringify(item)}\n`
    digest.update(line)
    yield line
  }
  const footer: Footer = { rows, sha256: digest.digest('hex') }
  yield `${JSON.stringify(footer)}\n`
}

/** Changes the row's `wrapped` (base64) from one key ring's wrapping to another's. */
export async function rewrap(row: Row, from: KeyRing, to: KeyRing): Promise<void> {
  const context = `${row.home}/${row.case_number}`
  const key = await from.unwrap(Buffer.from(String(row.wrapped), 'base64'), context)
  row.wrapped = (await to.wrap(key, context)).toString('base64')
}

async function* rowsOf(client: pg.ClientBase, table: MovedTable): AsyncGenerator<Row> {
  const limit = table.name === 'file_chunk' ? chunksAtOnce : rowsAtOnce
  const cursor = `export_${table.name}`
  await client.query(`declare ${cursor} no scroll cursor for ${selection(table)}`)
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`fetch ${limit} from ${cursor}`)
    for (const { row } of rows) yield JSON.parse(row) as Row // as: PostgreSQL's own JSON of a row
    if (rows.length < limit) break
  }
  await client.query(`close ${cursor}`)
}

/** PostgreSQL breaks base64 into lines of 76 characters; JSON needs none. */
function selection({ name, key, bytes }: MovedTable): string {
  const encoded = bytes.map((column) => `'${column}', translate(encode(t.${column}, 'base64'), e'\\n', '')`)
  return `select (to_jsonb(t) || jsonb_build_object(${encoded.join(', ')}))::text as row from ${name} as t order by ${key.join(', ')}`
}

async function selectWaitingEffects(client: pg.ClientBase): Promise<Row[]> {
  const { rows } = await client.query<Row>(
    `(select t.identifier as task, j.payload, j.key, j.run_at, j.attempts, j.max_attempts
      from graphile_worker._private_jobs as j
      join graphile_worker._private_tasks as t on t.id = j.task_id
      where j.attempts < j.max_attempts
      order by j.id)
     union all
     -- What the relay has not carried yet; the same key, if both have it, becomes one job.
     select task, payload, home || '/' || case_number || '/' || key, run_at, 0, 25 from outbox`,
  )
  return rows
}
