import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runMigrations } from 'graphile-worker'
import type pg from 'pg'
import { keepDiverted } from '../effects/relay.ts'
import type { SealedColumn } from '../keys/sealedColumns.ts'
import { viewNames } from '../views/rows.ts'
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
  /** Tables of this floor that a backup leaves out, each with the reason. Every other table of the database is in it, named here or not. */
  readonly leftOut: Readonly<Record<string, string>>
  /** Secrets of this floor under the installation's key. */
  readonly sealed?: readonly SealedColumn[]
}

export const ledgerTables: MigratedFloor = {
  name: '',
  folder: new URL('../migrations/', import.meta.url),
  lock: 7_198_000_001,
  leftOut: {
    ...Object.fromEntries(
      viewNames.map((view) => [view, 'derived: a restore builds it anew from the events; it holds personal values in plain']),
    ),
    kept_day: 'derived: reckoned anew from the terms when somebody asks',
    case_key: 'goes apart, under the passphrase',
    saved_form: 'what somebody typed and did not send: kept for days, sealed, theirs alone',
  },
}

/** Brings the ledger's tables to this release's state. Throws UnfitDatabase. */
export async function migrate(database: Database): Promise<void> {
  await prepareDatabase(database)
  await migrateFloor(database, ledgerTables)
  await database.withClient(keepDiverted)
}

/** What must be there before any table of ours: a fit server, and graphile-worker's own schema, to which the ledger's functions refer. */
export async function prepareDatabase(database: Database): Promise<void> {
  await database.withClient(async (client) => {
    await refuseUnfit(client)
    await refuseNewer(client, ledgerTables)
  })
  await withFloorLock(database, ledgerTables, () => runMigrations({ pgPool: database.pool, logger: silent }))
}

/**
 * Brings the tables of a floor to this release's state, or only up to the migration `upTo`. Each migration is one transaction: cut off in its
 * middle, it has not been.
 */
export async function migrateFloor(database: Database, floor: MigratedFloor, upTo = Number.POSITIVE_INFINITY): Promise<void> {
  await withFloorLock(database, floor, async (client) => {
    for (const migration of await missing(client, floor)) {
      if (migration.number <= upTo) await inTransaction(client, () => apply(client, floor, migration))
    }
  })
}

/** The same within the caller's transaction: all of it, or nothing. */
export async function migrateWithin(client: pg.ClientBase, floor: MigratedFloor): Promise<void> {
  for (const migration of await missing(client, floor)) await apply(client, floor, migration)
}

/** The newest migration that the database has of this floor; 0: none, and no tables. */
export async function levelOf(client: pg.ClientBase, floor: MigratedFloor): Promise<number> {
  const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [`public.${counterOf(floor)}`])
  return rows[0]?.there ? Math.max(0, ...(await applied(client, floor))) : 0
}

/** The newest migration that this release knows. */
export const newestOf = (floor: MigratedFloor): number => migrations(floor.folder).length

/** The table that counts what was applied. */
export const counterOf = ({ name }: MigratedFloor): string => (name === '' ? 'migration' : `${name}_migration`)

async function withFloorLock(database: Database, { lock }: MigratedFloor, work: (client: pg.ClientBase) => Promise<void>): Promise<void> {
  await database.withClient(async (client) => {
    await client.query('select pg_advisory_lock($1)', [lock])
    try {
      await work(client)
    } finally {
      await client.query('select pg_advisory_unlock($1)', [lock])
    }
  })
}

/** Floors whose tables are not in this release's state: behind it, or ahead because a newer release has migrated them meanwhile. */
export async function floorsApart(watching: Pick<WatchConnection, 'query'>, floors: readonly MigratedFloor[]): Promise<string[]> {
  const each = floors.map((floor) => `select '${floor.name}' as name, (select coalesce(max(number), 0) from ${counterOf(floor)}) as newest`)
  const found = await watching.query<{ name: string; newest: number }>({ name: 'floors_apart', text: each.join(' union all ') })
  const newest = new Map(found.map((row) => [row.name, row.newest]))
  return floors.filter(({ name, folder }) => newest.get(name) !== migrations(folder).length).map(({ name }) => name || 'ledger')
}

async function missing(client: pg.ClientBase, floor: MigratedFloor): Promise<Migration[]> {
  await client.query(
    `create table if not exists ${counterOf(floor)} (number integer primary key, applied_at timestamptz not null default now())`,
  )
  await refuseNewer(client, floor)
  const there = await applied(client, floor)
  return migrations(floor.folder).filter(({ number }) => !there.has(number))
}

async function refuseNewer(client: pg.ClientBase, floor: MigratedFloor): Promise<void> {
  const level = await levelOf(client, floor)
  if (level > newestOf(floor)) throw new UnfitDatabase('newer', `${floor.name} ${level}`.trim())
}

async function applied(client: pg.ClientBase, floor: MigratedFloor): Promise<Set<number>> {
  const { rows } = await client.query<{ number: number }>(`select number from ${counterOf(floor)} order by number`)
  return new Set(rows.map((row) => row.number))
}

async function apply(client: pg.ClientBase, floor: MigratedFloor, { number, sql }: Migration): Promise<void> {
  await client.query(`insert into ${counterOf(floor)} (number) values ($1)`, [number])
  await client.query(sql)
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
