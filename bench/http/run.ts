/**
 * Load over HTTP, as people make it:
 *
 *   npm run bench:http -- [--users 1000] [--minutes 2] [--spike] [--signins 300] [--servers 1] [--look 8] [--cases 3000] [--data <folder>] [--json <file>]
 *
 * Real servers in processes of their own, on the embedded PostgreSQL or on DATABASE_URL; the senders in a third process, on the same machine. Everybody is
 * signed in beforehand. Staff open their list, a case, its form, read and type, are saved while they type, send it and go on; their pages listen for word
 * of others. Exit 1 when a limit is not kept, an answer is missing, or something acknowledged is not in the ledger.
 */
import { type ChildProcess, fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, release, tmpdir, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import type { DriverPlan, DriverTold } from './driver.ts'
import { type Server, startServer } from './servers.ts'
import { logins, planUsers, root, type Stage, setStage } from './stage.ts'
import { linesOf, quantile, recoveredAfter, round } from './tally.ts'

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '1000' },
    minutes: { type: 'string', default: '2' },
    spike: { type: 'boolean', default: false },
    signins: { type: 'string' },
    servers: { type: 'string', default: '1' },
    look: { type: 'string', default: '8' },
    cases: { type: 'string', default: '3000' },
    data: { type: 'string' },
    json: { type: 'string' },
    profile: { type: 'string' },
  },
})

/** p95, in ms. */
const limits = { read: 150, write: 300 } as const
/** What comes first is compiled and cached: not measured. */
const warmMs = 20_000
const spike = { times: 5, beforeMs: 20_000, forMs: 30_000, afterMs: 40_000 }
const signInsWithinMs = 120_000

const users = Number(values.users)
const pace = { lookMs: Number(values.look) * 1000 }
const data = values.data === undefined ? mkdtempSync(join(tmpdir(), 'qyzmet-http-')) : resolve(values.data)
const loopFile = join(data, 'loop.ndjson')
const tell = (text: string): void => void process.stderr.write(`${text}\n`)

interface Result {
  readonly name: string
  readonly lines: ReturnType<typeof linesOf>
  /** Of one core, while it was measured. */
  readonly serverCpu: number
  readonly driverCpu: number
  /** p99 of the senders' own lateness, in ms. */
  readonly driverLateMs: number
  /** Lateness of the servers' event loops, a second's worst: median and worst, in ms. */
  readonly lateMs: { readonly median: number; readonly worst: number }
  readonly oddities: Readonly<Record<string, number>>
  readonly acknowledged: number
  readonly recoveredAfterSeconds?: number | null
}

async function main(): Promise<number> {
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const stage = await setStage(data, process.env.DATABASE_URL, Number(values.cases), tell)
  const servers: Server[] = []
  const clear = async () => {
    for (const server of servers.splice(0)) await server.end()
    await stage.close()
    if (values.data === undefined) rmSync(data, { recursive: true, force: true })
  }
  // Broken off, it leaves no server and no database running.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void clear().finally(() => process.exit(130)))
  const results: Result[] = []
  const acknowledged: string[] = []
  try {
    const plans = await planUsers(stage, users * (values.spike ? spike.times : 1))
    tell(`${plans.length} people are signed in`)
    await stage.leave()
    const profile = values.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`]
    const watched = ['--import', join(import.meta.dirname, 'loop.ts'), ...profile]
    for (let count = 0; count < Number(values.servers); count++)
      servers.push(await startServer({ ...stage.env, BENCH_LOOP: loopFile }, watched))
    const bases = servers.map(({ url }) => url)
    const base = plans.slice(0, users)
    const steadyMs = warmMs + Number(values.minutes) * 60_000
    results.push(
      await phase(
        'steady',
        servers,
        { bases, pace, waves: [{ users: base, fromMs: 0, untilMs: steadyMs }] },
        warmMs,
        steadyMs,
        acknowledged,
      ),
    )
    if (values.spike) results.push(...(await spiked(servers, bases, base, plans.slice(users), acknowledged)))
    if (values.signins !== undefined) results.push(await morning(servers, bases, base, Number(values.signins), acknowledged))
    const codes = await Promise.all(servers.map((server) => server.end()))
    servers.length = 0
    return await report(stage, results, acknowledged, codes)
  } finally {
    await clear()
  }
}

async function run(plan: DriverPlan): Promise<DriverTold> {
  const driver: ChildProcess = fork(join(import.meta.dirname, 'driver.ts'), { stdio: 'inherit', serialization: 'advanced' })
  driver.send(plan)
  const [told] = await Promise.race([
    once(driver, 'message'),
    once(driver, 'exit').then(([code]) => {
      throw new Error(`the driver ended with ${code}`)
    }),
  ])
  return told as DriverTold // of driver.ts
}

async function phase(
  name: string,
  servers: readonly Server[],
  plan: DriverPlan,
  fromMs: number,
  untilMs: number,
  acknowledged: string[],
): Promise<Result> {
  tell(`${name}: ${Math.round((plan.waves.at(-1)?.untilMs ?? 0) / 1000)} s`)
  const began = Date.now()
  const cpu = () => servers.reduce((sum, server) => sum + server.cpuSeconds(), 0)
  const before = cpu()
  const told = await run(plan)
  acknowledged.push(...told.acknowledged)
  return {
    ...resultOf(name, told, fromMs, untilMs, began),
    serverCpu: round(cpu() - before),
    driverCpu: round(told.cpuSeconds),
    driverLateMs: round(told.lateMs),
  }
}

const resultOf = (
  name: string,
  told: DriverTold,
  fromMs: number,
  untilMs: number,
  began: number,
): Omit<Result, 'serverCpu' | 'driverCpu' | 'driverLateMs'> => ({
  name,
  lines: linesOf(told.samples, fromMs, untilMs),
  lateMs: lateness(began + fromMs, began + untilMs),
  oddities: told.oddities,
  acknowledged: told.acknowledged.length,
})

/** Five times the people, at once, for half a minute; then the usual ones again. */
async function spiked(
  servers: readonly Server[],
  bases: readonly string[],
  base: DriverPlan['waves'][0]['users'],
  more: DriverPlan['waves'][0]['users'],
  acknowledged: string[],
): Promise<Result[]> {
  const [begins, ends] = [spike.beforeMs, spike.beforeMs + spike.forMs]
  const over = ends + spike.afterMs
  tell(`spike: ${Math.round(over / 1000)} s`)
  const began = Date.now()
  const cpu = () => servers.reduce((sum, server) => sum + server.cpuSeconds(), 0)
  const before = cpu()
  const told = await run({
    bases,
    pace,
    waves: [
      { users: base, fromMs: 0, untilMs: over },
      { users: more, fromMs: begins, untilMs: ends },
    ],
  })
  acknowledged.push(...told.acknowledged)
  const all = { serverCpu: round(cpu() - before), driverCpu: round(told.cpuSeconds), driverLateMs: round(told.lateMs) }
  const recovered = recoveredAfter(told.samples, ends, limits.read)
  return [
    { ...resultOf(`spike ×${spike.times}`, told, begins, ends, began), ...all },
    { ...resultOf('after the spike', told, ends + 10_000, over, began), ...all, recoveredAfterSeconds: recovered },
  ]
}

async function morning(
  servers: readonly Server[],
  bases: readonly string[],
  base: DriverPlan['waves'][0]['users'],
  count: number,
  acknowledged: string[],
): Promise<Result> {
  const those = logins().slice(0, count)
  const each = signInsWithinMs / those.length
  const comers = those.map((login, index) => ({
    users: [{ kind: 'signIn' as const, login }],
    fromMs: warmMs + index * each,
    untilMs: warmMs + signInsWithinMs + 10_000,
  }))
  const until = warmMs + signInsWithinMs
  const waves = [{ users: base, fromMs: 0, untilMs: until }, ...comers]
  return phase(`${those.length} sign-ins in ${signInsWithinMs / 60_000} min`, servers, { bases, pace, waves }, warmMs, until, acknowledged)
}

function lateness(from: number, until: number): Result['lateMs'] {
  if (!existsSync(loopFile)) return { median: 0, worst: 0 }
  const lines = readFileSync(loopFile, 'utf8').trim().split('\n')
  const worst = lines
    .map((line) => JSON.parse(line) as { at: number; max: number }) // of loop.ts
    .filter(({ at }) => at >= from && at < until)
    .map(({ max }) => max)
  return { median: round(quantile(worst, 0.5)), worst: round(Math.max(0, ...worst)) }
}

/** The keys that the server called done and the ledger does not have. */
async function lost({ url }: Stage, keys: readonly string[]): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query('select distinct key from command where key = any ($1)', [keys])
    return new Set(keys).size - rows.length
  } finally {
    await client.end()
  }
}

async function report(
  stage: Stage,
  results: readonly Result[],
  keys: readonly string[],
  codes: readonly (number | null)[],
): Promise<number> {
  const missing = await lost(stage, keys)
  const { PATH = '', HOME = '' } = process.env
  const verified = spawnSync(process.execPath, [join(root, 'bin', 'qyzmet.js'), 'verify', '--json'], {
    env: { PATH, HOME, ...stage.env },
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  // As docs/api.md has it.
  const { problems, cases, events } = JSON.parse(verified.stdout) as { problems: unknown[]; cases: number; events: number }
  const machine = {
    cpu: cpus()[0]?.model ?? '',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
    load: loadavg().map(round),
  }
  const all = {
    machine,
    users,
    lookSeconds: Number(values.look),
    servers: Number(values.servers),
    results,
    acknowledged: keys.length,
    lost: missing,
    verify: { cases, events, problems: problems.length },
    exitCodes: codes,
  }
  for (const { name, lines, lateMs, serverCpu, driverCpu, driverLateMs, oddities, recoveredAfterSeconds } of results) {
    process.stdout.write(
      `\n${name}: processor s: servers ${serverCpu}, senders ${driverCpu} (late by ${driverLateMs} ms at p99); event loop late, each second's worst: median ${lateMs.median} ms, worst ${lateMs.worst} ms\n`,
    )
    process.stdout.write(`  kind      answered     /s    p50    p95    p99 ms     503  failed\n`)
    for (const one of lines)
      process.stdout.write(
        `  ${one.kind.padEnd(8)} ${String(one.answered).padStart(9)} ${String(one.perSecond).padStart(6)} ${String(one.p50Ms).padStart(6)} ${String(one.p95Ms).padStart(6)} ${String(one.p99Ms).padStart(6)} ${String(one.shed).padStart(10)} ${String(one.failed).padStart(7)}\n`,
      )
    if (Object.keys(oddities).length > 0) process.stdout.write(`  ${JSON.stringify(oddities)}\n`)
    if (recoveredAfterSeconds !== undefined)
      process.stdout.write(
        `  recovered ${recoveredAfterSeconds === null ? 'never' : `${recoveredAfterSeconds} s`} after the end of the spike\n`,
      )
  }
  process.stdout.write(
    `\nacknowledged ${keys.length}, of them not in the ledger ${missing}; verify: ${cases} cases, ${events} events, ${problems.length} problems; servers ended with ${codes.join(', ')}\n${JSON.stringify(all)}\n`,
  )
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(all, null, 1)}\n`)
  return isKept(results) && missing === 0 && problems.length === 0 && codes.every((code) => code === 0) ? 0 : 1
}

/** In ordinary times the limits hold and nobody is sent away; in a spike whoever is not sent away is answered. */
const isKept = (results: readonly Result[]): boolean =>
  results.every(({ name, lines }) =>
    lines.every(({ kind, p95Ms, shed, failed }) => {
      if (failed > 0) return false
      if (name.startsWith('spike')) return true
      return shed === 0 && (kind === 'write' ? p95Ms < limits.write : kind !== 'read' || p95Ms < limits.read)
    }),
  )

process.exitCode = await main()
