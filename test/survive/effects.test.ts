import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { runEffects } from '../../src/ledger/effects/runEffects.ts'
import { openDatabase } from '../../src/ledger/postgres/database.ts'
import { openProxy } from '../../survive/house/proxy.ts'
import { open } from '../ledger/commands.ts'
import { withDatabase } from '../ledger/database.ts'

const effect = (key: string) => ({ task: 'notify', key, payload: {} })

describe('effects whose connection is lost', () => {
  it('end all the same, when it is lost while they are in hand, and the next ones run', () =>
    withDatabase(async ({ ledger, url }) => {
      const { host, port, database: name, user, password } = new pg.Client({ connectionString: url })
      const proxy = await openProxy(host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port })
      const database = openDatabase({ url: `postgresql://${user}:${password ?? ''}@127.0.0.1:${proxy.port}/${name}` })
      const done: string[] = []
      const running = await runEffects(database, {
        notify: async ({ key }) => {
          done.push(key)
          if (key === 'first') proxy.dropAll()
        },
      })
      try {
        await ledger.append(open({ effects: [effect('first')] }))
        await expect.poll(() => done, { timeout: 15_000 }).toEqual(['first'])
        await ledger.append(open({ effects: [effect('second')] }))
        await expect.poll(() => done.includes('second'), { timeout: 20_000 }).toBe(true)
        const left = async () => (await ledger.database.pool.query('select from graphile_worker.jobs')).rowCount
        await expect.poll(left, { timeout: 20_000 }).toBe(0)
      } finally {
        await running.stop()
        await database.close()
        await proxy.close()
      }
    }))

  it('are run though the answer that would have handed them over was lost', () =>
    withDatabase(async ({ ledger }) => {
      const done: string[] = []
      const running = await runEffects(
        ledger.database,
        {
          notify: async ({ key }) => {
            if (key === 'first') await forget()
            done.push(key)
          },
        },
        { heartbeatMs: 200 },
      )
      // As if the pool that has the first in hand had been given a second, too, and had never heard of it.
      const forget = async () => {
        await ledger.database.pool.query(`
          insert into graphile_worker._private_jobs (task_id, payload, locked_at, locked_by)
          select task_id, '{"home": 7, "case": "", "key": "second", "payload": {}}', now(), locked_by
          from graphile_worker._private_jobs where locked_by is not null`)
      }
      await ledger.append(open({ effects: [effect('first')] }))
      await expect.poll(() => done, { timeout: 15_000 }).toEqual(['first', 'second'])
      await running.stop()
    }))
})
