import { parentPort, workerData } from 'node:worker_threads'
import { chanceOf } from './chance.ts'
import { shrink } from './shrink.ts'
import { faultOf, type Input } from './target.ts'
import { targets } from './targets/all.ts'

/** What a worker is told; `now` is shared with whoever watches it: the number of the input in hand, and how many it has begun. */
export interface Work {
  readonly name: string
  readonly seed: number
  readonly from: number
  readonly until: number
  readonly regulations: string
  readonly now: Int32Array
}

export type Said =
  | { readonly kind: 'fault'; readonly at: number; readonly signature: string; readonly detail: string; readonly input: readonly string[] }
  | { readonly kind: 'done' }

const { name, seed, from, until, regulations, now }: Work = workerData
const say = (said: Said) => parentPort?.postMessage(said)
const target = targets.find((one) => one.name === name)
if (target === undefined) throw new Error(`${name} is no target`)

const running = await target.open({ regulations })
const known = new Set<string>()
const signatureOf = async (input: Input) => {
  try {
    await running.run(input)
    return null
  } catch (cause) {
    return faultOf(cause)
  }
}
for (let at = from; at < until; at++) {
  const input = running.make(chanceOf(seed, name, at))
  Atomics.store(now, 0, at)
  Atomics.add(now, 1, 1)
  const fault = await signatureOf(input)
  if (fault === null || known.has(fault.signature)) continue
  known.add(fault.signature)
  Atomics.store(now, 0, -1)
  const small = await shrink(input, async (tried) => (await signatureOf(tried))?.signature === fault.signature)
  say({ kind: 'fault', at, ...fault, input: small.map((part) => part.toString('latin1')) })
}
Atomics.store(now, 0, -1)
await running.close?.()
say({ kind: 'done' })
