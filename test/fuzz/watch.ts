import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import { type Said, type Work, watcher } from './link.ts'
import type { Target } from './target.ts'

export interface Ended {
  readonly at: number
  readonly crashed: boolean
}

/** Who does the work and can be ended: a thread, or a process of its own with bounds to its memory. */
interface Hand {
  readonly now: Work['now']
  start(work: Work): void
  on(said: (said: Said) => void, broke: (cause: Error) => void): void
  stop(): Promise<void>
}

const script = join(import.meta.dirname, 'worker.ts')
const everything = join(import.meta.dirname, 'targets/all.ts')
const regulations = resolve(import.meta.dirname, '../../regulations')

/** null: all inputs were run; else the number of the one that took too long, or that broke the worker, after which it was ended. */
export function runWorker(
  target: Target,
  { seed, from, until, file = everything }: Pick<Work, 'seed' | 'from' | 'until'> & { readonly file?: string },
  said: (said: Said) => void,
): Promise<Ended | null> {
  const hand = target.apart === undefined ? inThread(`${target.name}${from}`) : inProcess(target.apart.memoryMb)
  const now = watcher(hand.now)
  return new Promise((end, fail) => {
    let seen = -1
    let since = performance.now()
    const dog = setInterval(() => {
      const { at, turns } = now()
      if (turns !== seen || at < 0) {
        seen = turns
        since = performance.now()
      } else if (performance.now() - since > target.limitMs) finish({ at, crashed: false })
    }, 50)
    const finish = (how: Ended | null) => {
      clearInterval(dog)
      void hand.stop().then(() => end(how))
    }
    hand.on(
      (one) => (one.kind === 'done' ? finish(null) : said(one)),
      (cause) => {
        const { at } = now()
        clearInterval(dog)
        // Out of memory, mostly: the input in hand is what filled it.
        if (at < 0) return fail(cause)
        said({ kind: 'fault', at, signature: `CRASH ${cause.message}`, detail: cause.message, input: [] })
        void hand.stop().then(() => end({ at, crashed: true }))
      },
    )
    hand.start({ name: target.name, file, seed, from, until, regulations, now: hand.now })
  })
}

function inThread(id: string): Hand {
  const now = new Int32Array(new SharedArrayBuffer(8))
  Atomics.store(now, 0, -1)
  let worker: Worker | undefined
  let [said, broke]: [(said: Said) => void, (cause: Error) => void] = [() => {}, () => {}]
  return {
    now,
    on: (one, other) => {
      ;[said, broke] = [one, other]
    },
    start(work) {
      worker = new Worker(script, { workerData: work, env: { ...process.env, VITEST_POOL_ID: id } })
      worker.on('message', said)
      worker.on('error', broke)
    },
    stop: async () => {
      await worker?.terminate()
    },
  }
}

function inProcess(memoryMb: number): Hand {
  const folder = mkdtempSync(join(tmpdir(), 'qyzmet-fuzz-'))
  const now = join(folder, 'now')
  writeFileSync(now, Buffer.from(Int32Array.of(-1, 0).buffer))
  const child = fork(script, { execArgv: [...process.execArgv, `--max-old-space-size=${memoryMb}`] })
  // Octets of buffers are outside of what the engine bounds.
  const scale = setInterval(() => residentMb(child.pid) > memoryMb && child.kill('SIGKILL'), 20)
  let ended = false
  return {
    now,
    start: (work) => child.send(work),
    on(said, broke) {
      child.on('message', (one) => said(one as Said)) // nobody else sends
      child.once('exit', (code, signal) => {
        if (!ended && code !== 0) broke(new Error(`the process ended with ${signal ?? code}; more than ${memoryMb} MB, perhaps`))
      })
    },
    async stop() {
      ended = true
      clearInterval(scale)
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await new Promise((gone) => child.once('exit', gone))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** 0 where the system does not tell (it is Linux that does). */
function residentMb(pid: number | undefined): number {
  try {
    return (Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * 4096) / 2 ** 20
  } catch {
    return 0
  }
}
