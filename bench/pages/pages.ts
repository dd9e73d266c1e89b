/**
 * Server time of every page with many cases in the ledger:
 *
 *   npm run bench:pages -- [--cases 10000] [--samples 20] [--limit 50] [--only aktobe.clerk] [--data <folder>] [--json <file>]
 *
 * Cases are played through the real engine into a database of its own (`--data` keeps it for the next time; a ledger of bench:million is measured as
 * it lies). Then everybody of the list signs in,
 * every link of their pages is followed, and each kind of page is asked for again and again, warm: from the request to the last byte of the
 * answer, inside this process, with the real database beside it. Exit 1 when the p95 of any page is over the limit.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, release, tmpdir, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type OpenedHouse, openHouse } from '../../src/main.ts'
import { cookieName } from '../../src/people/tokens.ts'
import { simulateSeal } from '../../src/seal/simulator/simulator.ts'
import { createApp } from '../../src/web/app.tsx'
import { preparedIn } from '../million/prepared.ts'
import { crawl, type Get } from './crawl.ts'
import { fill } from './fill.ts'
import { searches } from './searches.ts'

const everybody = [
  ...['clerk', 'operator', 'accumulation', 'courier', 'head', 'specialist', 'issueDesk', 'supervisor', 'administrator'].map(
    (r) => `almaty.${r}`,
  ),
  ...['clerk', 'operator', 'head', 'supervisor', 'administrator'].map((r) => `aktobe.${r}`),
  'akmola.clerk',
  '-',
]

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '10000' },
    samples: { type: 'string', default: '20' },
    limit: { type: 'string', default: '50' },
    only: { type: 'string' },
    data: { type: 'string' },
    json: { type: 'string' },
  },
})

interface Measured {
  readonly login: string
  readonly page: string
  readonly path: string
  readonly samples: number
  readonly bytes: number
  readonly p50Ms: number
  readonly p95Ms: number
}

const origin = 'http://127.0.0.1:8080'
const samples = Number(values.samples)
const limitMs = Number(values.limit)
/** A table of thousands of rows is a file that is waited for, not a page: it is measured and has no limit. */
const isOver = ({ page, p95Ms }: { page: string; p95Ms: number }): boolean => p95Ms > limitMs && !/\.(csv|xlsx)$/.test(page)
const data = values.data === undefined ? mkdtempSync(join(tmpdir(), 'qyzmet-pages-')) : resolve(values.data)

/** What is asked again and again: a page or a search. */
export interface Probe {
  readonly page: string
  readonly path: string
  readonly ask: () => Promise<number>
}

async function main(): Promise<number> {
  const opened = await openHouse({
    demonstration: true,
    host: '127.0.0.1',
    port: 0,
    data,
    databaseUrl: undefined,
    publicUrl: origin,
    regulations: resolve(import.meta.dirname, '../../regulations'),
    keys: join(data, 'keys'),
  })
  try {
    const began = performance.now()
    const until = opened.house.clock.now() - 60_000
    const tell = (done: number): void => void process.stderr.write(`\r${done} cases `)
    // A ledger of bench:million is measured as it lies.
    const prepared = await preparedIn(opened)
    const cases =
      prepared?.cases ?? (await fill(opened, simulateSeal({ folder: join(data, 'keys', 'simulator') }), Number(values.cases), until, tell))
    process.stderr.write(`in ${Math.round((performance.now() - began) / 1000)} s\n`)
    const logins = everybody.filter((login) => values.only === undefined || values.only.split(',').includes(login))
    const measured: Measured[] = []
    for (const login of logins) measured.push(...(await measure(opened, login)))
    return report(cases, measured)
  } finally {
    await opened.close()
    if (values.data === undefined) rmSync(data, { recursive: true, force: true })
  }
}

async function measure({ house }: OpenedHouse, login: string): Promise<Measured[]> {
  const app = createApp(house, { log: () => {} })
  const token = login === '-' ? undefined : await tokenOf(house, login)
  const cookie = `qyzmet-visit=${'v'.repeat(43)}${token === undefined ? '' : `; ${cookieName(false)}=${token}`}`
  const get: Get = async (path) => {
    const answer = await app.fetch(new Request(`${origin}${path}`, { headers: { cookie, 'accept-encoding': 'identity' } }))
    return { status: answer.status, text: await answer.text() }
  }
  const found = await crawl(get, token === undefined ? ['/'] : ['/work', '/search'], 3)
  const pages = [...found].flatMap(([page, addresses]) =>
    addresses.map((path): Probe => ({ page, path, ask: async () => (await get(path)).text.length })),
  )
  const asked = token === undefined ? [] : await searches(house, login, token, (request) => app.fetch(request), origin)
  const measured: Measured[] = []
  for (const probe of [...pages, ...asked]) measured.push(await time(login, probe))
  return measured
}

async function tokenOf(house: OpenedHouse['house'], login: string): Promise<string> {
  const signed = await house.people.oneClick(login)
  if (!signed.ok) throw new Error(`${login}: ${signed.error.code}`)
  return signed.value.token
}

async function time(login: string, { page, path, ask }: Probe): Promise<Measured> {
  const times: number[] = []
  let bytes = 0
  for (let turn = -3; turn < samples; turn++) {
    const began = performance.now()
    bytes = await ask()
    if (turn >= 0) times.push(performance.now() - began)
  }
  times.sort((a, b) => a - b)
  const at = (share: number): number => Math.round((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) * 10) / 10
  return { login, page, path, samples, bytes, p50Ms: at(0.5), p95Ms: at(0.95) }
}

/** A kind of page as it was slowest, and for whom. */
const line = ({ p50Ms, p95Ms, bytes, login, page, times }: Measured & { times: number }): string =>
  `${isOver({ page, p95Ms }) ? '✗' : ' '} ${p50Ms.toFixed(1).padStart(7)} ${p95Ms.toFixed(1).padStart(7)} ms ${String(Math.round(bytes / 1024)).padStart(5)} KiB ${String(times).padStart(4)}  ${login.padEnd(22)} ${page}`

function report(cases: number, measured: readonly Measured[]): number {
  const over = measured.filter(isOver)
  const machine = {
    cpu: cpus()[0]?.model ?? '',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
    load: loadavg().map((load) => Math.round(load * 100) / 100),
  }
  const byPage = Map.groupBy(measured, ({ page }) => page)
  const worst = [...byPage].map(([, all]) => ({ ...all.reduce((a, b) => (b.p95Ms > a.p95Ms ? b : a)), times: all.length }))
  for (const one of worst.sort((a, b) => b.p95Ms - a.p95Ms)) process.stdout.write(`${line(one)}\n`)
  process.stdout.write(`${cases} cases, ${measured.length} pages, ${over.length} over ${limitMs} ms; ${JSON.stringify(machine)}\n`)
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ machine, cases, limitMs, measured }, null, 1)}\n`)
  return over.length === 0 ? 0 : 1
}

process.exitCode = await main()
