import { EventEmitter } from 'node:events'
import { type Runner, run, type WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import { inSpan } from '../../observe/trace.ts'
import type { Json } from '../ledger.ts'
import type { Database } from '../postgres/database.ts'
import { silent } from '../postgres/silent.ts'
import { releaseDeadLocks, releaseForgotten } from './deadLocks.ts'
import { takeOrigin } from './origin.ts'
import { patientPool } from './patientPool.ts'

/** An effect as its handler gets it. It is given at least once: what it does must take hold once, by (home, case, key). */
export interface DueEffect {
  home: number
  case: string
  key: string
  payload: Json
  /** From 1. */
  attempt: number
}

/** Throwing means: try again later (graphile-worker's exponential pauses, 25 attempts). */
export type EffectHandlers = Record<string, (effect: DueEffect) => Promise<void>>

export interface RunningEffects {
  /** Whether effects are being taken: the runner goes, and the lock that says so to other processes is held. */
  alive(): boolean
  /** Waits for the effects in hand, at most graphile-worker's patience of 5 s. */
  stop(): Promise<void>
}

export interface EffectOptions {
  /** Effects in hand at once. */
  concurrency?: number
  /** How often locks of dead processes are looked for, in ms. */
  heartbeatMs?: number
  /** Told of each attempt that failed. */
  failed?: (task: string, cause: unknown) => void
  /** Told of each attempt. */
  ran?: (task: string, seconds: number, done: boolean) => void
}

interface Envelope {
  home: number
  case: string
  key: string
  payload: Json
}

/** Any number: with it and a pool's name the pool's life is an advisory lock. */
export const lifeLocks = 7_198_002

/**
 * Runs what commands have enqueued, on this process, until stopped.
 * A pool that lives holds an advisory lock of its name. Jobs locked by a pool without one belong to a dead process and are released: at start
 * and at each heartbeat, not after graphile-worker's four hours. No clock decides who is dead.
 */
export async function runEffects(database: Database, handlers: EffectHandlers, options: EffectOptions = {}): Promise<RunningEffects> {
  const events: WorkerEvents = new EventEmitter()
  let pool: string | undefined
  let life: pg.Client | undefined
  let stopping = false
  events.on('pool:create', ({ workerPool }) => {
    pool = workerPool.id
  })
  const inHand = new Set<string>()
  let idle: readonly string[] = []
  events.on('job:start', ({ job }) => inHand.add(job.id))
  events.on('job:complete', ({ job }) => inHand.delete(job.id))
  events.on('job:error', ({ job, error }) => options.failed?.(job.task_identifier, error))

  async function beat(): Promise<void> {
    if (stopping) return
    life ??= await liveAs(database, pool ?? '', () => {
      life = undefined
    })
    await releaseDeadLocks(life, lifeLocks)
    idle = await releaseForgotten(life, pool ?? '', inHand, idle)
  }

  let running = true
  const runner = await startRunner(
    patientPool(database.pool, () => stopping),
    handlers,
    options,
    events,
  )
  const over = () => {
    running = false
  }
  void runner.promise.then(over, over)
  await beat()
  const heart = setInterval(() => void beat().catch(() => {}), options.heartbeatMs ?? 5_000)
  return {
    alive: () => running && !stopping && life !== undefined,
    stop: async () => {
      stopping = true
      clearInterval(heart)
      await runner.stop()
      await life?.end().catch(() => {})
    },
  }
}

/** A session that holds the pool's lock for as long as the process lives. */
async function liveAs(database: Database, pool: string, lost: () => void): Promise<pg.Client> {
  const client = database.newClient()
  client.on('error', lost)
  client.on('end', lost)
  await client.connect()
  await client.query('select pg_advisory_lock($1::integer, hashtext($2))', [lifeLocks, pool])
  return client
}

function startRunner(
  pgPool: pg.Pool,
  handlers: EffectHandlers,
  { concurrency = 2, ran }: EffectOptions,
  events: WorkerEvents,
): Promise<Runner> {
  const taskList = Object.fromEntries(
    Object.entries(handlers).map(([task, handle]) => [
      task,
      async (payload: unknown, { job }: { job: { attempts: number } }) => {
        const { home, case: number, key, payload: content } = payload as Envelope // as: written by qyzmet_append
        const { payload: own, origin } = takeOrigin(content)
        const effect = { home, case: number, key, payload: own, attempt: job.attempts }
        const began = performance.now()
        const tell = (done: boolean) => ran?.(task, (performance.now() - began) / 1000, done)
        const options = { root: true, origins: [origin], attributes: { 'qyzmet.task': task, 'qyzmet.attempt': job.attempts } }
        try {
          await inSpan('effect.run', () => handle(effect), options)
        } catch (cause) {
          tell(false)
          throw cause
        }
        tell(true)
      },
    ]),
  )
  return run({ pgPool, taskList, concurrency, events, noHandleSignals: true, pollInterval: 1_000, logger: silent })
}
