import { cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { floors } from '../../src/cli/floors.ts'
import { compareWithBackup } from '../../src/ledger/backup/against.ts'
import { openManifest, readManifest } from '../../src/ledger/backup/check.ts'
import { type ManifestContents, sealManifest } from '../../src/ledger/backup/manifest.ts'
import { runEffects } from '../../src/ledger/effects/runEffects.ts'
import type { Database } from '../../src/ledger/postgres/database.ts'
import { openDatabase } from '../../src/ledger/postgres/database.ts'
import { openLedger } from '../../src/ledger/postgresLedger.ts'
import { verify } from '../../src/ledger/verify/verify.ts'
import { backup, elsewhere, newFolder, passphrase, restore, root, withFilled, withNew } from './backups.ts'
import { move } from './commands.ts'
import { contents } from './contents.ts'
import { dropDatabase, emptyDatabase, testKeyRing } from './database.ts'
import { openReplayable, rowsOf } from './replay.ts'

const isUntouched = async (database: Database) =>
  expect(Object.entries(await contents(database)).filter(([name, rows]) => name !== 'people_version' && rows.length > 0)).toEqual([])

/** Puts one sealed by the right passphrase in the place of the manifest. */
async function reseal(where: { folder: string }, bend: (said: ManifestContents) => ManifestContents): Promise<void> {
  const manifest = await readManifest(where.folder)
  const { macKey } = await openManifest(manifest, passphrase)
  const { sha256: _sha256, mac: _mac, ...said } = manifest
  writeFileSync(join(where.folder, 'manifest.json'), JSON.stringify(sealManifest(bend(said), macKey)))
}

describe('a backup', () => {
  it('comes back whole into another installation: every table, the views by replay, effects once, and work goes on', () =>
    withFilled(async (ledger, { command, scan }) => {
      await ledger.database.pool.query(
        `insert into people_event (at, by, kind, subject, data) values (now(), '{}', 'signedIn', 'u1', '{"login": "tab\\there, line\\nthere \\\\"}')`,
      )
      const where = await backup(ledger.database)
      expect(where.manifest.heads).toMatchObject({ cases: 2, events: 5 })
      await withNew(async (database, url) => {
        await restore(database, where)
        expect(await contents(database)).toEqual(await contents(ledger.database))
        expect(await verify(database, elsewhere, { rowsOf })).toEqual({ cases: 2, events: 5, problems: [] })
        const { rows } = await database.pool.query(
          `insert into people_event (at, by, kind, subject, data) values (now(), '{}', 'x', 'u1', '{}') returning id`,
        )
        expect(rows[0].id).toBe(2)
        const other = await openLedger({ url, keyRing: elsewhere })
        try {
          expect(await other.load(7, command.case)).toEqual(await ledger.load(7, command.case))
          expect(await other.files.get(7, command.case, scan)).toEqual(Buffer.alloc(600_000, 'scan'))
          expect(await other.append(command)).toMatchObject({ kind: 'repeated' })
          expect(await other.append(move(command, 2))).toMatchObject({ kind: 'appended', version: 3 })
          const done: unknown[] = []
          const running = await runEffects(database, { notify: async ({ payload }) => void done.push(payload) })
          await expect.poll(() => done, { timeout: 15_000 }).toEqual(['once'])
          await running.stop()
        } finally {
          await other.close()
        }
      })
    }))

  it('has every table of the database, also one that nobody named, but those that a floor leaves out with a reason', () =>
    withFilled(async (ledger) => {
      await ledger.database.pool.query(`create table of_a_later_release (a integer); insert into of_a_later_release values (1)`)
      const { manifest } = await backup(ledger.database)
      const all = Object.keys(await contents(ledger.database))
      const taken = manifest.tables.map(({ table }) => table)
      expect(taken).toContain('of_a_later_release')
      const left = all.filter((name) => !taken.includes(name)).sort()
      // Whoever adds a name here says in the floor why a backup may do without the table.
      expect(left).toEqual([
        'case_key',
        'case_view',
        'consent_token',
        'custody_item',
        'due',
        'exchange_settled',
        'form_owner',
        'kept_day',
        'message_seen',
        'saved_form',
        'search_key',
        'service_breaker',
        'session',
        'sign_in_failure',
        'used_challenge',
        'work_item',
        'wrong_code',
      ])
      expect(floors.flatMap((floor) => Object.keys(floor.leftOut)).sort()).toEqual(left)
    }))

  it('holds no personal value and no key in plain', () =>
    withFilled(async (ledger) => {
      const where = await backup(ledger.database)
      const { zstdDecompressSync } = await import('node:zlib')
      const files = [
        where.keysFile,
        ...readdirSync(where.folder)
          .filter((f) => f.endsWith('.zst'))
          .map((f) => join(where.folder, f)),
      ]
      const text = files.map((file) => zstdDecompressSync(readFileSync(file)).toString()).join('\n')
      expect(text).toContain('opened')
      expect(text).not.toMatch(/Айгүл|Сейтқали|900101400017/)
    }))

  it('is one moment, though cases move and are opened while it is made', () =>
    withFilled(async (ledger, { command }) => {
      let moving = true
      let version = 2
      const writing = (async () => {
        while (moving) {
          await ledger.append(move(command, version++))
          await ledger.append(openReplayable())
        }
      })()
      // 1.2 MB of scan in hex: about a second.
      const where = await backup(ledger.database, { bytesPerSecond: 1_000_000 })
      moving = false
      await writing
      expect(version).toBeGreaterThan(5)
      await withNew(async (database) => {
        await restore(database, where)
        const found = await verify(database, elsewhere, { rowsOf: (events) => rowsOf(events.slice(0, 2)) })
        expect(found.problems.filter(({ kind }) => kind !== 'view')).toEqual([])
        expect({ cases: found.cases, events: found.events }).toEqual({
          cases: where.manifest.heads.cases,
          events: where.manifest.heads.events,
        })
      })
      expect(await compareWithBackup(ledger.database, where.folder, passphrase)).toMatchObject({ problems: [] })
    }))

  it('that is cut off in the making leaves nothing behind', () =>
    withFilled(async (ledger) => {
      const before = readdirSync(root)
      const stopping = new AbortController()
      setTimeout(() => stopping.abort(), 300)
      await expect(backup(ledger.database, { bytesPerSecond: 100_000, signal: stopping.signal })).rejects.toThrow()
      expect(readdirSync(root)).toEqual(before)
      await expect.poll(async () => (await readers(ledger.database)).length).toBe(0)
    }))

  it('writes over nothing', () =>
    withFilled(async (ledger) => {
      const where = await backup(ledger.database)
      await expect(backup(ledger.database, { folder: where.folder })).rejects.toMatchObject({ code: 'EEXIST' })
      await expect(backup(ledger.database, { keysFile: where.keysFile })).rejects.toMatchObject({ code: 'EEXIST' })
    }))

  it('takes a bent key along and counts it; of keys that another installation wrapped it makes none', () =>
    withFilled(async (ledger) => {
      await ledger.append(openReplayable())
      await ledger.database.pool.query(
        `update case_key set wrapped = '\\x00' where case_number = (select min(case_number) from case_key where wrapped is not null)`,
      )
      const where = await backup(ledger.database)
      expect(where.manifest.keys).toMatchObject({ rows: 3, unopened: 1 })
      await withNew(async (database) => {
        await restore(database, where)
        const there = await verify(ledger.database, testKeyRing, { rowsOf })
        const here = await verify(database, elsewhere, { rowsOf })
        const inChain = ({ problems }: typeof here) => problems.filter(({ kind }) => kind !== 'view')
        expect(inChain(here).map(({ kind }) => kind)).toContain('personal')
        expect(inChain(here)).toEqual(inChain(there))
      })
      await expect(backup(ledger.database, { keyRing: elsewhere })).rejects.toMatchObject({ name: 'KeysOfAnother' })
    }))
})

async function readers(database: Database) {
  const { rows } = await database.pool.query(`select from pg_stat_activity where query like 'copy (%' and datname = current_database()`)
  return rows
}

describe('a restore is refused, and leaves nothing,', () => {
  let whole: { folder: string; keysFile: string }
  let url = ''
  let fresh: Database
  beforeAll(async () => {
    whole = await withFilled((ledger) => backup(ledger.database))
    url = await emptyDatabase()
    fresh = openDatabase({ url })
  })
  afterAll(async () => {
    await fresh.close()
    await dropDatabase(url)
  })
  const copied = () => {
    const folder = newFolder()
    cpSync(whole.folder, folder, { recursive: true })
    cpSync(whole.keysFile, `${folder}.keys`)
    return { folder, keysFile: `${folder}.keys` }
  }

  const cut = (name: string) => (where: { folder: string }) => truncateSync(join(where.folder, name), 100)
  const flip = (path: string) => {
    const bytes = readFileSync(path)
    const at = Math.floor(bytes.length / 2)
    bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(path, bytes)
  }
  it.each<[string, (where: { folder: string; keysFile: string }) => unknown, string, RegExp]>([
    [
      'when a file was cut off',
      cut('event.copy.zst'),
      'notWhole',
      /event\.copy\.zst: expected \d+ bytes with SHA-256 \w{64}, found 100 bytes/,
    ],
    [
      'when one bit is another',
      ({ folder }) => flip(join(folder, 'file_chunk.copy.zst')),
      'notWhole',
      /file_chunk\.copy\.zst: expected .* found/,
    ],
    [
      'when a file is gone',
      ({ folder }) => rmSync(join(folder, 'personal.copy.zst')),
      'notWhole',
      /personal\.copy\.zst: .* found no readable file/,
    ],
    ['when the keys are gone', ({ keysFile }) => rmSync(keysFile), 'notWhole', /\.keys: .* found no readable file/],
    ['when the keys were altered', ({ keysFile }) => flip(keysFile), 'notWhole', /\.keys: expected/],
    ['without a manifest', ({ folder }) => rmSync(join(folder, 'manifest.json')), 'notWhole', /no finished backup/],
    [
      'when the manifest was edited',
      ({ folder }) => {
        const path = join(folder, 'manifest.json')
        writeFileSync(path, readFileSync(path, 'utf8').replace('"cases": 2', '"cases": 3'))
      },
      'notWhole',
      /manifest\.json was altered: expected SHA-256 \w{64}, found \w{64}/,
    ],
    [
      'of another form',
      ({ folder }) => writeFileSync(join(folder, 'manifest.json'), '{"format":"qyzmet-backup","version":3}'),
      'format',
      /is of version 3/,
    ],
    [
      'of a newer release',
      (where) => reseal(where, (said) => ({ ...said, migrations: { ...said.migrations, people: 999 } })),
      'newer',
      /people 999/,
    ],
    [
      'of a floor that this release has not',
      (where) => reseal(where, (said) => ({ ...said, migrations: { ...said.migrations, moon: 1 } })),
      'newer',
      /moon 1/,
    ],
    [
      'when rows are fewer than the manifest says',
      (where) => reseal(where, (said) => ({ ...said, tables: said.tables.map((t) => (t.table === 'work_look' ? { ...t, rows: 5 } : t)) })),
      'notWhole',
      /work_look\.copy\.zst: expected 5 rows, found 0/,
    ],
    [
      'when the last table does not fit',
      (where) =>
        reseal(where, (said) => ({ ...said, tables: said.tables.map((t) => (t.table === 'setting' ? { ...t, columns: ['name'] } : t)) })),
      'format',
      /setting\.copy\.zst do not fit/,
    ],
    [
      'when the chains end elsewhere',
      (where) => reseal(where, (said) => ({ ...said, heads: { ...said.heads, sha256: '0'.repeat(64) } })),
      'notWhole',
      /ends of the chains are others: expected 2 cases, 5 events, SHA-256 0{64}/,
    ],
  ])('%s', async (_, bend, code, words) => {
    const where = copied()
    await bend(where)
    await expect(restore(fresh, where)).rejects.toMatchObject({ name: 'ImportRefused', code, message: expect.stringMatching(words) })
    await isUntouched(fresh)
  })

  it('with another passphrase, into a database of a newer release; and the same database takes one that is whole, once', async () => {
    await expect(restore(fresh, whole, { passphrase: 'басқа құпиясөз тіркесі' })).rejects.toMatchObject({ code: 'passphrase' })
    const older = copied()
    await reseal(older, (said) => ({ ...said, migrations: { ...said.migrations, '': 4 } }))
    await expect(restore(fresh, older)).rejects.toMatchObject({
      code: 'notEmpty',
      message: expect.stringContaining('nothing was ever started'),
    })
    await isUntouched(fresh)
    await restore(fresh, whole)
    expect(await verify(fresh, elsewhere, { rowsOf })).toEqual({ cases: 2, events: 5, problems: [] })
    await expect(restore(fresh, whole)).rejects.toMatchObject({ code: 'notEmpty', message: expect.stringContaining('case_head') })
  })
})
