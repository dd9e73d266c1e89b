import { randomUUID } from 'node:crypto'
import { lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { KeyRing } from '../keys/keyRing.ts'
import type { Database } from '../postgres/database.ts'
import { levelOf, type MigratedFloor, newestOf, UnfitDatabase } from '../postgres/migrate.ts'
import { newSalt } from '../transfer/passphrase.ts'
import { digestOf, flushFolder, type Pace, paceOf, writeCompressed } from './flow.ts'
import { keyLines, type Moving, sealedOf } from './keys.ts'
import { type BackedUpTable, fileOf, type Manifest, type ManifestContents, manifestName, sealManifest } from './manifest.ts'
import { keysOfPassphrase } from './passphrase.ts'
import { type CopiedTable, effectColumns, selectTables, waitingEffects } from './tables.ts'

export interface BackupOptions {
  /** Does not exist yet; it gets this name when everything in it is on the disk. */
  folder: string
  /** The file of keys, apart from the folder. Does not exist yet. */
  keysFile: string
  passphrase: string
  keyRing: KeyRing
  /** All floors whose tables lie in the database. */
  floors: readonly MigratedFloor[]
  /** Bytes a second that are read at most; null: as fast as the server gives them. */
  bytesPerSecond: number | null
  /** RFC 3339. */
  now: string
  /** Cuts it off; nothing is left behind. */
  signal?: AbortSignal
  /** Called once, with the number of the server's process that reads, before anything is read. */
  onReader?: (pid: number) => void
}

/** The keys in use open no case of this ledger: a backup under them would be worth nothing. */
export class KeysOfAnother extends Error {
  constructor() {
    super('The installation’s key opens none of the keys of the cases: this is the key of another installation (QYZMET_KEYS).')
    this.name = 'KeysOfAnother'
  }
}

/**
 * A logical copy of the whole database in one snapshot, by one connection, while work goes on.
 * Killed at any moment it leaves a folder `<name>.unfinished-…` without a manifest, which nothing takes for a backup. Throws EEXIST, KeysOfAnother.
 */
export async function writeBackup(database: Database, options: BackupOptions): Promise<Manifest> {
  const { folder, keysFile, signal } = options
  await refuseExisting(folder)
  await refuseExisting(keysFile)
  const mark = `unfinished-${randomUUID().slice(0, 8)}`
  const draft = { folder: `${folder}.${mark}`, keysFile: `${keysFile}.${mark}` }
  await mkdir(draft.folder, { mode: 0o700 })
  try {
    const manifest = await inSnapshot(database, (client) => copyEverything(client, options, draft))
    signal?.throwIfAborted()
    await writeFile(join(draft.folder, manifestName), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600, flag: 'wx', flush: true })
    await flushFolder(draft.folder)
    // The keys first: a folder that has its name has its keys beside it.
    await rename(draft.keysFile, keysFile)
    await flushFolder(dirname(keysFile))
    await rename(draft.folder, folder)
    await flushFolder(dirname(folder))
    return manifest
  } catch (cause) {
    await rm(draft.folder, { recursive: true, force: true })
    await rm(draft.keysFile, { force: true })
    throw cause
  }
}

async function refuseExisting(path: string): Promise<void> {
  const found = await lstat(path).catch(() => null)
  if (found !== null) throw Object.assign(new Error(`${path} exists and is not overwritten.`), { code: 'EEXIST', path })
}

async function inSnapshot<T>(database: Database, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = database.newClient()
  // Told to whoever waits for a statement; a connection that is lost between two of them tells the next one.
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    // One core at most, and never cut off for being slow on purpose.
    await client.query(
      `select set_config(name, '0', true) from unnest(array['max_parallel_workers_per_gather', 'statement_timeout', 'idle_in_transaction_session_timeout']) as name`,
    )
    await client.query(`set local datestyle = 'ISO'`)
    const value = await work(client)
    await client.query('commit')
    await client.end()
    return value
  } catch (cause) {
    cut(client)
    throw cause
  }
}

/** A connection in the middle of COPY does not hear a polite end before everything is read. */
function cut(client: pg.Client): void {
  const { connection } = client as unknown as { connection?: { stream?: { destroy(): void } } } // the driver's own socket, which its types do not tell of
  connection?.stream?.destroy()
}

async function copyEverything(
  client: pg.Client,
  { keyRing, passphrase, floors, bytesPerSecond, now, signal, onReader }: BackupOptions,
  draft: { folder: string; keysFile: string },
): Promise<Manifest> {
  const pace = paceOf(bytesPerSecond)
  const salt = newSalt()
  const secrets = await keysOfPassphrase(passphrase, salt)
  const { pid, server } = await selectServer(client)
  onReader?.(pid)
  const copy = (table: CopiedTable, query: string) => copyTable(client, draft.folder, table, query, pace, signal)
  const migrations = await levels(client, floors)
  const tables: BackedUpTable[] = []
  for (const table of await selectTables(client, floors)) tables.push(await copy(table, selection(table)))
  const said: ManifestContents = {
    format: 'qyzmet-backup',
    version: 2,
    madeAt: now,
    server,
    migrations,
    tables,
    effects: await copy({ name: 'effect', columns: effectColumns }, waitingEffects),
    heads: await headsOf(client),
    keys: await copyKeys(client, draft.keysFile, { from: keyRing, to: secrets.ring, sealed: sealedOf(floors) }, pace, signal),
    salt: salt.toString('base64'),
  }
  return sealManifest(said, secrets.macKey)
}

async function copyTable(
  client: pg.Client,
  folder: string,
  { name, columns }: CopiedTable,
  query: string,
  pace: Pace,
  signal?: AbortSignal,
): Promise<BackedUpTable> {
  const rows = client.query(copyTo(`copy (${query}) to stdout`))
  const written = await writeCompressed(join(folder, fileOf(name)), rows, pace, signal)
  return { table: name, columns, rows: rows.rowCount, ...written }
}

/** Read as it lies, without an order: sorting a table of ten million rows is work that writers would wait for. */
const selection = ({ name, columns }: CopiedTable) => `select ${columns.join(', ')} from ${name}`

async function copyKeys(
  client: pg.Client,
  path: string,
  moving: Moving,
  pace: Pace,
  signal?: AbortSignal,
): Promise<ManifestContents['keys']> {
  const { lines, count } = keyLines(client, moving)
  const written = await writeCompressed(path, Readable.from(lines, { objectMode: false, highWaterMark: 65_536 }), pace, signal)
  if (count.unopened > 0 && count.opened === 0) throw new KeysOfAnother()
  return { rows: count.rows, unopened: count.unopened, ...written }
}

/** Where every chain ends, by the rows that the snapshot sees. */
export async function headsOf(client: pg.ClientBase): Promise<Manifest['heads']> {
  const { rows } = await client.query<{ cases: number; events: number }>(
    'select count(*)::integer as cases, coalesce(sum(version), 0)::float8 as events from case_head',
  )
  const lines = client.query(copyTo('copy (select home, number, version, head from case_head order by home, number) to stdout'))
  return { cases: rows[0]?.cases ?? 0, events: rows[0]?.events ?? 0, sha256: await digestOf(lines) }
}

async function levels(client: pg.ClientBase, floors: readonly MigratedFloor[]): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const floor of floors) {
    const level = await levelOf(client, floor)
    // Tables that this release does not know may hold what no backup may.
    if (level > newestOf(floor)) throw new UnfitDatabase('newer', `${floor.name} ${level}`.trim())
    found[floor.name] = level
  }
  return found
}

async function selectServer(client: pg.ClientBase): Promise<{ pid: number; server: string }> {
  const { rows } = await client.query<{ pid: number; server: string }>(
    `select pg_backend_pid() as pid, current_setting('server_version') as server`,
  )
  return rows[0] ?? { pid: 0, server: '' }
}
