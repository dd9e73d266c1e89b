import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { AnswerTo, Work } from './work.ts'

/** Threads for the arithmetic of GOST, which takes milliseconds that no request may wait for in the thread that answers it. */
export interface Pool {
  /** Rejects with {@link PoolBroken}: too many wait, a thread was lost twice over the same work, the work is impossible, or the pool was closed. */
  run<W extends Work>(work: W): Promise<AnswerTo<W>>
  /** Starts every thread and makes its tables; for the start of a server, before anybody asks. */
  warm(): Promise<void>
  /** Ends the threads. What still waits is rejected. */
  close(): Promise<void>
}

export interface PoolOptions {
  /** Default: one less than the processors, two at most. */
  threads?: number
  /** How many works may wait. Default 2000: eight seconds of verification, after which whoever asks has gone. */
  longest?: number
  /** The program of a thread; tests give one that fails on purpose. */
  program?: URL
}

/** The pool did not do the work; that is a breakage of ours and says nothing about the signature. */
export class PoolBroken extends Error {
  override name = 'PoolBroken'
}

interface Job {
  readonly work: Work
  lost: number
  readonly resolve: (result: never) => void
  readonly reject: (error: PoolBroken) => void
}

interface Thread {
  readonly worker: Worker
  job: Job | undefined
}

type Said = { readonly result: never } | { readonly failure: string }

/** Opens a pool. No thread starts before the first work; idle ones do not keep the process alive. */
export function openPool(options: PoolOptions = {}): Pool {
  const { threads: most = Math.max(1, Math.min(2, availableParallelism() - 1)), longest = 2000 } = options
  const program = options.program ?? new URL(import.meta.url.endsWith('.ts') ? './thread.ts' : './thread.js', import.meta.url)
  const waiting: Job[] = []
  const threads = new Set<Thread>()
  let closed = false

  function start(): Thread {
    const thread: Thread = { worker: new Worker(program), job: undefined }
    threads.add(thread)
    thread.worker.on('message', (said: Said) => answered(thread, said))
    thread.worker.on('error', (cause) => lost(thread, new Error('The thread broke', { cause })))
    thread.worker.on('exit', (code) => lost(thread, new Error(`The thread ended with ${code}`)))
    return thread
  }

  function answered(thread: Thread, said: Said): void {
    const { job } = thread
    thread.job = undefined
    thread.worker.unref()
    if (job !== undefined && 'result' in said) job.resolve(said.result)
    else if (job !== undefined && 'failure' in said) job.reject(new PoolBroken(`The work ${job.work.kind} is impossible: ${said.failure}`))
    next()
  }

  /** The work is given to another thread once; whatever kills two threads would kill a third. */
  function lost(thread: Thread, cause: Error): void {
    if (!threads.delete(thread)) return
    const { job } = thread
    if (job !== undefined) {
      job.lost += 1
      if (job.lost < 2 && !closed) waiting.unshift(job)
      else job.reject(new PoolBroken(`The work ${job.work.kind} was lost ${job.lost} times`, { cause }))
    }
    if (!closed) next()
  }

  function next(): void {
    while (waiting.length > 0) {
      const thread = [...threads].find(({ job }) => job === undefined) ?? (threads.size < most ? start() : undefined)
      const job = thread === undefined ? undefined : waiting.shift()
      if (thread === undefined || job === undefined) return
      hand(thread, job)
    }
  }

  function hand(thread: Thread, job: Job): void {
    try {
      thread.worker.postMessage(job.work)
      thread.job = job
      thread.worker.ref()
    } catch (cause) {
      // What no thread can be told (a callback, say) is a mistake of whoever asked; the thread is free for the next.
      job.reject(new PoolBroken(`The work ${job.work.kind} cannot be handed over`, { cause }))
    }
  }

  function run<W extends Work>(work: W): Promise<AnswerTo<W>> {
    if (closed) return Promise.reject(new PoolBroken('The pool is closed'))
    if (waiting.length >= longest) return Promise.reject(new PoolBroken(`${longest} works wait already`))
    return new Promise((resolve, reject) => {
      waiting.push({ work: tight(work), lost: 0, resolve, reject })
      next()
    })
  }

  async function close(): Promise<void> {
    closed = true
    for (const job of waiting.splice(0)) job.reject(new PoolBroken('The pool is closed'))
    await Promise.all([...threads].map(({ worker }) => worker.terminate()))
  }

  async function warm(): Promise<void> {
    // At once, so that each goes to a thread of its own.
    await Promise.all(Array.from({ length: most }, () => run({ kind: 'warm' })))
  }

  return { run, warm, close }
}

/** A view is copied to the thread with all that it looks into, other people's octets too: each is made as small as it is. */
function tight<W extends Work>(work: W): W {
  const entries = Object.entries(work).map(([name, value]) => [name, value instanceof Uint8Array ? Uint8Array.from(value) : value])
  return Object.fromEntries(entries)
}

let shared: Pool | undefined

/** The pool of this process; made when it is first asked for. */
export function gostPool(): Pool {
  shared ??= openPool()
  return shared
}

/** Ends the threads of this process's pool, at the end of a server. Work that comes later starts new ones. */
export async function closeGostPool(): Promise<void> {
  const pool = shared
  shared = undefined
  await pool?.close()
}

/**
 * For a server whose wires are signed with GOST: makes the tables of every thread a little after the start, so that the first page goes before; the
 * first message then does not wait for them. What it gives ends that, and the threads.
 */
export function warmGostPoolSoon(failed: (cause: unknown) => void): () => Promise<void> {
  const timer = setTimeout(() => void gostPool().warm().catch(failed), 2000)
  timer.unref()
  return async () => {
    clearTimeout(timer)
    await closeGostPool()
  }
}
