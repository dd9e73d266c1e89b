import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { stopPostmaster } from '../../src/ledger/embedded/postmaster.ts'
import { startEmbedded } from '../../src/ledger/embedded/server.ts'
import { root } from '../cli/workshop.ts'
import { openOffice } from '../desk/office.ts'
import { bin15, hindrance15, initialise15, start15 } from '../ledger/debian15.ts'

const page = readFileSync(join(root, 'docs', 'operations.md'), 'utf8')
const home = mkdtempSync(join(tmpdir(), 'qz-pitr-'))
const clusters: string[] = []
afterAll(async () => {
  for (const cluster of clusters) await stopPostmaster(cluster)
  rmSync(home, { recursive: true, force: true })
})

type Environment = Record<string, string>

interface Done {
  code: number
  out: string
  err: string
}

/** Without blocking: work goes on in this process meanwhile. */
function start(program: string, args: string[], env: Environment): Promise<Done> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd: root, env: { HOME: home, ...env }, maxBuffer: 1 << 26 }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), out, err }),
    )
  })
}

/** Runs a block of docs/operations.md as it stands there. */
async function run(title: string, env: Environment): Promise<void> {
  const [, block] = page.split(`\`\`\`sh\n# ${title}\n`)
  const [script] = block?.split('\n```') ?? []
  if (script === undefined) throw new Error(`docs/operations.md has no block “${title}”`)
  const { code, out, err } = await start('bash', ['--norc', '-euc', script], { PATH: `${bin15}:${process.env.PATH}`, ...env })
  if (code !== 0) throw new Error(`${title}: ${out}${err}`)
}

const qyzmet = (args: string[], env: Environment) =>
  start(process.execPath, [join(root, 'bin', 'qyzmet.js'), ...args], { PATH: process.env.PATH ?? '', ...env })

const verified = async (env: Environment): Promise<{ cases: number; events: number; problems: unknown[] }> =>
  JSON.parse((await qyzmet(['verify', '--json'], env)).out)

/** Folders, and the tests' key of the installation where the commands look for it. */
function folders(name: string): Environment & { QYZMET_DATA: string; BACKUPS: string; RECOVERED: string; KEYS: string } {
  const own = join(home, name)
  const env = { QYZMET_DATA: join(own, 'd'), BACKUPS: join(own, 'b'), RECOVERED: join(own, 'r'), KEYS: join(own, 'k') }
  for (const folder of [join(env.QYZMET_DATA, 'keys'), env.KEYS]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(join(folder, 'master.key'), `${Buffer.alloc(32, 'qyzmet').toString('base64')}\n`, { mode: 0o600 })
  }
  return env
}

/** Some steps of cases of both regulations. */
async function work(url: string): Promise<void> {
  const { office, close } = await openOffice({ url })
  await office.walk('almaty', 'corporation', 'accumulate')
  await office.walk('aktobe', 'corporation', 'sendRequest')
  await close()
}

async function momentOf(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ now: string }>('select clock_timestamp()::text as now')
  await client.end()
  // So that nothing is committed in the same instant.
  await sleep(1_100)
  return rows[0]?.now ?? ''
}

describe('a ledger comes back to a moment between two commands, by the commands of docs/operations.md,', () => {
  it('on the embedded server', async () => {
    const env = folders('e')
    const cluster = join(env.QYZMET_DATA, 'postgres', 'cluster')
    clusters.push(cluster, join(env.RECOVERED, 'postgres', 'cluster'))
    expect(await verified(env)).toEqual({ cases: 0, events: 0, problems: [] })
    // Without an archive a base backup would be worth nothing.
    const early = await qyzmet(['base-backup', join(home, 'early')], env)
    expect([early.code, early.err]).toEqual([1, expect.stringContaining('archive_mode is off')])
    await run('archive, embedded', env)
    const server = await startEmbedded(join(env.QYZMET_DATA, 'postgres'))
    // As `serve` does, somebody stays connected: a command that is the last one to leave stops the server.
    const staying = new pg.Client({ connectionString: server.url })
    staying.on('error', () => {})
    await staying.connect()
    await work(server.url)
    const atBase = await verified(env)
    let busy = true
    const during = (async () => {
      while (busy) await work(server.url)
    })()
    await run('base backup, embedded', env)
    busy = false
    await during
    await work(server.url)
    const wanted = await verified(env)
    expect(wanted.events).toBeGreaterThan(atBase.events)
    const MOMENT = await momentOf(server.url)
    await work(server.url)
    expect((await verified(env)).events).toBeGreaterThan(wanted.events)
    // The machine dies: nothing is archived at leisure.
    process.kill(server.pid, 'SIGKILL')
    await sleep(500)
    await run('recover, embedded', { ...env, MOMENT })
    expect(await verified({ QYZMET_DATA: env.RECOVERED })).toEqual({ ...wanted, problems: [] })
    // And it is a ledger like any other: cases go on.
    const recovered = await startEmbedded(join(env.RECOVERED, 'postgres'))
    await work(recovered.url)
    await recovered.stop()
    const after = await verified({ QYZMET_DATA: env.RECOVERED })
    expect([after.problems, after.cases]).toEqual([[], wanted.cases + 2])
  }, 600_000)

  it('on a server of one’s own', async (test) => {
    const reason = hindrance15()
    if (reason !== null) return test.skip(reason)
    const env = folders('o')
    const cluster = join(home, 'o', 'c')
    initialise15(cluster)
    let server = await start15(cluster)
    const DATABASE_URL = server.urlOf('postgres')
    await run('archive, own', { ...env, DATABASE_URL })
    await server.stop()
    server = await start15(cluster)
    await work(DATABASE_URL)
    await run('base backup, own', { ...env, DATABASE_URL })
    await work(DATABASE_URL)
    const wanted = await verified({ ...env, DATABASE_URL })
    const MOMENT = await momentOf(DATABASE_URL)
    await work(DATABASE_URL)
    await server.stop()
    await run('recover, own', { ...env, MOMENT })
    const recovered = await start15(env.RECOVERED)
    try {
      const there = { ...env, DATABASE_URL: recovered.urlOf('postgres') }
      expect(await verified(there)).toEqual({ ...wanted, problems: [] })
      await work(there.DATABASE_URL)
      expect((await verified(there)).cases).toBe(wanted.cases + 2)
    } finally {
      await recovered.stop()
    }
  }, 600_000)
})
