import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { chooseAccount } from '../../src/ledger/embedded/account.ts'
import { findBinaries } from '../../src/ledger/embedded/binaries.ts'
import { settings } from '../../src/ledger/embedded/settings.ts'
import { childrenOf, mortal, signal, until } from './processes.ts'

/** How the database is started this time. */
export interface Manner {
  /** Added to its environment: a library that bends its clock. */
  readonly env?: Readonly<Record<string, string>>
}

/** A PostgreSQL 18 that may be killed, starved and bent; the same programs and settings as the embedded one of the product. */
export interface Postgres {
  /** Over its unix socket, past every proxy. */
  readonly url: string
  readonly socket: string
  start(manner?: Manner): Promise<void>
  /** Fast shutdown. */
  stop(): Promise<void>
  /** SIGKILL of the postmaster; `all`: its children first. */
  kill(all: boolean): Promise<void>
  readonly alive: () => boolean
  readonly pid: () => number
  /** What it has written to its log so far. */
  log(): string
}

export interface PostgresOptions {
  /** Folder of the cluster, made by `initdb` before. */
  readonly cluster: string
  /** Where socket and log lie. */
  readonly folder: string
  /** Before the program's own command line: into the namespace that sees the cluster. */
  readonly enter?: readonly string[]
  readonly overrides?: Readonly<Record<string, string>>
}

export function ownPostgres({ cluster, folder, enter, overrides = {} }: PostgresOptions): Postgres {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const logFile = join(folder, 'postgres.log')
  const binaries = findBinaries(join(folder, 'lib'))
  const options = { ...settings, ...overrides, unix_socket_directories: folder, log_min_messages: 'warning' }
  const flags = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const url = `postgresql://qyzmet@/qyzmet?host=${encodeURIComponent(folder)}&port=5432`
  let child: ChildProcess | undefined
  const alive = () => child !== undefined && child.exitCode === null && child.signalCode === null

  function commandLine(): readonly [string, readonly string[]] {
    // Innermost, because a change of user takes the wish back.
    const [own = '', ...args] = [...mortal, binaries.postgres, '-D', cluster, ...flags]
    if (enter === undefined) return chooseAccount(cluster).wrap(own, args)
    // Inside the namespace everybody is root, whom PostgreSQL refuses: one more namespace gives it a name.
    const [program = '', ...rest] = [...enter, 'unshare', '--user', '--map-user=1000', '--map-group=1000', '--', own]
    return [program, [...rest, ...args]]
  }

  async function launch({ env = {} }: Manner): Promise<boolean> {
    const log = openSync(logFile, 'a', 0o600)
    const [program, args] = commandLine()
    const environment = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', ...binaries.env, ...env }
    const started = spawn(program, args, { detached: true, stdio: ['ignore', log, log], env: environment })
    closeSync(log)
    child = started
    for (let waited = 0; waited < 30_000; waited += 20) {
      if (!alive()) return false
      if (await answers(url)) return true
      await sleep(20)
    }
    throw new Error(`PostgreSQL did not answer within 30 s: ${logFile}`)
  }

  return {
    url,
    socket: join(folder, '.s.PGSQL.5432'),
    alive,
    pid: () => child?.pid ?? 0,
    log: () => readFileSync(logFile, 'utf8'),
    start: async (manner = {}) => {
      // Sessions of a killed postmaster live for a moment and hold its shared memory: until they are gone a start is refused.
      for (let attempt = 1; !(await launch(manner)); attempt++) {
        if (attempt === 100) throw new Error(`PostgreSQL does not start: ${readFileSync(logFile, 'utf8').slice(-2000)}`)
        await sleep(100)
      }
    },
    stop: async () => {
      if (!alive()) return
      signal(child?.pid ?? 0, 'SIGINT')
      await until('PostgreSQL stops', 60_000, () => !alive())
    },
    kill: async (all) => {
      const pid = child?.pid ?? 0
      if (all) for (const one of childrenOf(pid)) signal(one, 'SIGKILL')
      signal(pid, 'SIGKILL')
      await until('PostgreSQL is killed', 10_000, () => !alive())
    },
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
