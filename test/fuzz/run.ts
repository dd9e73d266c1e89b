// npm run fuzz -- --inputs 100000 --seed 1 [--only pdf,api]: every parser at the edge under changed samples; exit 1 where one breaks or hangs.
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import type { Target } from './target.ts'
import { targets } from './targets/all.ts'
import type { Said, Work } from './worker.ts'

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    from: { type: 'string' },
  },
})
const seed = Number(values.seed)
const only = values.only?.split(',')
const chosen = targets.filter(({ name }) => only === undefined || only.includes(name))
const weights = chosen.reduce((sum, { weight }) => sum + weight, 0)

let faults = 0
let inputs = 0
const began = performance.now()
for (const target of chosen) {
  const first = Number(values.from ?? 0)
  const count = Math.ceil((Number(values.inputs) * target.weight) / weights)
  const start = performance.now()
  const found = await runTarget(target, first, first + count)
  faults += found
  inputs += count
  print(
    `${target.name.padEnd(10)} ${String(count).padStart(7)} inputs  ${((performance.now() - start) / 1000).toFixed(1).padStart(7)} s  ${found} faults`,
  )
}
print(`${inputs} inputs of seed ${seed}, ${faults} faults, ${((performance.now() - began) / 1000).toFixed(0)} s`)
process.exit(faults > 0 ? 1 : 0)

async function runTarget(target: Target, from: number, until: number): Promise<number> {
  let found = 0
  for (let next = from; next < until; ) {
    const ended = await runWorker(target, next, until, (said) => {
      found += 1
      print(
        `FAULT ${target.name} --only ${target.name} --seed ${seed} --from ${said.at} --inputs 1\n  ${said.signature}\n  ${said.detail.replaceAll('\n', '\n  ')}`,
      )
      for (const part of said.input) print(`  ${JSON.stringify(part.slice(0, 1500))}`)
    })
    if (ended === null) return found
    next = ended.at + 1
    if (ended.crashed) continue
    // Seen once it may be the machine that was busy: alone it gets ten times as long.
    const alone = await runWorker({ ...target, limitMs: target.limitMs * 10 }, ended.at, ended.at + 1, () => {})
    if (alone !== null) {
      found += 1
      print(`HANG ${target.name} --only ${target.name} --seed ${seed} --from ${ended.at} --inputs 1: more than ${target.limitMs * 10} ms`)
    }
  }
  return found
}

interface Ended {
  readonly at: number
  readonly crashed: boolean
}

/** null: all inputs were run; else the number of the one that took too long, after which the worker was ended. */
function runWorker(
  target: Target,
  from: number,
  until: number,
  fault: (said: Extract<Said, { kind: 'fault' }>) => void,
): Promise<Ended | null> {
  const now = new Int32Array(new SharedArrayBuffer(8))
  Atomics.store(now, 0, -1)
  const work: Work = { name: target.name, seed, from, until, regulations: resolve(import.meta.dirname, '../../regulations'), now }
  const worker = new Worker(join(import.meta.dirname, 'worker.ts'), {
    workerData: work,
    env: { ...process.env, VITEST_POOL_ID: `${target.name}${from}` },
  })
  return new Promise((end, fail) => {
    let seen = -1
    let since = performance.now()
    const dog = setInterval(() => {
      const turn = Atomics.load(now, 1)
      if (turn !== seen || Atomics.load(now, 0) < 0) {
        seen = turn
        since = performance.now()
      } else if (performance.now() - since > target.limitMs) finish({ at: Atomics.load(now, 0), crashed: false })
    }, 50)
    const finish = (how: Ended | null) => {
      clearInterval(dog)
      void worker.terminate().then(() => end(how))
    }
    worker.on('message', (said: Said) => (said.kind === 'done' ? finish(null) : fault(said)))
    worker.on('error', (cause: Error) => {
      const at = Atomics.load(now, 0)
      clearInterval(dog)
      // Out of memory, mostly: the input in hand is what filled it.
      if (at < 0) return fail(cause)
      fault({ kind: 'fault', at, signature: `CRASH ${cause.message}`, detail: cause.message, input: [] })
      end({ at, crashed: true })
    })
  })
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
