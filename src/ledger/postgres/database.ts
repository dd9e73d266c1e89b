import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { LedgerAway } from '../ledger.ts'
import { hostsOf, socketsTo } from './hosts.ts'

/** A named statement: prepared once a connection. Its parameters are only in `values`. */
export interface Statement {
  name: string
  text: string
  values?: unknown[]
}

export interface Database {
  /** Runs a statement that may be run again: it is repeated while the server is away, at most for the patience given at opening. */
  query<Row extends pg.QueryResultRow>(statement: Statement): Promise<Row[]>
  /** The same for a transaction: all of it may be run again. */
  transaction<T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T>
  /** One connection for the time of the work. */
  withClient<T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T>
  pool: pg.Pool
  newClient(): pg.Client
  close(): Promise<void>
}

export interface DatabaseOptions {
  url: string
  /** Connections for everything but the write path. */
  connections?: number
  /** How long a caller waits for a server that is away, in ms. */
  patienceMs?: number
}

const timestamptz = 1184
const int8 = 20

/** Instants as RFC 3339 in UTC (`infinity`, our mark of "no due date", as null); counts as numbers. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    if (oid === timestamptz) return (text: string) => (text === 'infinity' ? null : Temporal.Instant.from(text).toString())
    if (oid === int8) return Number
    return pg.types.getTypeParser(oid, format)
  },
}

export function openDatabase({ url, connections = 8, patienceMs = 5_000 }: DatabaseOptions): Database {
  const { connectionString, hosts } = hostsOf(url)
  const config: pg.ClientConfig = {
    connectionString,
    ...(hosts.length > 0 && { stream: socketsTo(hosts) }),
    types,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    application_name: 'qyzmet',
  }
  const pool = new pg.Pool({ ...config, max: connections, idleTimeoutMillis: 60_000 })
  // A connection lost while it rests: the next query gets a new one.
  pool.on('error', ignore)
  pool.on('connect', (client) => client.on('error', ignore))
  const withClient = async <T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T> => {
    const client = await pool.connect()
    let broken = false
    try {
      return await work(client)
    } catch (cause) {
      broken = isAway(cause)
      throw cause
    } finally {
      client.release(broken)
    }
  }
  return {
    query: (statement) => patiently(patienceMs, async () => (await pool.query(statement)).rows),
    transaction: (work) => patiently(patienceMs, () => withClient((client) => inTransaction(client, work))),
    withClient,
    pool,
    newClient: () => new pg.Client(config),
    close: () => pool.end(),
  }
}

export async function inTransaction<T>(client: pg.ClientBase, work: (client: pg.ClientBase) => Promise<T>, begin = 'begin'): Promise<T> {
  await client.query(begin)
  try {
    const value = await work(client)
    await client.query('commit')
    return value
  } catch (cause) {
    // On a lost connection there is nothing to roll back, and the first cause is the one to tell.
    await client.query('rollback').catch(ignore)
    throw cause
  }
}

async function patiently<T>(patienceMs: number, work: () => Promise<T>): Promise<T> {
  const end = Date.now() + patienceMs
  for (;;) {
    try {
      return await work()
    } catch (cause) {
      if (!isAway(cause)) throw cause
      if (Date.now() > end) throw new LedgerAway('notDone', cause)
      await sleep(100)
    }
  }
}

/**
 * True when the server did not answer, rather than answered no: every failure that is not a message of the server, and its messages of
 * classes 08 (connection), 53 (disk full, too many connections), 57P0x (shutting down, starting) and 25006: a server that has become a standby takes
 * no writes any more, and another one does.
 * The driver's own failures have a name no more special than that of every error, and no code; a `SyntaxError` of JSON that is "unterminated" is none.
 */
export function isAway(cause: unknown): boolean {
  if (!(cause instanceof Error) || cause instanceof LedgerAway) return false
  if (cause instanceof pg.DatabaseError) return /^(08|53|57P0|25006)/.test(cause.code ?? '')
  if ('code' in cause) return /^E[A-Z]+$/.test(String(cause.code))
  return cause.name === 'Error' && /\b(connection|timeout|terminated|closed)\b/i.test(cause.message)
}

function ignore(): void {}
