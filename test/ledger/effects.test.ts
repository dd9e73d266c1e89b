import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { type DueEffect, runEffects } from '../../src/ledger/effects/runEffects.ts'
import { move, open } from './commands.ts'
import { withDatabase } from './database.ts'

const notify = { task: 'notify', key: 'accepted', payload: { to: 'applicant' } }

describe('effects', () => {
  it('run with what the command gave, and once when the command is repeated', () =>
    withDatabase(async ({ ledger }) => {
      const done: DueEffect[] = []
      const command = open({ effects: [notify] })
      await ledger.append(command)
      await ledger.append(command)
      const running = await runEffects(ledger.database, { notify: async (effect) => void done.push(effect) })
      await expect
        .poll(() => done, { timeout: 15_000 })
        .toEqual([{ home: 7, case: command.case, key: 'accepted', payload: { to: 'applicant' }, attempt: 1 }])
      await running.stop()
      expect(done).toHaveLength(1)
    }))

  it('are not enqueued by a command that is refused', () =>
    withDatabase(async ({ ledger }) => {
      const command = open()
      await ledger.append(command)
      await ledger.append(move(command, 9, { effects: [notify] }))
      const { rows } = await ledger.database.pool.query('select count(*) as jobs from graphile_worker.jobs')
      expect(rows).toEqual([{ jobs: 0 }])
    }))

  it('with the same key wait once', () =>
    withDatabase(async ({ ledger }) => {
      const command = open({ effects: [notify] })
      await ledger.append(command)
      await ledger.append(move(command, 2, { effects: [notify] }))
      const { rows } = await ledger.database.pool.query('select count(*) as jobs from graphile_worker.jobs')
      expect(rows).toEqual([{ jobs: 1 }])
    }))

  it('that failed are tried again, and the failure is told', () =>
    withDatabase(async ({ ledger }) => {
      const failures: string[] = []
      await ledger.append(open({ effects: [notify] }))
      const handlers = {
        notify: async () => {
          throw new Error('the gateway is down')
        },
      }
      const running = await runEffects(ledger.database, handlers, { failed: (task) => failures.push(task) })
      await expect.poll(() => failures, { timeout: 15_000 }).toEqual(['notify'])
      await running.stop()
      const { rows } = await ledger.database.pool.query('select attempts, locked_by, run_at > now() as later from graphile_worker.jobs')
      expect(rows).toEqual([{ attempts: 1, locked_by: null, later: true }])
    }))

  it('in the hands of a killed process are taken over at once', () =>
    withDatabase(async ({ ledger, url }) => {
      await ledger.append(open({ effects: [notify] }))
      const script = `
        import { openDatabase } from ${JSON.stringify(new URL('../../src/ledger/postgres/database.ts', import.meta.url).href)}
        import { runEffects } from ${JSON.stringify(new URL('../../src/ledger/effects/runEffects.ts', import.meta.url).href)}
        await runEffects(openDatabase({ url: process.argv[1] }), { notify: () => new Promise(() => console.log('taken')) })`
      const other = spawn(process.execPath, ['--input-type=module', '--eval', script, url], { stdio: ['ignore', 'pipe', 'inherit'] })
      await once(other.stdout, 'data')
      other.kill('SIGKILL')
      await once(other, 'exit')
      const done: number[] = []
      const running = await runEffects(ledger.database, { notify: async ({ attempt }) => void done.push(attempt) }, { heartbeatMs: 200 })
      await expect.poll(() => done, { timeout: 30_000 }).toEqual([2])
      await running.stop()
    }))

  it('in the hands of a living process are left to it', () =>
    withDatabase(async ({ ledger }) => {
      const done: string[] = []
      const { promise: answered, resolve: answer } = Promise.withResolvers<void>()
      await ledger.append(open({ effects: [notify] }))
      const first = await runEffects(ledger.database, {
        notify: async () => {
          done.push('begun')
          await answered
          done.push('ended')
        },
      })
      await expect.poll(() => done, { timeout: 15_000 }).toEqual(['begun'])
      const second = await runEffects(ledger.database, { notify: async () => void done.push('stolen') }, { heartbeatMs: 50 })
      await new Promise((resolve) => setTimeout(resolve, 500))
      answer()
      await expect.poll(() => done, { timeout: 15_000 }).toEqual(['begun', 'ended'])
      await first.stop()
      await second.stop()
    }))
})
