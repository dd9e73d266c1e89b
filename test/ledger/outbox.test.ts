import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { relayOnce, startRelay } from '../../src/ledger/effects/relay.ts'
import { type DueEffect, runEffects } from '../../src/ledger/effects/runEffects.ts'
import type { Database } from '../../src/ledger/postgres/database.ts'
import { openLedger } from '../../src/ledger/postgresLedger.ts'
import { move, open } from './commands.ts'
import { type TestDatabase, testKeyRing, withDatabase } from './database.ts'

/** Effects where the tables are spread over servers: `docs/scale/citus.sql` calls divert_effects, as is done here. */
const notify = { task: 'notify', key: 'accepted', payload: { to: 'applicant' } }

const diverted = <T>(work: (test: TestDatabase) => Promise<T>): Promise<T> =>
  withDatabase(async (test) => {
    // Twice: the script may be run again.
    for (const _ of [1, 2]) await test.ledger.database.pool.query('select divert_effects()')
    return work(test)
  })

const unexpected = (cause: unknown): void => {
  throw new Error('the relay failed', { cause })
}

const count = async ({ pool }: Database, table: string): Promise<number> =>
  (await pool.query<{ rows: number }>(`select count(*) as rows from ${table}`)).rows[0]?.rows ?? Number.NaN

describe('diverted effects', () => {
  it('are left in the outbox with the events, or not at all; the relay makes jobs of them, and they run', () =>
    diverted(async ({ ledger }) => {
      const command = open({ effects: [notify] })
      await ledger.append(command)
      await ledger.append(command)
      await ledger.append(move(command, 9, { effects: [{ ...notify, key: 'refused' }] }))
      expect([await count(ledger.database, 'outbox'), await count(ledger.database, 'graphile_worker.jobs')]).toEqual([1, 0])
      const done: DueEffect[] = []
      const running = await runEffects(ledger.database, { notify: async (effect) => void done.push(effect) })
      const relay = await startRelay(ledger.database, unexpected, 20)
      await expect
        .poll(() => done, { timeout: 40_000 })
        .toEqual([{ home: 7, case: command.case, key: 'accepted', payload: { to: 'applicant' }, attempt: 1 }])
      await relay.stop()
      await running.stop()
      expect(await count(ledger.database, 'outbox')).toBe(0)
    }))

  it('keep the moment at which they are due, and wait once under one key', () =>
    diverted(async ({ ledger }) => {
      const later = { ...notify, runAt: '2019-10-15T10:00:00Z' }
      const command = open({ effects: [later] })
      await ledger.append(command)
      await ledger.append(move(command, 2, { effects: [later] }))
      expect(await relayOnce(ledger.database)).toEqual({ copied: 1, deleted: 1 })
      const { rows } = await ledger.database.pool.query('select key, run_at from graphile_worker.jobs')
      expect(rows).toEqual([{ key: `7/${command.case}/accepted`, run_at: later.runAt }])
    }))

  it('run at least once and take hold once when the relay dies between copying and deleting, before or after the job has run', () =>
    diverted(async ({ ledger }) => {
      const cases = [open({ effects: [notify] }), open({ effects: [notify], home: 9 })]
      for (const command of cases) await ledger.append(command)
      const runs: string[] = []
      const held = new Set<string>()
      const handlers = {
        notify: async (effect: DueEffect) => {
          const name = `${effect.home}/${effect.case}/${effect.key}`
          runs.push(name)
          held.add(name)
        },
      }
      const names = new Set(cases.map((command) => `${command.home}/${command.case}/accepted`))
      // Dies twice before anything has run: there is still one job each.
      for (const _ of [1, 2]) await expect(relayOnce(dyingBeforeDelete(ledger.database))).rejects.toThrow('killed')
      expect([await count(ledger.database, 'outbox'), await count(ledger.database, 'graphile_worker.jobs')]).toEqual([2, 2])
      const running = await runEffects(ledger.database, handlers)
      await expect.poll(() => runs.length, { timeout: 40_000 }).toBe(2)
      // Now they have run, and the rows are still there: the next relay cannot know it.
      expect(await relayOnce(ledger.database)).toEqual({ copied: 2, deleted: 2 })
      await expect.poll(() => runs.length, { timeout: 40_000 }).toBe(4)
      await running.stop()
      expect([held, new Set(runs)]).toEqual([names, names])
      expect([await count(ledger.database, 'outbox'), await count(ledger.database, 'graphile_worker.jobs')]).toEqual([0, 0])
    }))

  it('written again while the relay carries them are not deleted unread', () =>
    diverted(async ({ ledger }) => {
      const command = open({ effects: [notify] })
      await ledger.append(command)
      const changed = { ...notify, payload: { to: 'courier' } }
      const meanwhile = beforeDelete(ledger.database, async () => {
        await ledger.append(move(command, 2, { effects: [changed] }))
      })
      expect(await relayOnce(meanwhile)).toEqual({ copied: 1, deleted: 0 })
      expect(await relayOnce(ledger.database)).toEqual({ copied: 1, deleted: 1 })
      const { rows } = await ledger.database.pool.query<{ payload: DueEffect }>('select payload from graphile_worker._private_jobs')
      expect(rows.map((row) => row.payload.payload)).toEqual([{ to: 'courier' }])
    }))

  it('are relayed by one process at a time', () =>
    diverted(async ({ ledger }) => {
      await ledger.append(open({ effects: [notify] }))
      const both: unknown[] = []
      const slow = beforeDelete(ledger.database, async () => void both.push(await relayOnce(ledger.database)))
      both.push(await relayOnce(slow))
      expect(both).toEqual([null, { copied: 1, deleted: 1 }])
    }))

  it('stay diverted when a release brings the append function anew', () =>
    diverted(async ({ ledger, url }) => {
      const { rows } = await ledger.database.pool.query<{ made: string }>(
        `select replace(replace(pg_get_functiondef(oid), 'outbox_add(', 'graphile_worker.add_jobs('), 'outbox_spec', 'graphile_worker.job_spec') as made
         from pg_proc where proname = 'qyzmet_append'`,
      )
      await ledger.database.pool.query(rows[0]?.made ?? expect.fail())
      const next = await openLedger({ url, keyRing: testKeyRing })
      await next.append(open({ effects: [notify], idempotencyKey: randomUUID() }))
      expect([await count(next.database, 'outbox'), await count(next.database, 'graphile_worker.jobs')]).toEqual([1, 0])
      await next.close()
    }))

  it('come with commands of one home a statement, each planned for its home, so that a shard can be given the call', () =>
    diverted(async ({ url }) => {
      const ledger = await openLedger({ url, keyRing: testKeyRing, writers: 1 })
      const one = open({ home: 3 })
      await ledger.append(one)
      const outcomes = await Promise.all([
        ledger.append(move(one, 9)),
        ...[4, 3, 5, 4].map((home) => ledger.append(open({ home, effects: [notify] }))),
      ])
      expect(outcomes.map(({ kind }) => kind)).toEqual(['conflict', 'appended', 'appended', 'appended', 'appended'])
      expect(await count(ledger.database, 'outbox')).toBe(4)
      const { rows } = await ledger.database.pool.query<{ homes: number }>(
        `select max(cardinality(regexp_split_to_array(query, 'qyzmet_append')) - 1) as homes from pg_stat_activity
         where datname = current_database() and query like 'select qyzmet_append%'`,
      )
      expect(rows).toEqual([{ homes: 1 }])
      await ledger.close()
    }))

  it('are many: more than one way carries them all', () =>
    diverted(async ({ ledger, url }) => {
      const client = new pg.Client(url)
      await client.connect()
      await client.query(`
        insert into outbox select n % 5, 'T-' || n, 'k', 'notify', json_build_object('home', n % 5, 'case', 'T-' || n, 'key', 'k', 'payload', null), null, gen_random_uuid()
        from generate_series(1, 2500) as n`)
      await client.end()
      const relay = await startRelay(ledger.database, unexpected, 20)
      await expect.poll(() => count(ledger.database, 'outbox'), { timeout: 30_000 }).toBe(0)
      await relay.stop()
      expect(await count(ledger.database, 'graphile_worker.jobs')).toBe(2500)
    }))
})

it('a single server has nothing to relay', () =>
  withDatabase(async ({ ledger }) => {
    await ledger.append(open({ effects: [notify] }))
    expect([await count(ledger.database, 'outbox'), await count(ledger.database, 'graphile_worker.jobs')]).toEqual([0, 1])
    await (await startRelay(ledger.database, unexpected)).stop()
  }))

const dyingBeforeDelete = (database: Database): Database =>
  beforeDelete(database, async () => {
    throw new Error('killed')
  })

function beforeDelete(database: Database, work: () => Promise<void>): Database {
  return {
    ...database,
    query: async (statement) => {
      if (statement.name === 'delete_outbox') await work()
      return database.query(statement)
    },
  }
}
