import { openSync, readSync, writeSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'

/** What a worker is told. */
export interface Work {
  readonly name: string
  /** Where the target is: a file that exports `targets`. */
  readonly file: string
  readonly seed: number
  readonly from: number
  readonly until: number
  readonly regulations: string
  /** Shared with whoever watches it: the number of the input in hand, and how many it has begun. In a file where the worker is a process of its own. */
  readonly now: Int32Array | string
}

export type Said =
  | { readonly kind: 'fault'; readonly at: number; readonly signature: string; readonly detail: string; readonly input: readonly string[] }
  /** What was said of the inputs since it was last told, and how often. */
  | { readonly kind: 'tally'; readonly counts: Readonly<Record<string, number>> }
  | { readonly kind: 'done' }

export interface Link {
  readonly work: Work
  say(said: Said): void
  /** `at` below zero: nothing is in hand. */
  begin(at: number): void
}

/** A thread has its work from its parent at once, a process is sent it. */
export async function linkToParent(): Promise<Link> {
  const work: Work = parentPort === null ? await sentWork() : workerData
  const mark = marker(work.now)
  // Whoever watched it is gone.
  if (parentPort === null) process.once('disconnect', () => process.exit(1))
  let turns = 0
  return {
    work,
    say: (said) => (parentPort === null ? process.send?.(said) : parentPort.postMessage(said)),
    begin(at) {
      turns += at < 0 ? 0 : 1
      mark(at, turns)
    },
  }
}

const sentWork = (): Promise<Work> => new Promise((take) => process.once('message', (work) => take(work as Work))) // nobody else sends

function marker(now: Work['now']): (at: number, turns: number) => void {
  if (typeof now !== 'string') {
    return (at, turns) => {
      Atomics.store(now, 0, at)
      Atomics.store(now, 1, turns)
    }
  }
  const [file, pair] = [openSync(now, 'r+'), new Int32Array(2)]
  return (at, turns) => {
    pair.set([at, turns])
    writeSync(file, pair, 0, 8, 0)
  }
}

/** The other side of `begin`. */
export function watcher(now: Work['now']): () => { readonly at: number; readonly turns: number } {
  if (typeof now !== 'string') return () => ({ at: Atomics.load(now, 0), turns: Atomics.load(now, 1) })
  const [file, pair] = [openSync(now, 'r'), new Int32Array(2)]
  return () => {
    readSync(file, pair, 0, 8, 0)
    return { at: pair[0] ?? -1, turns: pair[1] ?? 0 }
  }
}
