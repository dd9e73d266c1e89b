import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { livePostmaster, stopPostmaster } from '../../src/ledger/embedded/postmaster.ts'
import { startEmbedded } from '../../src/ledger/embedded/server.ts'

const folders: string[] = []

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'qyzmet-embedded-'))
  folders.push(folder)
  return folder
}

afterEach(async () => {
  for (const folder of folders.splice(0)) {
    await stopPostmaster(join(folder, 'cluster'))
    rmSync(folder, { recursive: true, force: true })
  }
})

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ answer: unknown }>(sql)
  await client.end()
  return rows[0]?.answer
}

/** Starts the server in a process of its own, as `npm start` does, and prints one line. */
function startElsewhere(folder: string, ending: string, env: NodeJS.ProcessEnv = process.env) {
  const script = `
    import { startEmbedded } from ${JSON.stringify(new URL('../../src/ledger/embedded/server.ts', import.meta.url).href)}
    const server = await startEmbedded(process.argv[1])
    console.log(JSON.stringify({ url: server.url, adopted: server.adopted, pid: server.pid }))
    ${ending}`
  return { args: ['--input-type=module', '--eval', script, folder], env }
}

describe('the embedded server', () => {
  it('holds UTF-8 and sorts by code points whatever LANG says', async () => {
    const server = await startEmbedded(newFolder())
    expect(await ask(server.url, `select current_setting('server_encoding') as answer`)).toBe('UTF8')
    expect(await ask(server.url, `select lower('ӘҒҚҢӨҰҮҺІ') as answer`)).toBe('әғқңөұүһі')
    expect(await server.stop()).toBe('stopped')
  })

  it('listens on nothing but a socket closed to others', async () => {
    const folder = newFolder()
    const server = await startEmbedded(folder)
    expect(await ask(server.url, `select current_setting('listen_addresses') as answer`)).toBe('')
    expect(statSync(join(folder, 'socket')).mode & 0o077).toBe(0)
  })

  it('starts in a folder whose path is longer than a socket name may be', async () => {
    const deep = join(newFolder(), 'ұзақ'.repeat(10), 'x'.repeat(60))
    mkdirSync(deep, { recursive: true, mode: 0o700 })
    const server = await startEmbedded(deep)
    expect(await ask(server.url, 'select 1 as answer')).toBe(1)
    expect(await server.stop()).toBe('stopped')
  })

  it('starts with an empty environment', () => {
    const { args } = startElsewhere(newFolder(), 'process.exit(0)')
    const done = spawnSync(process.execPath, args, { encoding: 'utf8', env: { PATH: process.env.PATH, HOME: process.env.HOME } })
    expect(JSON.parse(done.stdout)).toMatchObject({ adopted: false })
  })

  it('is adopted after a kill -9 of the process that started it', async () => {
    const folder = newFolder()
    const { args } = startElsewhere(folder, `process.kill(process.pid, 'SIGKILL')`)
    const killed = spawnSync(process.execPath, args, { encoding: 'utf8' })
    expect(killed.signal).toBe('SIGKILL')
    const server = await startEmbedded(folder)
    expect(server).toMatchObject({ adopted: true, pid: JSON.parse(killed.stdout).pid })
    expect(await ask(server.url, 'select 1 as answer')).toBe(1)
  })

  it('starts again after a kill -9 of the database itself', async () => {
    const folder = newFolder()
    const first = await startEmbedded(folder)
    process.kill(first.pid, 'SIGKILL')
    const second = await startEmbedded(folder)
    expect(second.adopted).toBe(false)
    expect(await ask(second.url, 'select 1 as answer')).toBe(1)
  })

  it('is not stopped while another process is connected', async () => {
    const server = await startEmbedded(newFolder())
    const other = new pg.Client({ connectionString: server.url })
    await other.connect()
    expect(await server.stop()).toBe('inUse')
    await other.end()
    await expect.poll(() => server.stop(), { timeout: 30_000 }).toBe('stopped')
  })

  it('does not take another program with the number of the old server for it', async () => {
    const folder = newFolder()
    const server = await startEmbedded(folder)
    const file = join(folder, 'cluster', 'postmaster.pid')
    const lines = readFileSync(file, 'utf8')
    await server.stop()
    const stranger = spawn('sleep', ['60'])
    writeFileSync(file, lines.replace(/^\d+/, String(stranger.pid)))
    expect(livePostmaster(join(folder, 'cluster'))).toBeUndefined()
    expect((await startEmbedded(folder)).adopted).toBe(false)
    stranger.kill()
  })

  it('is initialised once when two processes start together', async () => {
    const folder = newFolder()
    const servers = await Promise.all([startEmbedded(folder), startEmbedded(folder)])
    expect(servers[0].pid).toBe(servers[1].pid)
    expect(servers.map((server) => server.adopted).sort()).toEqual([false, true])
  })
})
