import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../../src/ledger/embedded/server.ts'
import { parentOf } from './processes.ts'

/** The server that all contenders share. */
export interface House {
  /** Where `qyzmet bench` finds it. */
  readonly env: { readonly QYZMET_DATA: string } | { readonly DATABASE_URL: string }
  /** Its process, where it is on this machine and ours to look at. */
  readonly postmaster: number | undefined
  readonly mostConnections: number
  /** A fresh database; all are dropped at the end. */
  database(name: string): Promise<string>
  settings(): Promise<Record<string, string>>
}

/** The embedded server takes 60 connections as shipped; a ceiling of 256 callers, each with its own, needs more. */
const forAllCallers = { max_connections: '400' }

/** The server of DATABASE_URL, else an embedded one in `folder`, made for this and gone afterwards. */
export async function inDatabases<T>(folder: string, work: (house: House) => Promise<T>): Promise<T> {
  const given = process.env.DATABASE_URL
  const server = given === undefined ? await startEmbedded(join(folder, 'postgres'), forAllCallers) : undefined
  const url = given ?? server?.url ?? ''
  // Held to the end: a command that leaves an embedded server which nobody else uses stops it.
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const made: string[] = []
  try {
    const { rows } = await client.query<{ most: number }>(`select current_setting('max_connections')::integer as most`)
    return await work({
      env: given === undefined ? { QYZMET_DATA: folder } : { DATABASE_URL: given },
      postmaster: server?.pid ?? (await postmasterOf(client)),
      mostConnections: rows[0]?.most ?? 0,
      database: async (name) => {
        const database = `qyzmet_bench_${process.pid}_${name}`
        await client.query(`create database ${database} template template0 encoding 'UTF8'`)
        made.push(database)
        if (server !== undefined) return server.urlOf(database)
        const own = new URL(url)
        own.pathname = `/${database}`
        return own.href
      },
      settings: () => settingsOf(client),
    })
  } finally {
    for (const database of made) await client.query(`drop database if exists ${database} with (force)`)
    await client.end()
    await server?.stop()
  }
}

/** The server's first process, where it runs on this machine. */
async function postmasterOf(client: pg.Client): Promise<number | undefined> {
  const { rows } = await client.query<{ session: number; here: boolean }>(
    `select pg_backend_pid() as session, inet_server_addr() is null or inet_server_addr() <<= '127.0.0.0/8' or inet_server_addr() = '::1' as here`,
  )
  const [found] = rows
  return found?.here ? parentOf(found.session, 'postgres') : undefined
}

/** Those that matter, and all that are not as the server would choose them. */
async function settingsOf(client: pg.Client): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; value: string }>(
    `select name, current_setting(name) as value from pg_settings
     where name in ('server_version', 'fsync', 'synchronous_commit', 'shared_buffers', 'max_connections', 'wal_level', 'io_method', 'wal_sync_method')
       or (source not in ('default', 'override', 'client', 'session') and name !~ 'director|file|lc_|log_|timezone|DateStyle|TimeZone|ssl|cluster_name')
     order by name`,
  )
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
}
