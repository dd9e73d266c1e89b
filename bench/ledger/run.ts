import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Where } from '../../src/cli/bench/where.ts'
import { isKnown, type Known, known, missing, type Name, usual } from './contenders.ts'
import { writeDocument } from './document.ts'
import { inDatabases } from './house.ts'
import { machine } from './machine.ts'
import { tell } from './markdown.ts'
import { cpuOf, cpuOfFamily } from './processes.ts'
import { record } from './record.ts'
import type { Results, Run } from './results.ts'
import { ourBench, type Running, start } from './running.ts'

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

const note = (line: string) => process.stderr.write(`${line}\n`)
const folder = mkdtempSync(join(tmpdir(), 'qyzmet-bench-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
process.once('SIGINT', () => process.exit(130))
process.once('SIGTERM', () => process.exit(143))

const results = await inDatabases(folder, async (house): Promise<Results> => {
  const absent: { name: Name; callers?: number; why: string }[] = []
  const ledgerUrl = await house.database('ledger')
  const recorded = await record(ledgerUrl, folder)
  const recordedFile = join(folder, 'recorded.json')
  writeFileSync(recordedFile, JSON.stringify(recorded))
  const running = new Map<Name, Running>()
  const env = { ...process.env, ...house.env, BENCH_RECORDED: recordedFile }
  for (const name of names) {
    const why = missing(name)
    if (why !== null) absent.push({ name, why })
    else {
      const { database }: Known = known[name]
      const url = database === 'own' ? await house.database(name.replaceAll('-', '_')) : ledgerUrl
      running.set(name, await start(name, { ...env, BENCH_URL: url }))
    }
  }
  // Ours, the server's own reserve, and DBOS's pools: they rest, but stay open.
  const held = 15 + 35 * [...running.keys()].filter((name) => name.startsWith('dbos')).length
  const runs: Run[] = []
  for (let round = 1; round <= rounds; round++)
    for (const count of callers)
      for (const [name, contender] of running) {
        const { connectionEach = false }: Known = known[name]
        if (connectionEach && count + held > house.mostConnections) {
          if (round === 1) absent.push({ name, callers: count, why: `max_connections is ${house.mostConnections}` })
          continue
        }
        const run = await measure(name, contender, { round, callers: count, postmaster: house.postmaster })
        runs.push(run)
        note(
          `round ${round}  ${String(count).padStart(3)} callers  ${name.padEnd(16)} ${run.stepsPerSecond}/s  p50 ${run.p50Ms} ms  load ${run.load}${run.error ? `  ${run.errors} errors: ${run.error}` : ''}`,
        )
      }
  for (const contender of running.values()) await contender.stop()
  const where = names.includes('qyzmet') ? await ourWhere(env) : []
  return {
    at: new Date().toISOString(),
    machine: machine(folder),
    settings: await house.settings(),
    callers,
    seconds,
    rounds,
    recorded: recorded.mean,
    contenders: [...running].map(([name, { about }]) => ({ name, about })),
    absent,
    runs,
    where,
  }
})

process.stdout.write(`${tell(results)}\n`)
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 1)}\n`)
if (values.write) {
  const kept = join(import.meta.dirname, '..', 'results')
  mkdirSync(kept, { recursive: true })
  const name = process.env.DATABASE_URL === undefined ? 'embedded' : 'database-url'
  writeFileSync(
    join(kept, `${name}.json`),
    `${JSON.stringify(results, null, 1)}
`,
  )
  writeDocument(results, name)
}
process.exitCode = results.runs.every(({ errors }) => errors === 0) ? 0 : 1

async function measure(
  contender: Name,
  running: Running,
  { round, callers: count, postmaster }: { round: number; callers: number; postmaster: number | undefined },
): Promise<Run> {
  const load = Math.round((loadavg()[0] ?? 0) * 10) / 10
  const { serverPid } = running
  const spent = () => (serverPid === undefined ? postmaster && cpuOfFamily(postmaster) : cpuOf(serverPid))
  let from: number | undefined
  let until: number | undefined
  const answer = await running.run(
    { callers: count, seconds },
    () => {
      from = spent()
    },
    () => {
      until = spent()
    },
  )
  // Our own command warms up and makes its database inside: its processor time is told by --where.
  const serverCpuUs = from === undefined || until === undefined ? null : Math.round((until - from) / Math.max(answer.steps, 1))
  return { ...answer, contender, callers: count, round, serverCpuUs, load }
}

async function ourWhere(env: NodeJS.ProcessEnv): Promise<Results['where']> {
  const { runs } = (await ourBench(env, ['--where', '--callers', callers.join(','), '--seconds', String(Math.min(seconds, 3))])) as {
    runs: { callers: number; where: Where }[]
  } // as: DESIGN, the commands
  return runs.map(({ callers: count, where }) => ({ callers: count, where }))
}
