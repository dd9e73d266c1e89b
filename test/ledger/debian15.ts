import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { chooseAccount } from '../../src/ledger/embedded/account.ts'
import type { UrlOf } from './server.ts'

const bin = '/usr/lib/postgresql/15/bin'

/** Why the oldest supported server is not here; null: it is. */
export const hindrance15 = (): string | null =>
  existsSync(join(bin, 'postgres')) ? null : `Debian’s postgresql-15 is not installed (${bin})`

/** PostgreSQL 15 as Debian packs it, in a folder of its own; `stop` takes it away. */
export async function startDebian15(): Promise<{ urlOf: UrlOf; stop: () => Promise<void> }> {
  const home = mkdtempSync(join(tmpdir(), 'qz15-'))
  const cluster = join(home, 'cluster')
  const account = chooseAccount(cluster)
  account.own(home)
  const options = { uid: account.uid, gid: account.gid, env: { PATH: process.env.PATH, LC_ALL: 'C' } }
  const run = (program: string, args: string[]) => account.wrap(join(bin, program), args)
  const [initdb, given] = run('initdb', ['-D', cluster, '-U', 'qyzmet', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'])
  const made = spawnSync(initdb, given, { ...options, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`initdb 15: ${made.stderr}`)
  mkdirSync(join(home, 's'), { mode: 0o700 })
  account.own(join(home, 's'))
  const flags = ['listen_addresses=', `unix_socket_directories=${join(home, 's')}`, 'fsync=off', 'max_connections=40']
  const [postgres, args] = run('postgres', ['-D', cluster, ...flags.flatMap((flag) => ['-c', flag])])
  const server = spawn(postgres, args, { ...options, stdio: 'ignore' })
  const urlOf: UrlOf = (database) => `postgresql://qyzmet@/${database}?host=${encodeURIComponent(join(home, 's'))}`
  await untilItAnswers(urlOf('postgres'), server)
  return {
    urlOf,
    stop: async () => {
      server.kill('SIGINT')
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
      rmSync(home, { recursive: true, force: true })
    },
  }
}

async function untilItAnswers(url: string, server: ChildProcess): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL 15 ended with ${server.exitCode}`)
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return
    } catch {
      await sleep(100)
    }
  }
}
