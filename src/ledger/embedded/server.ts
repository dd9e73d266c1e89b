import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Account, chooseAccount } from './account.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { EmbeddedServerError, StandsStill } from './breakage.ts'
import { isAlive, livePostmaster, type Postmaster, stopPostmaster, untilReady } from './postmaster.ts'
import { settings } from './settings.ts'
import { withStartLock } from './startLock.ts'

export interface EmbeddedServer {
  /** Connection string of the database `qyzmet`, over a unix socket that only this account can open. */
  url: string
  /** The same for another database of this server. */
  urlOf(database: string): string
  pid: number
  /** True when the server was already running: left by a killed process, or shared with another one. */
  adopted: boolean
  /** Stops the server unless another process is still connected to it. Close your own connections first. */
  stop(): Promise<'stopped' | 'inUse'>
}

const user = 'qyzmet'
const major = '18'
/** sun_path holds 108 bytes with the closing zero; `/.s.PGSQL.5432` is appended to the folder. */
const longestSocketFolder = 107 - '/.s.PGSQL.5432'.length
const startPatienceMs = 60_000
const lingeringMs = 1_500
const longestLog = 8_000_000

/**
 * Starts PostgreSQL in `folder` (made with mode 0700 when absent), or adopts the one that runs there.
 * @param overrides server settings that replace those of `settings.ts`
 */
export async function startEmbedded(folder: string, overrides: Record<string, string> = {}): Promise<EmbeddedServer> {
  const home = resolve(folder)
  makeOwnFolder(home)
  const cluster = join(home, 'cluster')
  return withStartLock(join(home, 'starting.lock'), async () => {
    for (let attempt = 1; ; attempt++) {
      const running = livePostmaster(cluster)
      const postmaster = running ? await adopted(cluster, running) : await bringUp(home, cluster, overrides)
      if (postmaster === null) continue
      const server = describe(cluster, postmaster, running !== undefined)
      try {
        await ensureDatabase(server)
        return server
      } catch (cause) {
        if (cause instanceof StandsStill) throw cause
        // A server that is just dying still looks alive: the next look finds it gone.
        if (running === undefined || attempt === 50)
          throw new EmbeddedServerError('start', 'The embedded PostgreSQL does not answer.', { cause })
        await sleep(100)
      }
    }
  })
}

/** null: it was dying, and is gone. */
async function adopted(cluster: string, running: Postmaster): Promise<Postmaster | null> {
  const died = () => (isAlive(running.pid) ? undefined : 'it was just ending')
  try {
    return await untilReady(cluster, died, startPatienceMs)
  } catch (cause) {
    if (died()) return null
    throw cause
  }
}

function makeOwnFolder(home: string): void {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 })
    accessSync(home, constants.W_OK)
  } catch (cause) {
    const mine = existsSync(home) ? home : dirname(home)
    if (!existsSync(mine)) throw cause
    const owner = `${mine} belongs to user ${statSync(mine).uid}`
    throw new EmbeddedServerError('notOwner', `${owner}: run as its owner or choose another QYZMET_DATA.`, { cause })
  }
}

async function bringUp(home: string, cluster: string, overrides: Record<string, string>): Promise<Postmaster> {
  const account = chooseAccount(cluster)
  // Where the server must be another user, it must be able to pass through the folder that holds its own.
  account.own(home)
  const binaries = findBinaries(join(home, 'lib'))
  if (!existsSync(cluster)) initialise(cluster, account, binaries)
  const version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()
  if (version !== major)
    throw new EmbeddedServerError(
      'otherVersion',
      `${cluster} was made by PostgreSQL ${version}; this release brings ${major}. Export with the old release, import with this one.`,
    )
  for (let attempt = 1; ; attempt++) {
    try {
      return await launch(home, cluster, account, binaries, overrides)
    } catch (cause) {
      // After a kill -9 of the server alone its sessions live for a moment, and hold the shared memory.
      const passing = cause instanceof EmbeddedServerError && /shared memory block|is still in use/.test(cause.log)
      if (!passing || attempt === 50) throw cause
      await sleep(200)
    }
  }
}

/** Made aside and renamed: an interrupted initialisation leaves no half cluster. */
function initialise(cluster: string, account: Account, binaries: Binaries): void {
  const draft = `${cluster}.${process.pid}`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  account.own(draft)
  const [program, args] = account.wrap(binaries.initdb, [
    `--pgdata=${draft}`,
    `--username=${user}`,
    // Without these initdb takes SQL_ASCII where LANG is absent.
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    // The socket lies in a folder of mode 0700, and there is no other way in. `peer` would compare names across the user namespace.
    '--auth=trust',
    '--no-instructions',
  ])
  const done = spawnSync(program, args, { encoding: 'utf8', env: environment(binaries), uid: account.uid, gid: account.gid })
  if (done.status !== 0) {
    rmSync(draft, { recursive: true, force: true })
    throw new EmbeddedServerError('initialise', 'initdb failed.', {
      cause: done.error,
      log: `${done.stdout ?? ''}${done.stderr ?? ''}`.slice(-4000),
    })
  }
  renameSync(draft, cluster)
}

async function launch(
  home: string,
  cluster: string,
  account: Account,
  binaries: Binaries,
  overrides: Record<string, string>,
): Promise<Postmaster> {
  const options = { ...settings, ...overrides, unix_socket_directories: socketFolder(home, account) }
  const flags = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const [program, args] = account.wrap(binaries.postgres, ['-D', cluster, ...flags])
  const logFile = join(home, 'postgres.log')
  if (existsSync(logFile) && statSync(logFile).size > longestLog) rmSync(logFile)
  // A file, not a pipe: the server outlives a killed parent.
  const log = openSync(logFile, 'a', 0o600)
  const from = statSync(logFile).size
  // Its own session: Ctrl-C in the terminal reaches us first, and we drain before it stops.
  const child = spawn(program, args, {
    detached: true,
    stdio: ['ignore', log, log],
    env: environment(binaries),
    uid: account.uid,
    gid: account.gid,
  })
  closeSync(log)
  let ended: string | undefined
  child.on('error', (cause) => {
    ended = String(cause)
  })
  child.on('exit', (code, signal) => {
    ended ??= `exit ${code ?? signal}`
  })
  child.unref()
  const lastWords = () => ended && `${ended}\n${readFileSync(logFile).subarray(from).toString().slice(-4000)}`
  return untilReady(cluster, lastWords, startPatienceMs)
}

function environment(binaries: Binaries): Record<string, string> {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', ...binaries.env }
}

/** Inside the data folder when its path is short enough, else under the system's temporary folder; always closed to others. */
function socketFolder(home: string, account: Account): string {
  const near = join(home, 'socket')
  const mark = createHash('sha256').update(home).digest('hex').slice(0, 16)
  const folder = Buffer.byteLength(near) <= longestSocketFolder ? near : join(tmpdir(), `qyzmet-${mark}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const uid = process.getuid?.() ?? -1
  const owner = statSync(folder).uid
  if (owner !== uid && owner !== account.uid) throw new EmbeddedServerError('notOwner', `${folder} belongs to user ${owner}.`)
  account.own(folder)
  chmodSync(folder, 0o700)
  return folder
}

/** It is empty after a clean stop; where it is not, somebody has started again. */
function removeSocketFolder(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // Left for the next start.
  }
}

function describe(cluster: string, postmaster: Postmaster, adopted: boolean): EmbeddedServer {
  const urlOf = (database: string) =>
    `postgresql://${user}@/${encodeURIComponent(database)}?host=${encodeURIComponent(postmaster.socketFolder)}&port=${postmaster.port}`
  return {
    url: urlOf('qyzmet'),
    urlOf,
    pid: postmaster.pid,
    adopted,
    stop: async () => {
      if (await staysInUse(urlOf('postgres'))) return 'inUse'
      await stopPostmaster(cluster)
      removeSocketFolder(postmaster.socketFolder)
      return 'stopped'
    },
  }
}

async function ensureDatabase(server: EmbeddedServer): Promise<void> {
  await untilRecovered(server)
  try {
    await withClient(server.url, async () => {})
  } catch (cause) {
    if (!(cause instanceof pg.DatabaseError && cause.code === '3D000')) throw cause
    await withClient(server.urlOf('postgres'), (client) => client.query('create database qyzmet'))
  }
}

/** A server that is recovered to a moment calls itself ready while it only replays. It is waited for as long as it gets on. */
async function untilRecovered(server: EmbeddedServer): Promise<void> {
  let reached: string | null = null
  let end = Date.now() + startPatienceMs
  for (;;) {
    const [found] = await withClient(server.urlOf('postgres'), async (client) => {
      const text = 'select pg_is_in_recovery() as recovers, pg_last_wal_replay_lsn()::text as replayed'
      return (await client.query<{ recovers: boolean; replayed: string | null }>(text)).rows
    })
    if (!found?.recovers) return
    if (found.replayed !== reached) {
      reached = found.replayed
      end = Date.now() + startPatienceMs
    }
    if (Date.now() > end) throw new StandsStill(reached)
    await sleep(200)
  }
}

/** A session outlives its closed connection by some milliseconds: one that is still there after a while is another process's. */
async function staysInUse(url: string): Promise<boolean> {
  const end = Date.now() + lingeringMs
  while (await hasOtherClients(url)) {
    if (Date.now() > end) return true
    await sleep(50)
  }
  return false
}

async function hasOtherClients(url: string): Promise<boolean> {
  try {
    return await withClient(url, async (client) => {
      const { rows } = await client.query<{ others: boolean }>(
        `select count(*) > 0 as others from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
      )
      return rows[0]?.others ?? false
    })
  } catch {
    // It does not answer: nobody works with it.
    return false
  }
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
