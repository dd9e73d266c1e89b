import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { chooseAccount } from '../../src/ledger/embedded/account.ts'
import type { UrlOf } from './server.ts'

export const bin15 = '/usr/lib/postgresql/15/bin'

/** Why the oldest supported server is not here; null: it is. */
export const hindrance15 = (): string | null =>
  existsSync(join(bin15, 'postgres')) ? null : `Debian’s postgresql-15 is not installed (${bin15})`

export interface Debian15 {
  readonly urlOf: UrlOf
  stop(): Promise<void>
}

/** PostgreSQL 15 as Debian packs it, in a folder of its own; `stop` takes it away. */
export async function startDebian15(): Promise<Debian15> {
  const home = mkdtempSync(join(tmpdir(), 'qz15-'))
  const cluster = join(home, 'cluster')
  initialise15(cluster)
  const server = await start15(cluster)
  return {
    ...server,
    stop: async () => {
      await server.stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

export function initialise15(cluster: string): void {
  const made = launch(cluster, 'initdb', ['-D', cluster, '-U', 'qyzmet', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'])
  if (made.status !== 0) throw new Error(`initdb 15: ${made.stderr}`)
}

/** A server on this cluster; its socket lies in `<cluster>.s`. */
export async function start15(cluster: string): Promise<Debian15> {
  const account = chooseAccount(cluster)
  const sockets = `${cluster}.s`
  mkdirSync(sockets, { recursive: true, mode: 0o700 })
  account.own(sockets)
  const flags = ['listen_addresses=', `unix_socket_directories=${sockets}`, 'fsync=off', 'max_connections=40', 'timezone=UTC']
  const [postgres, args] = account.wrap(join(bin15, 'postgres'), ['-D', cluster, ...flags.flatMap((flag) => ['-c', flag])])
  const { uid, gid } = account
  const server = spawn(postgres, args, { uid, gid, env: { PATH: process.env.PATH, LC_ALL: 'C' }, stdio: ['ignore', 'ignore', 'pipe'] })
  let log = ''
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = `${log}${text}`.slice(-4000)
  })
  const urlOf: UrlOf = (database) => `postgresql://qyzmet@/${database}?host=${encodeURIComponent(sockets)}`
  await untilItWrites(urlOf('postgres'), server, () => log)
  return {
    urlOf,
    stop: async () => {
      server.kill('SIGINT')
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
    },
  }
}

function launch(cluster: string, program: string, args: string[]) {
  const account = chooseAccount(cluster)
  const [name, given] = account.wrap(join(bin15, program), args)
  const { uid, gid } = account
  return spawnSync(name, given, { uid, gid, env: { PATH: process.env.PATH, LC_ALL: 'C' }, encoding: 'utf8' })
}

/** One that still recovers answers, and takes no writes. */
async function untilItWrites(url: string, server: ChildProcess, log: () => string): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL 15 ended with ${server.exitCode}: ${log()}`)
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => {})
    try {
      await client.connect()
      const { rows } = await client.query<{ recovers: boolean }>('select pg_is_in_recovery() as recovers')
      await client.end()
      if (!rows[0]?.recovers) return
    } catch {
      // Not yet.
    }
    await sleep(100)
  }
}
