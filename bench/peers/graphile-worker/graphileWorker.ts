import { Logger, makeWorkerUtils, type Runner, run, type WorkerUtils } from 'graphile-worker'
import pg from 'pg'
import { type Contender, serve } from '../../ledger/contender.ts'
import type { Payload } from '../../ledger/recorded.ts'
import { advance, open, tables } from '../advance.ts'

const mostConnections = 32
/** It writes a line a job otherwise. */
const logger = new Logger(() => () => {})

interface Job {
  readonly number: string
  readonly index: number
  readonly payload: Payload
}

/**
 * Each step is a job: added, taken, done in a transaction of the task's own, completed. The caller waits until the task's transaction is committed,
 * not until the job is gone; graphile-worker may run a job twice, so the task would need a key of its own, which it has not here.
 */
await serve(async (url): Promise<Contender> => {
  let pool = new pg.Pool({ connectionString: url, max: 2 })
  await pool.query(tables)
  await pool.end()
  const waiting = new Map<string, { done: () => void; failed: (cause: unknown) => void }>()
  let utils: WorkerUtils | undefined
  let runner: Runner | undefined
  const rest = async () => {
    await runner?.stop()
    await utils?.release()
    await pool.end()
  }
  const task = async (job: Job) => {
    const caller = waiting.get(job.number)
    const client = await pool.connect()
    try {
      await client.query('begin')
      if (job.index === 0) await open(client, job.number)
      await advance(client, job.number, job.payload)
      await client.query('commit')
      caller?.done()
    } catch (cause) {
      await client.query('rollback')
      caller?.failed(cause)
      throw cause
    } finally {
      client.release()
    }
  }
  return {
    about: { version: 'graphile-worker 0.18.0', concurrency: `one a caller, at most ${mostConnections}; no local queue` },
    ready: async (callers) => {
      const concurrentJobs = Math.min(callers, mostConnections)
      pool = new pg.Pool({ connectionString: url, max: concurrentJobs * 2 + 2 })
      pool.on('error', () => {})
      pool.on('connect', (client) => client.on('error', () => {}))
      // As shipped: with its local queue and 256 callers it came to rest while jobs were waiting.
      const preset = { worker: { logger, concurrentJobs, pollInterval: 100 } }
      utils = await makeWorkerUtils({ pgPool: pool, preset })
      await utils.migrate()
      runner = await run({ pgPool: pool, preset, taskList: { step: (job) => task(job as Job) }, noHandleSignals: true }) // as: given to addJob below
    },
    play: async (number, { steps }, timed) => {
      for (const [index, { payload }] of steps.entries()) {
        const goes = await timed(async () => {
          const ended = new Promise<void>((resolve, reject) => waiting.set(number, { done: resolve, failed: reject }))
          await utils?.addJob('step', { number, index, payload } satisfies Job)
          await ended
          waiting.delete(number)
        })
        if (!goes) return
      }
    },
    rest,
    close: async () => {},
  }
})
