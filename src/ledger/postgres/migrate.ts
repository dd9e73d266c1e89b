import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runMigrations } from 'graphile-worker'
import type pg from 'pg'
import { type Database, inTransaction } from './database.ts'
import { silent } from './silent.ts'
import type { WatchConnection } from './watchConnection.ts'

/** The database cannot be used as it is: `version` the server is older than 15; `encoding` it is not UTF8; `newer` a newer release has written to it. */
export class UnfitDatabase extends Error {
  readonly code: 'version' | 'encoding' | 'newer'
  readonly found: string

  constructor(code: 'version' | 'encoding' | 'newer', found: string) {
    const remedy = {
      version: `The server is PostgreSQL ${found}; 15 to 18 are needed.`,
      encoding: `The database's encoding is ${found}: create it with encoding 'UTF8'.`,
      newer: `The database has migration ${found}, which this release does not know: start the newer release.`,
    }
    super(remedy[code])
    this.name = 'UnfitDatabase'
    this.code = code
    this.found = found
  }
}

interface Migration {
  number: number
  sql: string
}

/** Tables of one floor: numbered files of SQL, forward only, apart from those of other floors since none refers to another's. */
export interface MigratedFloor {
  /** `''` for the ledger itself; names the table that counts what was applied. */
  readonly name: string
  readonly folder: URL
  /** Any number: the name of an advisory lock, so that servers that start together migrate one after another. */
  readonly lock: number
}

export const ledgerTables: MigratedFloor = { name: '', folder: new URL('../migrations/', import.meta.url), lock: 7_198_000_001 }

/** Brings the ledger's tables to this release's state. Throws UnfitDatabase. */
export async function migrate(database: Database): Promise<void> {
  await database.withClient(refuseUnfit)
  await migrateFloor(database, ledgerTables, () => runMigrations({ pgPool: database.pool, logger: silent }))
}

/** Brings the tables of a floor to this release's state. Each migration is one transaction. */
export async function migrateFloor(database: Database, { name, folder, lock }: MigratedFloor, before?: () => Promise<void>): Promise<void> {
  const table = tableOf(name)
  await database.withClient(async (client) => {
    await client.query('select pg_advisory_lock($1)', [lock])
    try {
      await before?.()
      await client.query(`create table if not exists ${table} (number integer primary key, applied_at timestamptz not null default now())`)
      await applyMissing(client, table, name, migrations(folder))
    } finally {
      await client.query('select pg_advisory_unlock($1)', [lock])
    }
  })
}

const tableOf = (name: string): string => (name === '' ? 'migration' : `${name}_migration`)

/** Floors whose tables are not in this release's state: behind it, or ahead because a newer release has migrated them meanwhile. */
export async function floorsApart(watching: Pick<WatchConnection, 'query'>, floors: readonly MigratedFloor[]): Promise<string[]> {
  const each = floors.map(({ name }) => `select '${name}' as name, (select coalesce(max(number), 0) from ${tableOf(name)}) as newest`)
  const found = await watching.query<{ name: string; newest: number }>({ name: 'floors_apart', text: each.join(' union all ') })
  const newest = new Map(found.map((row) => [row.name, row.newest]))
  return floors.filter(({ name, folder }) => newest.get(name) !== migrations(folder).length).map(({ name }) => name || 'ledger')
}

async function applyMissing(client: pg.ClientBase, table: string, name: string, known: Migration[]): Promise<void> {
  const { rows } = await client.query<{ number: number }>(`select number from ${table} order by number`)
  const applied = new Set(rows.map((row) => row.number))
  const newest = Math.max(0, ...applied)
  if (newest > known.length) throw new UnfitDatabase('newer', `${name} ${newest}`.trim())
  for (const { number, sql } of known.filter((migration) => !applied.has(migration.number))) {
    await inTransaction(client, async () => {
      await client.query(`insert into ${table} (number) values ($1)`, [number])
      await client.query(sql)
    })
  }
}

function migrations(folder: URL): Migration[] {
  return readdirSync(fileURLToPath(folder))
    .filter((name) => /^\d{6}\.sql$/.test(name))
    .sort()
    .map((name) => ({ number: Number.parseInt(name, 10), sql: readFileSync(new URL(name, folder), 'utf8') }))
}

async function refuseUnfit(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ version: number; encoding: string }>(
    `select current_setting('server_version_num')::integer as version, current_setting('server_encoding') as encoding`,
  )
  const [found] = rows
  if (found === undefined) throw new Error('The server did not tell its settings.')
  if (found.version < 150_000) throw new UnfitDatabase('version', String(Math.trunc(found.version / 10_000)))
  if (found.encoding !== 'UTF8') throw new UnfitDatabase('encoding', found.encoding)
}
