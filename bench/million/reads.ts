/**
 * Every reading of the desks over a ledger that million.ts made, as fast and as narrow as it must be:
 *
 *   npm run bench:reads -- --data <folder> [--samples 200] [--limit 50] [--only <words>] [--json <file>] [--plans <file>]
 *
 * Each is asked with another case, person or page at each turn, warm, in this process, the database beside it: from the call to the rows, its row in
 * the journal committed. Then every statement that was heard is run again under EXPLAIN, planned for its values and for all: exit 1 when a p95 is
 * over the limit, a table of more than 5,000 rows is read through, or an index gives many more rows than are wanted.
 */
import { writeFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import type { PostgresLedger } from '../../src/ledger/postgresLedger.ts'
import { drawFrom } from './draw.ts'
import { faultsOf, indexUse, listen } from './plans.ts'
import { openPrepared } from './prepared.ts'
import { type Probe, probesOf } from './probes.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '.data' },
    samples: { type: 'string', default: '200' },
    limit: { type: 'string', default: '50' },
    only: { type: 'string' },
    json: { type: 'string' },
    plans: { type: 'string' },
  },
})

interface Measured {
  readonly name: string
  readonly rows: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
}

const [samples, limitMs] = [Number(values.samples), Number(values.limit)]
const warmUp = 5

async function time({ name, ask }: Probe): Promise<Measured> {
  const draw = drawFrom(7)
  const times: number[] = []
  let rows = 0
  for (let turn = -warmUp; turn < samples; turn++) {
    const began = performance.now()
    const found = await ask(draw)
    if (turn < 0) continue
    times.push(performance.now() - began)
    rows += found
  }
  times.sort((a, b) => a - b)
  const at = (share: number): number => Math.round((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) * 10) / 10
  return { name, rows: Math.round((rows / samples) * 10) / 10, p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) }
}

const line = ({ name, rows, p50Ms, p95Ms, p99Ms }: Measured): string =>
  `${p95Ms > limitMs ? '✗' : ' '} ${[p50Ms, p95Ms, p99Ms].map((ms) => ms.toFixed(1).padStart(8)).join('')} ms ${String(rows).padStart(7)} rows  ${name}`

const told = [
  'server_version',
  'shared_buffers',
  'effective_cache_size',
  'work_mem',
  'random_page_cost',
  'jit',
  'fsync',
  'synchronous_commit',
  'plan_cache_mode',
]

async function settingsOf({ database }: PostgresLedger): Promise<Record<string, string>> {
  const { rows } = await database.pool.query<{ name: string; setting: string; unit: string | null }>(
    'select name, setting, unit from pg_settings where name = any ($1) order by name',
    [told],
  )
  return Object.fromEntries(rows.map(({ name, setting, unit }) => [name, `${setting}${unit === null ? '' : ` × ${unit}`}`]))
}

async function main(): Promise<number> {
  const { opened, prepared } = await openPrepared(values.data)
  try {
    const settings = await settingsOf(opened.ledger)
    const heard = listen(opened.ledger)
    const probes = (await probesOf(opened)).filter(({ name }) => values.only === undefined || name.includes(values.only))
    heard.clear()
    const before = await indexUse(opened.ledger)
    const measured: Measured[] = []
    for (const probe of probes) {
      measured.push(await time(probe))
      process.stderr.write(`\r${measured.length} of ${probes.length} `)
    }
    process.stderr.write('\n')
    const unread = [...(await indexUse(opened.ledger))].flatMap(([name, scans]) => (scans === (before.get(name) ?? 0) ? [name] : []))
    const faults = await faultsOf(opened.ledger, heard)
    for (const one of measured.toSorted((a, b) => b.p95Ms - a.p95Ms)) process.stdout.write(`${line(one)}\n`)
    for (const { name, mode, why } of faults) process.stdout.write(`✗ ${name} (${mode}) ${why}\n`)
    process.stdout.write(`indexes that no reading used: ${unread.join(', ')}\n`)
    const over = measured.filter(({ p95Ms }) => p95Ms > limitMs)
    const machine = {
      cpu: cpus()[0]?.model ?? '',
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 2 ** 30),
      kernel: release(),
      load: loadavg(),
    }
    process.stdout.write(
      `${prepared.cases} cases, ${prepared.open} open: ${measured.length} readings, ${over.length} over ${limitMs} ms; ${heard.size} statements, ${faults.length} plans that scan\n${JSON.stringify({ machine, settings })}\n`,
    )
    if (values.json !== undefined)
      writeFileSync(values.json, `${JSON.stringify({ machine, settings, prepared, limitMs, measured, unread, faults }, null, 1)}\n`)
    if (values.plans !== undefined)
      writeFileSync(values.plans, faults.map(({ name, mode, why, plan }) => `${name} ${mode}: ${why}\n${plan}\n`).join('\n'))
    return over.length + faults.length === 0 ? 0 : 1
  } finally {
    await opened.close()
  }
}

process.exitCode = await main()
