/**
 * What a backup costs those who work meanwhile:
 *
 *   npm run bench:backup -- [--data <folder>] [--cases 20000] [--callers 8] [--pause 0] [--seconds 20] [--pace 24] [--most <s>] [--limit 2] [--json <file>]
 *
 * Over a prepared ledger (`--data`, as `npm run bench:million` leaves it; else one of `--cases` cases is made first and goes afterwards), callers play
 * cases through the real desk: for some seconds alone, while `qyzmet backup` runs as the process that an engineer would start, and alone again.
 * `--most`: the backup is broken off after so many seconds, where the whole of it would take longer than the machine stays idle.
 * Exit 1 when the p95 of a step during the backup is `--limit` times that of the time alone, or a step failed.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { stages } from '../../src/cli/theatre.ts'
import { rememberLaw } from '../../src/desk/lawAtStart.ts'
import { readLawFiles } from '../../src/desk/lawFiles.ts'
import { openStatutes } from '../../src/desk/statutes.ts'
import { startEmbedded } from '../../src/ledger/embedded/server.ts'
import { keyRingIn } from '../../src/ledger/keys/keyRing.ts'
import { openLedger } from '../../src/ledger/postgresLedger.ts'
import { type Load, scriptsOf, startLoad } from './load.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    cases: { type: 'string', default: '20000' },
    callers: { type: 'string', default: '8' },
    pause: { type: 'string', default: '0' },
    seconds: { type: 'string', default: '20' },
    pace: { type: 'string', default: '24' },
    most: { type: 'string' },
    limit: { type: 'string', default: '2' },
    json: { type: 'string' },
  },
})

const root = resolve(import.meta.dirname, '../..')

interface Phase {
  readonly phase: 'alone' | 'backup' | 'alone again'
  readonly seconds: number
  readonly stepsPerSecond: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  readonly errors: number
}

function phaseOf(phase: Phase['phase'], { times, errors, seconds }: ReturnType<Load['take']>): Phase {
  times.sort((a, b) => a - b)
  const at = (share: number) => Math.round((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) * 100) / 100
  return {
    phase,
    seconds: Math.round(seconds),
    stepsPerSecond: Math.round(times.length / seconds),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    errors,
  }
}

async function main(): Promise<number> {
  const data = values.data === undefined ? mkdtempSync(join(tmpdir(), 'qyzmet-bench-backup-')) : resolve(values.data)
  const target = mkdtempSync(join(tmpdir(), 'qyzmet-backup-of-'))
  try {
    if (values.data === undefined) prepare(data, values.cases)
    return await measure(data, join(target, 'backup'))
  } finally {
    rmSync(target, { recursive: true, force: true })
    if (values.data === undefined) rmSync(data, { recursive: true, force: true })
  }
}

function prepare(data: string, cases: string): void {
  const script = join(root, 'bench/million/million.ts')
  const given = [
    '--import',
    join(root, 'bench/built.js'),
    script,
    '--data',
    data,
    '--cases',
    cases,
    '--open',
    String(Math.ceil(Number(cases) / 50)),
  ]
  const made = spawnSync(process.execPath, given, { stdio: ['ignore', 'ignore', 'inherit'], cwd: root })
  if (made.status !== 0) throw new Error(`the ledger was not made: exit ${made.status}`)
}

async function measure(data: string, folder: string): Promise<number> {
  const server = await startEmbedded(join(data, 'postgres'))
  const ledger = await openLedger({ url: server.url, keyRing: keyRingIn(join(data, 'keys')) })
  try {
    const statutes = openStatutes(
      await readLawFiles(join(root, 'regulations')),
      () => undefined,
      (sha256) => ledger.law.text(sha256),
    )
    await rememberLaw(ledger.law, statutes)
    const { rows } = await ledger.database.pool.query<{ cases: string; events: string; size: string }>(
      'select count(*) as cases, sum(version) as events, pg_database_size(current_database()) as size from case_head',
    )
    const load = startLoad(Number(values.callers), Number(values.pause), scriptsOf(statutes), stages(ledger, statutes, join(data, 'keys')))
    const seconds = Number(values.seconds) * 1000
    // What is compiled and cached is warm before anything is counted.
    await sleep(Math.min(seconds, 10_000))
    load.take()
    await sleep(seconds)
    const phases = [phaseOf('alone', load.take())]
    const { peakMb, code } = await backup(data, folder)
    phases.push(phaseOf('backup', load.take()))
    await sleep(seconds)
    phases.push(phaseOf('alone again', load.take()))
    await load.stop()
    const alone = Math.max(phases[0]?.p95Ms ?? 0, phases[2]?.p95Ms ?? 0)
    const ratio = Math.round(((phases[1]?.p95Ms ?? 0) / alone) * 100) / 100
    const megabytes = code === 0 ? readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0) / 1e6 : 0
    const result = {
      machine: { cpu: cpus()[0]?.model, cores: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30), load: loadavg()[0] },
      ledger: { cases: Number(rows[0]?.cases), events: Number(rows[0]?.events), gigabytes: Math.round(Number(rows[0]?.size) / 1e8) / 10 },
      backup: { pace: Number(values.pace), exit: code, megabytes: Math.round(megabytes), peakMemoryMb: peakMb },
      callers: Number(values.callers),
      pauseMs: Number(values.pause),
      phases,
      ratio,
    }
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`)
    process.stdout.write(`${JSON.stringify(result.ledger)} ${JSON.stringify(result.backup)} load ${result.machine.load?.toFixed(1)}\n`)
    for (const { phase, seconds: took, stepsPerSecond, p50Ms, p95Ms, p99Ms, errors } of phases)
      process.stdout.write(
        `${phase.padEnd(12)} ${took} s  ${stepsPerSecond}/s  p50 ${p50Ms} ms  p95 ${p95Ms} ms  p99 ${p99Ms} ms  errors ${errors}\n`,
      )
    process.stdout.write(`p95 during the backup: ${ratio} times that of the time alone\n`)
    const ended = code === 0 || (values.most !== undefined && code === 1)
    return ended && ratio < Number(values.limit) && phases.every(({ errors }) => errors === 0) ? 0 : 1
  } finally {
    await ledger.close()
    await server.stop()
  }
}

async function backup(data: string, folder: string): Promise<{ peakMb: number; code: number | null }> {
  const env = { ...process.env, QYZMET_DATA: data, QYZMET_PASSPHRASE: 'a measurement is no secret' }
  const child = spawn(process.execPath, [join(root, 'bin/qyzmet.js'), 'backup', folder, '--pace', values.pace], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const most = values.most === undefined ? undefined : setTimeout(() => child.kill('SIGTERM'), Number(values.most) * 1000)
  let peakMb = 0
  const timer = setInterval(() => {
    peakMb = Math.max(peakMb, peakOf(child))
  }, 500)
  const [code] = await once(child, 'exit')
  clearInterval(timer)
  clearTimeout(most)
  return { peakMb, code }
}

/** The largest resident set so far, of Linux' account of the process; 0 elsewhere. */
function peakOf({ pid }: ChildProcess): number {
  try {
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
  } catch {
    return 0
  }
}

process.exitCode = await main()
