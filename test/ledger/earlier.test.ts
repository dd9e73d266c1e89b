import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { floors } from '../../src/cli/floors.ts'
import { readLawFiles } from '../../src/desk/lawFiles.ts'
import { openStatutes } from '../../src/desk/statutes.ts'
import { viewsOfEvents } from '../../src/desk/views.ts'
import { compareWithBackup } from '../../src/ledger/backup/against.ts'
import { restoreBackup } from '../../src/ledger/backup/restore.ts'
import { writeBackup } from '../../src/ledger/backup/write.ts'
import { lawTexts } from '../../src/ledger/law.ts'
import { type Database, openDatabase } from '../../src/ledger/postgres/database.ts'
import { describeSchema } from '../../src/ledger/postgres/describeSchema.ts'
import { ledgerTables, levelOf, migrate, migrateFloor, newestOf } from '../../src/ledger/postgres/migrate.ts'
import { verify } from '../../src/ledger/verify/verify.ts'
import { rebuildStaleViews } from '../../src/ledger/views/rebuild.ts'
import { openOffice } from '../desk/office.ts'
import { contents } from './contents.ts'
import { dropDatabase, emptyDatabase, newDatabase, testKeyRing } from './database.ts'

const folder = new URL('../samples/ledgers/', import.meta.url)
const samples = readdirSync(folder).filter((name) => name.endsWith('.sql.gz'))
const passphrase = 'қырық бес құлаш арқан'
const root = mkdtempSync(join(tmpdir(), 'qyzmet-earlier-'))
afterAll(() => rmSync(root, { recursive: true }))

async function withEarlier<T>(sample: string, work: (database: Database, url: string) => Promise<T>): Promise<T> {
  const url = await emptyDatabase()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(gunzipSync(readFileSync(new URL(sample, folder))).toString())
  await client.end()
  const database = openDatabase({ url })
  try {
    return await work(database, url)
  } finally {
    await database.close()
    await dropDatabase(url)
  }
}

async function lawOfToday(database: Database) {
  const statutes = openStatutes(
    await readLawFiles('regulations'),
    () => undefined,
    async (sha256) => ({ path: '', sha256, text: (await lawTexts(database)).get(sha256) ?? '' }),
  )
  return { statutes, folding: async () => viewsOfEvents(statutes, await lawTexts(database)) }
}

async function migrateAll(database: Database): Promise<void> {
  await migrate(database)
  for (const floor of floors) await migrateFloor(database, floor)
}

const count = async (database: Database, text: string) =>
  Number((await database.pool.query<{ n: string }>(`select count(*) as n ${text}`)).rows[0]?.n)

describe.each(samples)('a ledger of an earlier release, %s,', (sample) => {
  it('is migrated, its views are folded anew, it verifies, and its cases go on', () =>
    withEarlier(sample, async (database, url) => {
      const cases = await count(database, 'from case_head')
      const events = await count(database, 'from event')
      expect(await count(database, `from (select distinct regulation from case_view) as r where regulation ~ 'teacher-attestation'`)).toBe(
        2,
      )
      await migrateAll(database)
      const { statutes, folding } = await lawOfToday(database)
      expect(await rebuildStaleViews(database, testKeyRing, folding)).toBe(cases)
      const rowsOf = await folding()
      expect(await verify(database, testKeyRing, { rowsOf })).toEqual({ cases, events, problems: [] })

      const office = await openOffice({ url, corrects: 'the text of the release' })
      try {
        const { rows: work } = await database.pool.query<Record<string, string>>(
          `select i.case_number as number, i.role, i.organisation, i.unit, i.assignee, c.regulation, c.doc ->> 'sha256' as sha256
           from work_item as i join case_view as c using (home, case_number)
           where not (i.doc @> '{"awaiting": true}') and i.role <> 'system' order by 1`,
        )
        const moved: string[] = []
        office.office.at('2019-10-15T10:00:00+06:00')
        for (const { number = '', role = '', organisation = '', unit, assignee, regulation = '', sha256 } of work) {
          const region = regulation.startsWith('almaty') ? ('almaty' as const) : ('aktobe' as const)
          const actor = { kind: 'staff' as const, id: assignee ?? role, role, organisation, ...(unit ? { unit } : {}) }
          const outcome = await office.office.go(number, {}, { who: { region, actor } })
          expect([number, outcome.kind === 'refused' ? outcome.refusal : outcome.kind]).toEqual([number, 'done'])
          // Under the text that it was begun under, whatever the files say today.
          expect((await office.office.file(number)).bound.law.sha256.regulation).toBe(sha256)
          moved.push(region)
        }
        expect(new Set(moved)).toEqual(new Set(['almaty', 'aktobe']))
        const after = await verify(database, testKeyRing, { rowsOf: viewsOfEvents(statutes, await lawTexts(database)) })
        expect(after.problems).toEqual([])
        expect(after.events).toBeGreaterThan(events)
      } finally {
        await office.close()
      }
    }))

  it('is backed up as it lies; the backup is restored by this release as a migrated ledger is', () =>
    withEarlier(sample, async (database) => {
      const where = { folder: join(root, sample), keysFile: join(root, `${sample}.keys`) }
      const making = { ...where, passphrase, keyRing: testKeyRing, floors, bytesPerSecond: null, now: '2026-11-26T08:00:00Z' }
      const { migrations } = await writeBackup(database, making)
      expect(migrations['']).toBe(Number.parseInt(sample, 10))
      const url = await emptyDatabase()
      const restored = openDatabase({ url })
      try {
        const { statutes, folding } = await lawOfToday(database)
        await restoreBackup(restored, {
          ...where,
          passphrase,
          keyRing: testKeyRing,
          floors,
          folding: (texts) => viewsOfEvents(statutes, texts),
        })
        await migrateAll(database)
        await rebuildStaleViews(database, testKeyRing, folding)
        const { session: _here, ...here } = await contents(restored)
        const { session: _there, ...there } = await contents(database)
        expect(here).toEqual(there)
        expect(await compareWithBackup(database, where.folder, passphrase)).toMatchObject({ problems: [] })
      } finally {
        await restored.close()
        await dropDatabase(url)
      }
    }))

  it('has each migration wholly or not at all, wherever it is cut off', () =>
    withEarlier(sample, async (database, url) => {
      const level = () => database.withClient((client) => levelOf(client, ledgerTables))
      for (let next = (await level()) + 1; next <= newestOf(ledgerTables); next++) {
        const before = await describeSchema(database.pool)
        await cutMigration(url, next)
        expect([await level(), await describeSchema(database.pool)]).toEqual([next - 1, before])
        await migrateFloor(database, ledgerTables, next)
        expect(await level()).toBe(next)
      }
      await migrateAll(database)
      const whole = await newDatabase()
      const other = openDatabase({ url: whole })
      try {
        for (const floor of floors) await migrateFloor(other, floor)
        expect(await describeSchema(database.pool)).toBe(await describeSchema(other.pool))
      } finally {
        await other.close()
        await dropDatabase(whole)
      }
    }))
})

/** Runs the next migration and ends its server process in its middle: after its first change of the schema, before it is committed. */
async function cutMigration(url: string, next: number): Promise<void> {
  const database = openDatabase({ url })
  const guard = openDatabase({ url })
  try {
    await guard.pool.query(`
      create function cut_migration() returns event_trigger language plpgsql as $$
      begin if exists (select from migration where number = ${next}) then perform pg_sleep(60); end if; end $$;
      create event trigger cut_migration on ddl_command_end execute function cut_migration()`)
    const running = migrateFloor(database, ledgerTables, next).then(
      () => 'done',
      () => 'cut',
    )
    const terminate = `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`
    await expect.poll(async () => (await guard.pool.query(terminate)).rowCount, { timeout: 20_000 }).toBe(1)
    expect(await running).toBe('cut')
  } finally {
    await guard.pool.query('drop event trigger cut_migration; drop function cut_migration()')
    await guard.close()
    await database.close()
  }
}

it('a ledger of a newer release is refused in words, and nothing in it is touched', async () => {
  const url = await newDatabase()
  const database = openDatabase({ url })
  try {
    await database.pool.query('insert into migration (number) values (999)')
    const before = await describeSchema(database.pool)
    await expect(migrate(database)).rejects.toMatchObject({ name: 'UnfitDatabase', code: 'newer', message: expect.stringContaining('999') })
    expect(await describeSchema(database.pool)).toBe(before)
  } finally {
    await database.close()
    await dropDatabase(url)
  }
})
