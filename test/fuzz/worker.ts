import { chanceOf } from './chance.ts'
import { linkToParent } from './link.ts'
import { shrink } from './shrink.ts'
import { type Fault, faultOf, type Input, type Target } from './target.ts'

const link = await linkToParent()
const { name, file, seed, from, until, regulations } = link.work
const { targets }: { readonly targets: readonly Target[] } = await import(file)
const target = targets.find((one) => one.name === name)
if (target === undefined) throw new Error(`${name} is no target`)

const running = await target.open({ regulations })
const known = new Set<string>()
let counts: Record<string, number> = {}
const memory = () => process.resourceUsage().maxRSS / 1024

/** What it breaks; where a target has a process of its own, also that it asks for more memory than one input may. */
async function breakageOf(input: Input, counting = false): Promise<Fault | null> {
  const before = memory()
  try {
    const labels = await running.run(input)
    if (counting && Array.isArray(labels)) for (const label of labels) counts[label] = (counts[label] ?? 0) + 1
  } catch (cause) {
    return faultOf(cause)
  }
  const more = memory() - before
  const most = target?.apart?.inputMb ?? Number.POSITIVE_INFINITY
  return more > most ? { signature: 'MEMORY', detail: `${more.toFixed(0)} MB more at once` } : null
}

function tell(): void {
  link.say({ kind: 'tally', counts })
  counts = {}
}

for (let at = from; at < until; at++) {
  link.begin(at)
  const input = running.make(chanceOf(seed, name, at))
  const fault = await breakageOf(input, true)
  if (at % 200 === 0) tell()
  if (fault === null || known.has(fault.signature)) continue
  known.add(fault.signature)
  link.begin(-1)
  const small = await shrink(input, async (tried) => (await breakageOf(tried))?.signature === fault.signature, running.words)
  link.say({ kind: 'fault', at, ...fault, input: small.map((part) => part.toString('latin1')) })
}
link.begin(-1)
await running.close?.()
tell()
link.say({ kind: 'done' })
// A process of its own may have threads that wait for more work.
if (target.apart !== undefined) process.exit(0)
