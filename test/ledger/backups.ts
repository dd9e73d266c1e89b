import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { floors } from '../../src/cli/floors.ts'
import { restoreBackup } from '../../src/ledger/backup/restore.ts'
import { writeBackup } from '../../src/ledger/backup/write.ts'
import { keyRingOf } from '../../src/ledger/keys/keyRing.ts'
import { type Database, openDatabase } from '../../src/ledger/postgres/database.ts'
import { migrateFloor } from '../../src/ledger/postgres/migrate.ts'
import type { PostgresLedger } from '../../src/ledger/postgresLedger.ts'
import { dropDatabase, emptyDatabase, testKeyRing, withDatabase } from './database.ts'
import { fill } from './filled.ts'
import { rowsOf } from './replay.ts'

export const elsewhere = keyRingOf(Buffer.alloc(32, 'another installation'))
export const passphrase = 'қырық бес құлаш арқан'
export const root = mkdtempSync(join(tmpdir(), 'qyzmet-backup-'))
process.once('exit', () => rmSync(root, { recursive: true, force: true }))

let made = 0
export const newFolder = () => join(root, `b${++made}`)

export async function backup(database: Database, more: Partial<Parameters<typeof writeBackup>[1]> = {}) {
  const folder = newFolder()
  const keysFile = `${folder}.keys`
  const options = { folder, keysFile, passphrase, keyRing: testKeyRing, floors, bytesPerSecond: null, now: '2026-11-26T08:00:00Z' }
  return { folder, keysFile, manifest: await writeBackup(database, { ...options, ...more }) }
}

export const restore = (
  database: Database,
  where: { folder: string; keysFile: string },
  more: Partial<Parameters<typeof restoreBackup>[1]> = {},
) => restoreBackup(database, { ...where, passphrase, keyRing: elsewhere, floors, folding: () => rowsOf, ...more })

/** A database in which nothing was ever started. */
export async function withNew<T>(work: (database: Database, url: string) => Promise<T>): Promise<T> {
  const url = await emptyDatabase()
  const database = openDatabase({ url })
  try {
    return await work(database, url)
  } finally {
    await database.close()
    await dropDatabase(url)
  }
}

export async function withFilled<T>(work: (ledger: PostgresLedger, filled: Awaited<ReturnType<typeof fill>>) => Promise<T>): Promise<T> {
  return withDatabase(async ({ ledger }) => {
    for (const floor of floors) await migrateFloor(ledger.database, floor)
    return work(ledger, await fill(ledger))
  })
}
