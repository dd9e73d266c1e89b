import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { requireParts, type WatchedParts } from '../../src/desk/conditions.ts'
import { runEffects } from '../../src/ledger/effects/runEffects.ts'
import { keyRingIn } from '../../src/ledger/keys/keyRing.ts'
import { watchConnection } from '../../src/ledger/postgres/watchConnection.ts'
import { createReadiness, type ReadinessAnswer } from '../../src/observe/readiness.ts'
import { migratePeople, peopleTables } from '../../src/people/migrate.ts'
import { withHouse } from '../house.ts'
import { open } from '../ledger/commands.ts'
import { dropDatabase, type TestDatabase, withDatabase } from '../ledger/database.ts'

const data = mkdtempSync(join(tmpdir(), 'qyzmet-ready-'))
afterAll(() => rmSync(data, { recursive: true, force: true }))

const statutes = (regulations: unknown[]) => ({ library: { regulations } }) as unknown as WatchedParts['statutes'] // only their number matters here

/** Everything as a server has it, but for what is given; every look is a fresh one. */
function look({ ledger }: TestDatabase, given: Partial<WatchedParts> = {}) {
  const readiness = createReadiness({ keepMs: -1 })
  const watching = watchConnection(ledger.database)
  onTestFinished(() => watching.close())
  requireParts(readiness, { ledger, watching, floors: [], keys: data, data, statutes: statutes([1]), effects: [], ...given })
  return async () => {
    const { ready, conditions } = await readiness.ask()
    const broken = Object.fromEntries(conditions.filter(({ ok }) => !ok).map(({ name, reason }) => [name, reason]))
    expect(ready).toBe(Object.keys(broken).length === 0)
    return broken
  }
}

keyRingIn(data)

describe('a server is not ready when', () => {
  it('its database is away, or is not there any more', () =>
    withDatabase(async (test) => {
      const ask = look(test)
      expect(await ask()).toEqual({})
      await dropDatabase(test.url)
      expect((await ask()).database).toBe('refuses')
      const nobody = watchConnection({ newClient: () => new pg.Client('postgres://qyzmet@127.0.0.1:1/none') })
      const away = await look(test, { watching: nobody })()
      expect([away.database, away.migrations]).toEqual(['away', 'failed'])
    }))

  it('its database does not answer in time, however long it would take', () =>
    withDatabase(async (test) => {
      const silent = createServer()
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
      const url = `postgres://qyzmet@127.0.0.1:${(silent.address() as AddressInfo).port}/none`
      const mute = watchConnection({ newClient: () => new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 }) })
      const began = performance.now()
      expect(await look(test, { watching: mute })()).toEqual({ database: 'noAnswer', migrations: 'noAnswer' })
      expect(performance.now() - began).toBeLessThan(2000)
      silent.close()
    }))

  it('not, however, while its own connections are all at work', () =>
    withDatabase(async (test) => {
      const clients = await Promise.all(Array.from({ length: 8 }, () => test.ledger.database.pool.connect()))
      expect(await look(test)()).toEqual({})
      for (const client of clients) client.release()
    }))

  it('the tables are of another release', () =>
    withDatabase(async (test) => {
      await migratePeople(test.ledger.database)
      const ask = look(test, { floors: [peopleTables] })
      expect(await ask()).toEqual({})
      await test.ledger.database.pool.query('insert into people_migration (number) values (999)')
      expect(await ask()).toEqual({ migrations: 'apart:people' })
      await test.ledger.database.pool.query('delete from migration where number > 3')
      expect(await ask()).toEqual({ migrations: 'apart:ledger,people' })
    }))

  it('the key of the installation is gone, or is no key', () =>
    withDatabase(async (test) => {
      const keys = mkdtempSync(join(data, 'keys-'))
      expect(await look(test, { keys })()).toEqual({ keys: 'missing' })
      writeFileSync(join(keys, 'master.key'), 'c2hvcnQ=\n')
      expect(await look(test, { keys })()).toEqual({ keys: 'damaged' })
      expect(await look(test, { keys: join(keys, 'master.key') })()).toEqual({ keys: 'unreadable' })
    }))

  it('no law is loaded, or no room is left on the disk', () =>
    withDatabase(async (test) => {
      expect(await look(test, { statutes: statutes([]) })()).toEqual({ law: 'none' })
      expect(await look(test, { leastFree: Number.MAX_SAFE_INTEGER })()).toEqual({ disk: 'full' })
      expect(await look(test, { data: join(data, 'nowhere') })()).toEqual({ disk: 'failed' })
    }))

  it('effects are not run, also while the lock that says so is lost', () =>
    withDatabase(async (test) => {
      const effects = await runEffects(test.ledger.database, {}, { heartbeatMs: 200 })
      const ask = look(test, { effects: [effects] })
      expect(await ask()).toEqual({})
      await test.ledger.database.pool.query(
        `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objsubid = 2
         and database = (select oid from pg_database where datname = current_database())`,
      )
      await expect.poll(ask, { interval: 10 }).toEqual({ effects: 'stopped' })
      await expect.poll(ask).toEqual({})
      await effects.stop()
      expect(await ask()).toEqual({ effects: 'stopped' })
    }))

  it('commands wait in the queue of the ledger and are not answered', () =>
    withDatabase(async (test) => {
      const ask = look(test)
      const client = await test.ledger.database.pool.connect()
      await client.query('begin; lock table event in exclusive mode')
      const appended = test.ledger.append(open())
      await expect.poll(ask, { timeout: 4500, interval: 100 }).toEqual({ queue: 'stuck' })
      await client.query('rollback')
      client.release()
      expect(await appended).toMatchObject({ kind: 'appended' })
      expect(test.ledger.waits()).toEqual({ depth: 0, oldestMs: 0 })
      expect(await ask()).toEqual({})
    }))
})

it('a whole server says by which conditions it is ready, and while it drains that it is not', () =>
  withHouse(async ({ app, house }) => {
    const ready = await app.request('/health/ready')
    expect(ready.status).toBe(200)
    const { status, conditions } = (await ready.json()) as ReadinessAnswer & { status: string }
    expect([status, conditions.map(({ name }) => name)]).toEqual([
      'ready',
      ['database', 'migrations', 'keys', 'law', 'effects', 'disk', 'queue'],
    ])
    house.readiness.hold('draining', 'stopping')
    const drained = await app.request('/health/ready')
    expect([drained.status, drained.headers.get('retry-after'), drained.headers.get('cache-control')]).toEqual([503, '5', 'no-store'])
    expect(((await drained.json()) as ReadinessAnswer).conditions.at(-1)).toEqual({ name: 'draining', ok: false, reason: 'stopping' })
    expect((await app.request('/health/live')).status).toBe(200)
  }))
