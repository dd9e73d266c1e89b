import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, type Asked, figures } from './contender.ts'
import { pgbenchScript } from './pgbenchScript.ts'
import { cpuOf } from './processes.ts'
import type { Recorded } from './recorded.ts'
import { sessionSettings } from './sessionSettings.ts'

/**
 * The ceiling from a client in C: pgbench writes the rows of one command in one transaction a step, prepared, over one
 * connection a caller; in one statement, or in one for each table and row (`each`). It speaks as `serve` in contender.ts does.
 */

/** The first seconds are not counted: every connection prepares every statement in them, which takes the longer the more there are. */
const warmFor = (callers: number) => 2 + Math.floor(callers / 50)

const { BENCH_URL: url = '', BENCH_RECORDED: file = '' } = process.env
const recorded = JSON.parse(readFileSync(file, 'utf8')) as Recorded // as: written by record.ts
const folder = mkdtempSync(join(tmpdir(), 'qyzmet-pgbench-'))
const manner = process.argv[2] === 'each' ? 'each' : 'one'
const script = pgbenchScript(recorded, manner)
writeFileSync(join(folder, 'steps.sql'), script.text)
const tell = (answer: unknown) => process.stdout.write(`@${JSON.stringify(answer)}\n`)
const version = spawnSync('pgbench', ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? ''

tell({
  about: {
    client: version,
    statements: manner === 'one' ? 'one a step' : 'begin, one a table or row, commit, a round trip each',
    connections: 'one a caller',
  },
})
for await (const line of createInterface({ input: process.stdin })) {
  tell(await run(JSON.parse(line) as Asked)) // as: written by run.ts
  tell('resting')
}
rmSync(folder, { recursive: true, force: true })

async function run({ callers, seconds }: Asked): Promise<Answer> {
  const warmSeconds = warmFor(callers)
  const args = [
    ...['-n', '-M', 'prepared', '-f', join(folder, 'steps.sql'), '-l', `--log-prefix=${join(folder, 'log')}`],
    ...['-c', String(callers), '-j', String(Math.min(callers, 2)), '-T', String(Math.ceil(warmSeconds + seconds))],
    ...[...script.variables].flatMap(([name, value]) => ['-D', `${name}=${value}`]),
    url,
  ]
  const child = spawn('pgbench', args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, PGOPTIONS: sessionSettings } })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const ended = new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? 1)))
  await Promise.race([sleep(warmSeconds * 1000), ended])
  tell('warm')
  const from = cpuOf(child.pid ?? 0)
  let until = from
  const watch = setInterval(() => {
    until = cpuOf(child.pid ?? 0) ?? until
  }, 50)
  const code = await ended
  clearInterval(watch)
  const times = readTimes(seconds)
  const errors = code === 0 ? 0 : 1
  return {
    ...figures(times, seconds),
    errors,
    ...(errors === 0 ? {} : { error: said.slice(-500) }),
    ownCpuUs: Math.round(((until ?? 0) - (from ?? 0)) / Math.max(times.length, 1)),
  }
}

/** Of the log's lines (client, transaction, µs, script, second, µs of the second): the times in ms of what ended in the last `seconds`. */
function readTimes(seconds: number): number[] {
  const logs = readdirSync(folder).filter((name) => name.startsWith('log.'))
  const lines = logs.flatMap((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'))
  for (const name of logs) rmSync(join(folder, name))
  const all = lines
    .map((line) => line.split(' ').map(Number))
    .map(([, , us = 0, , second = 0, part = 0]) => ({ us, at: second + part / 1e6 }))
  const last = all.reduce((latest, { at }) => Math.max(latest, at), 0)
  return all.filter(({ at }) => at > last - seconds).map(({ us }) => us / 1000)
}
