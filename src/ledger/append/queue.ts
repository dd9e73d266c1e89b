import { setTimeout as sleep } from 'node:timers/promises'
import type { AppendTold } from '../../observe/metrics/metrics.ts'
import { inSpan, type Origin, origin } from '../../observe/trace.ts'
import { type AppendOutcome, LedgerAway } from '../ledger.ts'
import type { Prepared } from './prepare.ts'
import type { Writer } from './writer.ts'

export interface AppendQueue {
  /** Rejects with LedgerAway when the server has not answered within the patience. */
  submit(prepared: Prepared): Promise<AppendOutcome>
  /** Commands that are not answered yet, and for how long the oldest of them waits, in ms. */
  waits(): { depth: number; oldestMs: number }
  /** Resolves when what was accepted is answered. */
  drain(): Promise<void>
}

interface Waiting {
  prepared: Prepared
  sent: boolean
  settled: boolean
  /** The span in which it was given: the batch that carries it points there. */
  origin: Origin
  settle(answer: AppendOutcome | Error): void
}

/** Bounds what a command waits for its neighbours, and what is sent again when one of them breaks the batch. */
const largestBatch = 64
const longestPauseMs = 500

/**
 * Commands wait for at most one turn of the event loop, then each idle writer takes what has gathered.
 * A case, and an idempotency key, is in at most one batch in flight: its second command would only conflict.
 */
export function appendQueue(writers: Writer[], patienceMs: number, told?: AppendTold): AppendQueue {
  const idle = [...writers]
  const inFlight = new Set<string>()
  let waiting: Waiting[] = []
  let scheduled = false
  /** What is not answered, oldest first, and since when. */
  const open = new Map<Waiting, number>()
  const drained: (() => void)[] = []

  function schedule(): void {
    if (scheduled) return
    scheduled = true
    setImmediate(() => {
      scheduled = false
      while (idle.length > 0) {
        const batch = take()
        const writer = batch.length > 0 ? idle.pop() : undefined
        if (writer === undefined) break
        void carry(writer, batch)
      }
      if (waiting.length === 0 && idle.length === writers.length) for (const tell of drained.splice(0)) tell()
    })
  }

  function take(): Waiting[] {
    const batch: Waiting[] = []
    const left: Waiting[] = []
    // The writers share what waits, so that the second does not idle while the first carries everything.
    const share = Math.min(largestBatch, Math.ceil(waiting.length / idle.length))
    for (const item of waiting) {
      if (item.settled) continue
      const names = namesOf(item)
      if (batch.length === share || names.some((name) => inFlight.has(name))) left.push(item)
      else {
        for (const name of names) inFlight.add(name)
        batch.push(item)
      }
    }
    waiting = left
    return batch
  }

  async function carry(writer: Writer, batch: Waiting[]): Promise<void> {
    await deliver(writer, batch, told)
    for (const item of batch) for (const name of namesOf(item)) inFlight.delete(name)
    idle.push(writer)
    schedule()
  }

  return {
    submit: (prepared) =>
      new Promise((resolve, reject) => {
        const item: Waiting = { prepared, sent: false, settled: false, origin: origin(), settle }
        const since = performance.now()
        const timer = setTimeout(() => settle(new LedgerAway(item.sent ? 'unknown' : 'notDone', 'patience')), patienceMs)
        function settle(answer: AppendOutcome | Error): void {
          if (item.settled) return
          item.settled = true
          open.delete(item)
          told?.answered((performance.now() - since) / 1000)
          clearTimeout(timer)
          if (answer instanceof Error) reject(answer)
          else resolve(answer)
        }
        open.set(item, since)
        waiting.push(item)
        schedule()
      }),
    waits: () => {
      const [oldest] = open.values()
      return { depth: open.size, oldestMs: oldest === undefined ? 0 : performance.now() - oldest }
    },
    drain: () =>
      new Promise((resolve) => {
        drained.push(resolve)
        schedule()
      }),
  }
}

/**
 * Until the server answers or nobody waits any more. A connection lost during commit leaves the outcome unknown; the same commands sent again
 * under the same keys are answered with what happened: the function looks their keys up under the locks.
 */
async function deliver(writer: Writer, batch: Waiting[], told?: AppendTold): Promise<void> {
  for (let pauseMs = 20; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    const asking = batch.filter((item) => !item.settled)
    if (asking.length === 0) return
    for (const item of asking) item.sent = true
    try {
      const began = performance.now()
      const answers = await inSpan('ledger.batch', () => writer.write(asking.map((item) => item.prepared)), {
        root: true,
        origins: asking.map((item) => item.origin),
        attributes: { 'qyzmet.commands': asking.length },
      })
      told?.batch(asking.length, (performance.now() - began) / 1000)
      asking.forEach((item, index) => {
        item.settle(answers[index] ?? new Error('The writer gave no answer.'))
      })
      return
    } catch {
      await sleep(pauseMs)
    }
  }
}

function namesOf({ prepared: { command } }: Waiting): [string, string] {
  return [`case ${command.home}/${command.case}`, `key ${command.home}/${command.idempotencyKey}`]
}
