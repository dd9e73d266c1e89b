import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, release, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import { rememberLaw } from '../desk/lawAtStart.ts'
import { readLawFiles } from '../desk/lawFiles.ts'
import { type Bound, openStatutes } from '../desk/statutes.ts'
import { decide } from '../engine/case/decide.ts'
import { evolve } from '../engine/case/evolve.ts'
import { isRefusal } from '../engine/case/refusal.ts'
import type { CaseState } from '../engine/case/state.ts'
import { type Asked, enact } from '../engine/examples/enact.ts'
import type { Example } from '../law/schema/examples.ts'
import { keyRingIn } from '../ledger/keys/keyRing.ts'
import { openLedger, type PostgresLedger } from '../ledger/postgresLedger.ts'
import { countInside } from './bench/database.ts'
import { NotPrepared, runKept } from './bench/keptCases.ts'
import { tellWhere, type Where, whereGoes } from './bench/where.ts'
import { withFreshDatabase } from './freshDatabase.ts'
import { openLedgerOf } from './openLedger.ts'
import type { Streams } from './streams.ts'
import { houseOf, type Stage, stages, submit } from './theatre.ts'

interface Run {
  readonly contender: 'qyzmet'
  readonly callers: number
  readonly seconds: number
  readonly steps: number
  readonly stepsPerSecond: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  readonly errors: number
  readonly where?: Where
}

const options = {
  callers: { type: 'string', default: '1,8,32,256' },
  seconds: { type: 'string', default: '5' },
  where: { type: 'boolean', default: false },
  kept: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const

/**
 * `qyzmet bench [--callers 1,8,32,256] [--seconds 5] [--where] [--kept] [--json]`: cases of all regulations from submission to their end through the real desk:
 * law consulted, decision, signature, events chained, rows of all views, committed with fsync. A step is one command.
 * `--kept` measures the ledger that `npm run bench:million` made, as it lies: its open cases go on, and a comparison with any of all.
 * `--where` adds where the time of a step goes: it counts inside the database, and repeats each run under a profiler.
 */
export async function benchCommand(args: readonly string[], io: Streams, config: Config): Promise<number> {
  const { values } = parseArgs({ args: [...args], options, strict: true })
  const callers = values.callers.split(',').map(Number)
  const seconds = Number(values.seconds)
  if (!callers.every((n) => Number.isInteger(n) && n > 0 && n <= 4096) || !(seconds > 0 && seconds <= 600)) {
    io.stderr.write('qyzmet bench --callers 1,8,32,256 --seconds 5 [--where] [--kept] [--json]\n')
    return 2
  }
  if (values.kept) return benchKept(config, io, callers, seconds, values.json)
  const keys = await mkdtemp(join(tmpdir(), 'qyzmet-bench-'))
  try {
    const measured = await withFreshDatabase(config, async (url) => {
      if (values.where) await countInside(url)
      const ledger = await openLedger({ url, keyRing: keyRingIn(keys) })
      try {
        return await measure(ledger, config, keys, { callers, seconds, where: values.where })
      } finally {
        await ledger.close()
      }
    })
    if (values.json) io.stdout.write(`${JSON.stringify(measured)}\n`)
    else for (const run of measured.runs) io.stdout.write(`${line(run)}\n${run.where ? `${tellWhere(run.where)}\n` : ''}`)
    return measured.runs.every((run) => run.errors === 0) ? 0 : 1
  } finally {
    await rm(keys, { recursive: true, force: true })
  }
}

async function benchKept(config: Config, io: Streams, callers: readonly number[], seconds: number, json: boolean): Promise<number> {
  const { ledger, close } = await openLedgerOf(config)
  try {
    const runs = await runKept(ledger, config, ['open', 'newest', 'any'], callers, seconds)
    if (json) io.stdout.write(`${JSON.stringify({ machine: machine(), settings: await settings(ledger), runs })}\n`)
    else
      for (const { load, among, passedOver, ...run } of runs)
        io.stdout.write(`${line({ contender: 'qyzmet', ...run })}  ${load} of ${among}, passed over ${passedOver}\n`)
    return runs.every((run) => run.errors === 0) ? 0 : 1
  } catch (cause) {
    if (!(cause instanceof NotPrepared)) throw cause
    io.stderr.write(`${cause.message}\n`)
    return 2
  } finally {
    await close()
  }
}

const line = ({ contender, callers, stepsPerSecond, p50Ms, p95Ms, p99Ms, errors }: Run) =>
  `${contender} ${String(callers).padStart(4)}: ${String(stepsPerSecond).padStart(6)}/s  p50 ${p50Ms} ms  p95 ${p95Ms} ms  p99 ${p99Ms} ms  errors ${errors}`

interface Wish {
  readonly callers: readonly number[]
  readonly seconds: number
  readonly where: boolean
}

async function measure(ledger: PostgresLedger, config: Config, keys: string, { callers, seconds, where }: Wish) {
  const statutes = openStatutes(
    await readLawFiles(config.regulations),
    () => undefined,
    (sha256) => ledger.law.text(sha256),
  )
  await rememberLaw(ledger.law, statutes)
  const scripts = statutes.library.regulations.flatMap((law) => {
    const bound = statutes.bind(law)
    // Those in which nobody is told no, so that every command is a step.
    return (law.examples?.examples ?? [])
      .filter((e) => e.when.every((w) => w.refused === undefined))
      .map((example) => scriptOf(bound, example))
  })
  const stage = stages(ledger, statutes, keys)
  const runs: Run[] = []
  let cases = 0
  for (const count of [callers[0] ?? 1, ...callers].entries()) {
    const [index, n] = count
    const load = async () => {
      const { run, cases: played } = await runWith(n, index === 0 ? Math.min(seconds, 2) : seconds, scripts, stage)
      cases += played
      return run
    }
    // The first run only warms what is compiled and cached.
    if (index === 0) await load()
    else if (where) {
      const found = await whereGoes(ledger, load)
      runs.push({ ...found.value, where: found.where })
    } else runs.push(await load())
  }
  return { machine: machine(), settings: await settings(ledger), cases, runs }
}

export interface Script {
  readonly bound: Bound
  readonly asked: readonly Asked[]
}

/** The commands of an example, taken down while it is played in memory. */
export function scriptOf(bound: Bound, example: Example): Script {
  const drama = enact(bound.court, example, { ...houseOf(bound, example), number: '000-000000-00000-0' })
  const asked: Asked[] = []
  let state: CaseState | null = null
  let turn = drama.next()
  while (!turn.done) {
    asked.push(turn.value)
    const decided = decide(bound.court, state, turn.value.command, turn.value.at)
    if (!isRefusal(decided)) for (const event of decided.events) state = evolve(state, event)
    turn = drama.next(decided)
  }
  return { bound, asked }
}

async function runWith(
  callers: number,
  seconds: number,
  scripts: readonly Script[],
  stage: () => Stage,
): Promise<{ run: Run; cases: number }> {
  const times: number[] = []
  const began = performance.now()
  const end = began + seconds * 1000
  let next = 0
  let cases = 0
  let errors = 0
  const caller = async () => {
    const { desk, time } = stage()
    while (performance.now() < end) {
      const script = scripts[next++ % scripts.length]
      if (script === undefined) return
      const { service, region } = script.bound.law.regulation
      let number = ''
      for (const asked of script.asked) {
        if (performance.now() >= end) return
        time.now = Date.parse(asked.at)
        const started = performance.now()
        const outcome = await submit(desk, service, region, asked, number)
        times.push(performance.now() - started)
        if (outcome.kind !== 'done') {
          errors++
          break
        }
        number = outcome.number
      }
      cases++
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  const took = (performance.now() - began) / 1000
  times.sort((a, b) => a - b)
  const at = (share: number) => Math.round((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) * 100) / 100
  const steps = times.length
  const run: Run = {
    contender: 'qyzmet',
    callers,
    seconds: Math.round(took * 100) / 100,
    steps,
    stepsPerSecond: Math.round(steps / took),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    errors,
  }
  return { run, cases }
}

const machine = () => ({
  cpu: cpus()[0]?.model ?? '',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 2 ** 30),
  kernel: release(),
  node: process.version,
})

const told = ['server_version', 'fsync', 'synchronous_commit', 'shared_buffers', 'max_connections', 'wal_level', 'io_method', 'jit']

async function settings({ database }: PostgresLedger): Promise<Record<string, string>> {
  const rows = await database.query<{ name: string; setting: string }>({
    name: 'bench settings',
    text: 'select name, setting from pg_settings where name = any ($1) order by name',
    values: [told],
  })
  return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))
}
