import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Where } from '../../src/cli/bench/where.ts'
import { isKnown, known, usual } from './contenders.ts'
import { writeDocument } from './document.ts'
import { inDatabases } from './house.ts'
import { machine } from './machine.ts'
import { tell } from './markdown.ts'
import { record } from './record.ts'
import type { Results } from './results.ts'
import { ourBench } from './running.ts'
import { takeTurns } from './turns.ts'

/**
 * `npm run bench:peers`: the ledger, its ceiling and what else one could take, on one database in one run, in turns (ABAB), so that a noisy
 * minute falls on all. `--quick` tries that all of it works; `--write` puts the numbers into docs/performance.md and bench/results.
 */
const { values } = parseArgs({
  options: {
    callers: { type: 'string', default: '1,8,32,256' },
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
    with: { type: 'string', default: usual.join(',') },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
})
const callers = (values.quick ? '1,8' : values.callers).split(',').map(Number)
const seconds = values.quick ? 1 : Number(values.seconds)
const rounds = values.quick ? 1 : Number(values.rounds)
const asked = values.with.split(',')
const names = asked.filter(isKnown)
if (names.length !== asked.length) throw new Error(`--with takes ${Object.keys(known).join(', ')}`)

const folder = mkdtempSync(join(tmpdir(), 'qyzmet-bench-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
// After the run in hand: contenders end, databases are dropped, the server stops.
const over = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => over.abort(new Error(signal)))

const results = await inDatabases(folder, async (house): Promise<Results> => {
  const ledgerUrl = await house.database('ledger')
  const recorded = await record(ledgerUrl, folder)
  const recordedFile = join(folder, 'recorded.json')
  writeFileSync(recordedFile, JSON.stringify(recorded))
  const env = { ...process.env, ...house.env, BENCH_RECORDED: recordedFile }
  const tellRun = (line: string) => process.stderr.write(`${line}\n`)
  const told = await takeTurns(house, { names, callers, seconds, rounds, ledgerUrl, env, over: over.signal, tell: tellRun })
  return {
    at: new Date().toISOString(),
    machine: machine(folder),
    settings: await house.settings(),
    callers,
    seconds,
    rounds,
    recorded: recorded.mean,
    ...told,
    where: names.includes('qyzmet') ? await ourWhere(env) : [],
  }
})

process.stdout.write(`${tell(results)}\n`)
const whole = `${JSON.stringify(results, null, 1)}\n`
if (values.json !== undefined) writeFileSync(values.json, whole)
if (values.write) {
  const kept = join(import.meta.dirname, '..', 'results')
  mkdirSync(kept, { recursive: true })
  const name = process.env.DATABASE_URL === undefined ? 'embedded' : 'database-url'
  writeFileSync(join(kept, `${name}.json`), whole)
  writeDocument(results, name)
}
process.exitCode = results.runs.every(({ errors }) => errors === 0) ? 0 : 1

async function ourWhere(env: NodeJS.ProcessEnv): Promise<Results['where']> {
  const { runs } = (await ourBench(env, ['--where', '--callers', callers.join(','), '--seconds', String(Math.min(seconds, 3))])) as {
    runs: { callers: number; where: Where }[]
  } // as: DESIGN, the commands
  return runs.map(({ callers: count, where }) => ({ callers: count, where }))
}
