import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { KeyRing } from '../keys/keyRing.ts'
import type { StoredEvent } from '../ledger.ts'
import { type Database, inTransaction } from '../postgres/database.ts'
import { levelOf, type MigratedFloor, migrateFloor, migrateWithin, newestOf, prepareDatabase } from '../postgres/migrate.ts'
import { ImportRefused } from '../transfer/import.ts'
import { foldAll, viewsAreFresh } from '../views/fold.ts'
import type { Views } from '../views/rows.ts'
import { checkFiles, openManifest, readManifest } from './check.ts'
import { readCompressed } from './flow.ts'
import { type Moving, sealedOf, writeKeys } from './keys.ts'
import { linesOf } from './lines.ts'
import { type BackedUpTable, fileOf, type Manifest } from './manifest.ts'
import type { PassphraseKeys } from './passphrase.ts'
import { deleteMadeRows, filledTable, moveSequences } from './tables.ts'
import { headsOf } from './write.ts'

export interface RestoreOptions {
  folder: string
  keysFile: string
  passphrase: string
  /** Of the installation that gets it: the keys of cases are wrapped anew. */
  keyRing: KeyRing
  /** The same as for `writeBackup`. */
  floors: readonly MigratedFloor[]
  /** How views are folded, given the texts of the law that the backup brought, by SHA-256. */
  folding: (texts: Map<string, string>) => (events: StoredEvent[]) => Views
}

/**
 * A backup into a new database, all or nothing. Every file is read through before the first row is written; the tables are those of the
 * backup's release, filled, then brought to this release's state, then the views are folded, in one transaction. Throws ImportRefused, UnfitDatabase.
 */
export async function restoreBackup(database: Database, options: RestoreOptions): Promise<Manifest> {
  const { folder, keysFile, passphrase, floors } = options
  const manifest = await readManifest(folder)
  const secrets = await openManifest(manifest, passphrase)
  await checkFiles(manifest, folder, keysFile)
  await prepareTables(database, manifest, floors)
  await database.withClient((client) => inTransaction(client, () => fill(client, manifest, secrets, options)))
  // What the planner knows of the tables does not travel: without it the first hours would be slow.
  await database.withClient((client) => client.query('analyze'))
  return manifest
}

/** Empty tables of the release that made the backup. */
async function prepareTables(database: Database, { migrations }: Manifest, floors: readonly MigratedFloor[]): Promise<void> {
  const unknown = Object.entries(migrations).find(([name, level]) => level > newest(floors, name))
  if (unknown) {
    const [name, level] = unknown
    throw new ImportRefused(
      'newer',
      `The backup has migration ${`${name} ${level}`.trim()}, which this release does not know: use the release that made it, or a newer one.`,
    )
  }
  await prepareDatabase(database)
  for (const floor of floors) {
    const level = migrations[floor.name] ?? 0
    const there = await database.withClient((client) => levelOf(client, floor))
    if (there > level)
      throw new ImportRefused(
        'notEmpty',
        `The database already has tables of a newer release (migration ${`${floor.name} ${there}`.trim()}; the backup: ${level}): restore into a database in which nothing was ever started.`,
      )
    await migrateFloor(database, floor, level)
  }
}

const newest = (floors: readonly MigratedFloor[], name: string): number => {
  const floor = floors.find((one) => one.name === name)
  return floor ? newestOf(floor) : -1
}

async function fill(
  client: pg.ClientBase,
  manifest: Manifest,
  secrets: PassphraseKeys,
  { folder, keysFile, keyRing, floors, folding }: RestoreOptions,
): Promise<void> {
  // A server that is started on it meanwhile waits here, and finds everything.
  await client.query('lock table setting, case_head, law_version in exclusive mode')
  const filled = await filledTable(client, floors)
  if (filled !== null)
    throw new ImportRefused('notEmpty', `The database is in use, the table ${filled} has rows: restore into an empty one.`)
  await deleteMadeRows(
    client,
    manifest.tables.map(({ table }) => table),
  )
  for (const table of manifest.tables) await fillTable(client, folder, table, table.table)
  await fillKeys(client, manifest, keysFile, { from: secrets.ring, to: keyRing, sealed: sealedOf(floors) })
  await refuseOtherHeads(client, manifest)
  await moveSequences(client)
  await fillEffects(client, folder, manifest.effects)
  for (const floor of floors) await migrateWithin(client, floor)
  // The fold finds events by their keys; of tables just filled the planner knows nothing, and would read them whole for each page.
  await client.query('analyze case_head, case_key, event, personal')
  await foldAll(client, folding(await selectTexts(client)), async (wrapped, context) => {
    try {
      return await keyRing.unwrap(wrapped, context)
    } catch {
      // It did not open where the backup was made either; `verify` names the case.
      return null
    }
  })
  await viewsAreFresh(client)
}

async function fillTable(client: pg.ClientBase, folder: string, { table, columns, rows }: BackedUpTable, into: string): Promise<void> {
  const sink = client.query(copyFrom(`copy ${into} (${columns.join(', ')}) from stdin`))
  try {
    await pipeline([...readCompressed(join(folder, fileOf(table))), sink])
  } catch (cause) {
    if (!(cause instanceof pg.DatabaseError)) throw cause
    throw new ImportRefused('format', `The rows of ${fileOf(table)} do not fit into the table ${into}: ${cause.message}.`, cause)
  }
  if (sink.rowCount !== rows) throw new ImportRefused('notWhole', `${fileOf(table)}: expected ${rows} rows, found ${sink.rowCount}.`)
}

async function fillKeys(client: pg.ClientBase, { keys }: Manifest, path: string, moving: Moving): Promise<void> {
  const written = await writeKeys(client, linesOf(path), moving)
  if (written !== keys.rows) throw new ImportRefused('notWhole', `${path}: expected ${keys.rows} rows, found ${written}.`)
}

async function refuseOtherHeads(client: pg.ClientBase, { heads }: Manifest): Promise<void> {
  const found = await headsOf(client)
  if (found.sha256 === heads.sha256) return
  const told = ({ cases, events, sha256 }: Manifest['heads']) => `${cases} cases, ${events} events, SHA-256 ${sha256}`
  throw new ImportRefused('notWhole', `The ends of the chains are others: expected ${told(heads)}, found ${told(found)}.`)
}

const jobsAtOnce = 5_000

/** graphile-worker's tables have a shape of their own in each of its releases: its function fills them. */
async function fillEffects(client: pg.ClientBase, folder: string, effects: BackedUpTable): Promise<void> {
  if (effects.rows === 0) return
  await client.query(
    `create temporary table restored_effect (task text, payload json, key text, run_at timestamptz, max_attempts smallint, n bigint) on commit drop`,
  )
  await fillTable(client, folder, effects, 'restored_effect')
  for (let from = 0; from < effects.rows; from += jobsAtOnce)
    await client.query(
      `select graphile_worker.add_jobs(array_agg(
         (task, payload, null, run_at, max_attempts, key, null, null)::graphile_worker.job_spec order by n))
       from restored_effect where n > $1 and n <= $2`,
      [from, from + jobsAtOnce],
    )
}

async function selectTexts(client: pg.ClientBase): Promise<Map<string, string>> {
  const { rows } = await client.query<{ sha256: string; text: string }>(`select encode(sha256, 'hex') as sha256, text from law_file`)
  return new Map(rows.map(({ sha256, text }) => [sha256, text]))
}
