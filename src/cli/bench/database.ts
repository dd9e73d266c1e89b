import { readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'
import type { Database } from '../../ledger/postgres/database.ts'

/** What the database has counted since it began; two readings make a difference. Times in µs. */
export interface Counters {
  readonly commits: number
  readonly walBytes: number
  /** Syncs of the log and the time spent in them; null where the server does not time them. */
  readonly fsyncs: number
  readonly fsyncUs: number | null
  /** Rows inserted, updated (of which in place, "hot") and deleted, by table. */
  readonly rows: Readonly<Record<string, Rows>>
  /** Calls of our functions; `selfUs` without the functions that they call. */
  readonly functions: Readonly<Record<string, { calls: number; totalUs: number; selfUs: number }>>
  /** Processor time of the server's processes, by their kind; null where they are not on this machine. */
  readonly cpuUs: Readonly<Record<string, number>> | null
}

export interface Rows {
  readonly inserted: number
  readonly updated: number
  readonly hot: number
  readonly deleted: number
}

/** Lets the database time functions and the log's syncs for sessions to come. False: this role may not, and those numbers stay empty. */
export async function countInside(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const name = pg.escapeIdentifier(client.database ?? '')
    for (const setting of ["track_functions = 'pl'", 'track_wal_io_timing = on'])
      await client.query(`alter database ${name} set ${setting}`)
    return true
  } catch (cause) {
    if (cause instanceof pg.DatabaseError && cause.code === '42501') return false
    throw cause
  } finally {
    await client.end()
  }
}

/**
 * Reads the counters. A session hands in what it counted at most once a second, and all of it when it ends: so the ledger's resting sessions are
 * ended first; it opens new ones by itself.
 */
export async function readCounters({ pool }: Database): Promise<Counters> {
  const { pid, here } = await one<{ pid: number; here: boolean }>(
    pool,
    'select pg_backend_pid() as pid, coalesce(inet_server_addr() <<= any (array[$$127.0.0.0/8$$::inet, $$::1$$::inet]), true) as here',
  )
  const cpuUs = here ? cpuOfServer(pid) : null
  await endOthers(pool)
  const { commits, wal } = await one<{ commits: string; wal: string }>(
    pool,
    `select xact_commit as commits, pg_current_wal_insert_lsn() - '0/0' as wal from pg_stat_database where datname = current_database()`,
  )
  const tables = await pool.query<{ name: string } & Rows>(
    `select relname as name, n_tup_ins as inserted, n_tup_upd as updated, n_tup_hot_upd as hot, n_tup_del as deleted from pg_stat_user_tables`,
  )
  const functions = await pool.query<{ name: string; calls: number; total: number; self: number }>(
    'select funcname as name, calls, total_time as total, self_time as self from pg_stat_user_functions',
  )
  return {
    commits: Number(commits),
    walBytes: Number(wal),
    ...(await readSyncs(pool)),
    rows: Object.fromEntries(
      tables.rows.map(({ name, ...rows }) => [
        name,
        { inserted: Number(rows.inserted), updated: Number(rows.updated), hot: Number(rows.hot), deleted: Number(rows.deleted) },
      ]),
    ),
    functions: Object.fromEntries(
      functions.rows.map(({ name, calls, total, self }) => [name, { calls: Number(calls), totalUs: total * 1000, selfUs: self * 1000 }]),
    ),
    cpuUs,
  }
}

/** PostgreSQL 18 counts the log's syncs beside its other input and output, earlier versions in a view of their own. */
async function readSyncs(pool: pg.Pool): Promise<{ fsyncs: number; fsyncUs: number | null }> {
  const { version } = await one<{ version: number }>(pool, `select current_setting('server_version_num')::integer as version`)
  const text =
    version >= 180000
      ? `select sum(fsyncs) as syncs, sum(fsync_time) as ms from pg_stat_io where object = 'wal'`
      : 'select wal_sync as syncs, wal_sync_time as ms from pg_stat_wal'
  const { syncs, ms } = await one<{ syncs: string | null; ms: number | null }>(pool, text)
  return { fsyncs: Number(syncs ?? 0), fsyncUs: ms ? ms * 1000 : null }
}

async function endOthers(pool: pg.Pool): Promise<void> {
  const others = `pid <> pg_backend_pid() and datname = current_database() and backend_type = 'client backend'`
  await pool.query(`select pg_terminate_backend(pid, 5000) from pg_stat_activity where ${others}`)
}

async function one<Row extends pg.QueryResultRow>(pool: pg.Pool, text: string): Promise<Row> {
  const { rows } = await pool.query<Row>(text)
  const [row] = rows
  if (row === undefined) throw new Error('a row was promised')
  return row
}

/** Linux counts processor time in hundredths of a second (USER_HZ). */
const tickUs = 10_000

/** From /proc: the postmaster that `backend` belongs to, and all its children. What has ended, sessions above all, is in the postmaster's own account. */
function cpuOfServer(backend: number): Record<string, number> | null {
  const postmaster = statOf(backend)?.parent
  const root = postmaster === undefined ? undefined : statOf(postmaster)
  if (root === undefined || !root.name.startsWith('postgres')) return null
  const spent: Record<string, number> = { sessions: root.endedChildrenUs }
  for (const entry of readdirSync('/proc')) {
    const stat = /^\d+$/.test(entry) ? statOf(Number(entry)) : undefined
    if (stat === undefined || stat.parent !== postmaster) continue
    const kind = kindOf(Number(entry))
    spent[kind] = (spent[kind] ?? 0) + stat.ownUs
  }
  return spent
}

function statOf(pid: number) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const name = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'))
    // proc_pid_stat(5): after the name come state, parent …; processor time is the 14th to 17th field.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const ticks = (field: number) => Number(fields[field - 3]) * tickUs
    return { name, parent: Number(fields[1]), ownUs: ticks(14) + ticks(15), endedChildrenUs: ticks(16) + ticks(17) }
  } catch {
    return undefined
  }
}

/** PostgreSQL writes into its command line what a process is: `postgres: walwriter`, or the user and database of a session. */
function kindOf(pid: number): string {
  try {
    const [, title = ''] = /postgres: (?:[\w/.-]+: )?(.*)/.exec(readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')) ?? []
    return /^(walwriter|checkpointer|background writer|autovacuum|io worker|logger|logical)/.exec(title)?.[1] ?? 'sessions'
  } catch {
    return 'sessions'
  }
}
