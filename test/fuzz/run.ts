// npm run fuzz -- --inputs 100000 --seed 1 [--only pdf,api]: every parser at the edge under changed samples; exit 1 where one breaks or hangs.
import { parseArgs } from 'node:util'
import type { Said } from './link.ts'
import type { Target } from './target.ts'
import { targets } from './targets/all.ts'
import { runWorker } from './watch.ts'

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
  const tally = new Map<string, number>()
  for (let next = from; next < until; ) {
    const ended = await runWorker(target, { seed, from: next, until }, (said: Said) => {
      if (said.kind === 'tally') for (const [label, count] of Object.entries(said.counts)) tally.set(label, (tally.get(label) ?? 0) + count)
      if (said.kind !== 'fault') return
      found += 1
      print(
        `FAULT ${target.name} --only ${target.name} --seed ${seed} --from ${said.at} --inputs 1\n  ${said.signature}\n  ${said.detail.replaceAll('\n', '\n  ')}`,
      )
      for (const part of said.input) print(`  ${JSON.stringify(part.slice(0, 1500))}`)
    })
    if (ended === null) {
      printTally(tally)
      return found
    }
    next = ended.at + 1
    if (ended.crashed) continue
    // Seen once it may be the machine that was busy: alone it gets ten times as long.
    const alone = await runWorker({ ...target, limitMs: target.limitMs * 10 }, { seed, from: ended.at, until: ended.at + 1 }, () => {})
    if (alone !== null) {
      found += 1
      print(`HANG ${target.name} --only ${target.name} --seed ${seed} --from ${ended.at} --inputs 1: more than ${target.limitMs * 10} ms`)
    }
  }
  return found
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Of targets that tell what they said: a line for each beginning, the most frequent first. */
function printTally(tally: ReadonlyMap<string, number>): void {
  const groups = Map.groupBy(
    [...tally].toSorted(([one], [other]) => one.localeCompare(other)),
    ([label]) => label.split(' ')[0] ?? '',
  )
  for (const [name, lines] of groups) {
    const sum = lines.reduce((all, [, count]) => all + count, 0)
    const told = lines.toSorted(([, one], [, other]) => other - one).map(([label, count]) => `${label.slice(name.length + 1)} ${count}`)
    print(`  ${name} ${sum}: ${told.join(', ')}`)
  }
}
