import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { floors } from '../../src/cli/floors.ts'
import { restoreBackup } from '../../src/ledger/backup/restore.ts'
import { writeBackup } from '../../src/ledger/backup/write.ts'
import { type Database, openDatabase } from '../../src/ledger/postgres/database.ts'
import { migrateFloor } from '../../src/ledger/postgres/migrate.ts'
import { openLedger } from '../../src/ledger/postgresLedger.ts'
import { verify } from '../../src/ledger/verify/verify.ts'
import { move } from './commands.ts'
import { contents } from './contents.ts'
import { dropDatabase, emptyDatabase, testKeyRing, withDatabase } from './database.ts'
import { hindrance15, startDebian15 } from './debian15.ts'
import { fill } from './filled.ts'
import { rowsOf } from './replay.ts'

const passphrase = 'қырық бес құлаш арқан'

async function versionOf(database: Database): Promise<number> {
  const { rows } = await database.pool.query(`select current_setting('server_version_num')::integer / 10000 as major`)
  return rows[0].major
}

it('a backup of the newest server comes into the oldest that is supported, works there, and comes back', async (test) => {
  const reason = hindrance15()
  if (reason !== null) return test.skip(reason)
  const root = mkdtempSync(join(tmpdir(), 'qyzmet-versions-'))
  const backup = async (database: Database, name: string) => {
    const where = { folder: join(root, name), keysFile: join(root, `${name}.keys`) }
    await writeBackup(database, { ...where, passphrase, keyRing: testKeyRing, floors, bytesPerSecond: null, now: '2026-11-26T08:00:00Z' })
    return where
  }
  const restore = (database: Database, where: { folder: string; keysFile: string }) =>
    restoreBackup(database, { ...where, passphrase, keyRing: testKeyRing, floors, folding: () => rowsOf })
  const old = await startDebian15()
  try {
    await withDatabase(async ({ ledger }) => {
      for (const floor of floors) await migrateFloor(ledger.database, floor)
      const { command } = await fill(ledger)
      const there = openDatabase({ url: old.urlOf('postgres') })
      expect(await versionOf(there)).toBe(15)
      await restore(there, await backup(ledger.database, 'from-newest'))
      expect(await contents(there)).toEqual(await contents(ledger.database))
      await there.close()
      const work = await openLedger({ url: old.urlOf('postgres'), keyRing: testKeyRing })
      expect(await work.append(move(command, 2, { views: {} }))).toMatchObject({ kind: 'appended', version: 3 })
      const url = await emptyDatabase()
      const back = openDatabase({ url })
      try {
        await restore(back, await backup(work.database, 'from-oldest'))
        expect(await versionOf(back)).toBeGreaterThan(15)
        expect(await verify(back, testKeyRing, { rowsOf })).toEqual({ cases: 2, events: 6, problems: [] })
      } finally {
        await back.close()
        await work.close()
        await dropDatabase(url)
      }
    })
  } finally {
    await old.stop()
    rmSync(root, { recursive: true })
  }
})
