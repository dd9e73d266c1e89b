// Steps a second through the ledger alone, on the embedded server with fsync on: 2 events, the case row, 2 view rows and 1 effect a step.
// node test/ledger/measure.ts [callers] [seconds] [homes]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../../src/ledger/embedded/server.ts'
import { keyRingOf } from '../../src/ledger/keys/keyRing.ts'
import type { Append } from '../../src/ledger/ledger.ts'
import { openLedger } from '../../src/ledger/postgresLedger.ts'
import { anEvent, dueColumns, move, open, workColumns } from './commands.ts'

const [callers = 32, seconds = 5, homes = 1] = process.argv.slice(2).map(Number)
const folder = mkdtempSync(join(tmpdir(), 'qyzmet-measure-'))
const server = await startEmbedded(folder)
const ledger = await openLedger({ url: server.url, keyRing: keyRingOf(Buffer.alloc(32, 'qyzmet')) })

function step(opened: Append, version: number): Append {
  const changed = { ...workColumns, step: `step ${version}` }
  return move(opened, version, {
    events: [anEvent('moved', { to: `step ${version}` }), anEvent('handedOver', { by: 'clerk', papers: 3 })],
    views: {
      work_item: { put: [{ key: 'a', columns: changed }], remove: [] },
      due: { put: [{ key: 'service', columns: { ...dueColumns, doc: { version } } }], remove: [] },
    },
    effects: [{ task: 'notify', key: `v${version}`, payload: { step: version } }],
  })
}

const times: number[] = []
let end = Number.POSITIVE_INFINITY

async function caller(number: number): Promise<void> {
  while (performance.now() < end) {
    const opened = open({ home: number % homes })
    await ledger.append(opened)
    for (let version = 2; version < 22 && performance.now() < end; version += 2) {
      const from = performance.now()
      const outcome = await ledger.append(step(opened, version))
      if (outcome.kind !== 'appended') throw new Error(JSON.stringify(outcome))
      times.push(performance.now() - from)
    }
  }
}

async function run(forSeconds: number): Promise<number> {
  times.length = 0
  const from = performance.now()
  end = from + forSeconds * 1000
  await Promise.all(Array.from({ length: callers }, (_, number) => caller(number)))
  return (performance.now() - from) / 1000
}

await run(1)
const took = await run(seconds)
times.sort((a, b) => a - b)
const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(2)
console.log(
  JSON.stringify({ callers, homes, stepsPerSecond: Math.round(times.length / took), p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) }),
)
await ledger.close()
await server.stop()
rmSync(folder, { recursive: true })
