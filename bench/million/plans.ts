import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { PostgresLedger } from '../../src/ledger/postgresLedger.ts'

/** Every statement that the readings sent, with the values that it was slowest with. */
export interface Heard {
  readonly name: string
  readonly text: string
  times: number
  slowest: { readonly ms: number; readonly values: unknown[] }[]
}

const kept = 3

/** Listens at the ledger's pool from now on. */
export function listen({ database }: PostgresLedger): Map<string, Heard> {
  const heard = new Map<string, Heard>()
  const { pool } = database
  const ask = pool.query.bind(pool) as (statement: pg.QueryConfig) => Promise<pg.QueryResult> // as: the one form that the ledger uses
  const hearing = async (statement: pg.QueryConfig): Promise<pg.QueryResult> => {
    const began = performance.now()
    const answer = await ask(statement)
    note(heard, statement, performance.now() - began)
    return answer
  }
  Object.assign(pool, { query: hearing })
  return heard
}

function note(heard: Map<string, Heard>, { name, text, values = [] }: pg.QueryConfig, ms: number): void {
  if (name === undefined) return
  const known = heard.get(name) ?? { name, text, times: 0, slowest: [] }
  known.times += 1
  if (known.slowest.length < kept || ms > (known.slowest.at(-1)?.ms ?? 0))
    known.slowest = [...known.slowest, { ms, values }].sort((a, b) => b.ms - a.ms).slice(0, kept)
  heard.set(name, known)
}

export interface Fault {
  readonly name: string
  readonly mode: string
  readonly why: string
  readonly plan: string
}

interface Node {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly 'Rows Removed by Index Recheck'?: number
  readonly 'Shared Hit Blocks'?: number
  readonly 'Shared Read Blocks'?: number
  readonly Plans?: readonly Node[]
}

/** Above so many rows a table is not read through. */
const largest = 5_000
/** So many rows may be read over that are not wanted, whatever is found; and so many times what is found. */
const readOver = 2_000
const timesFound = 10

/** So many pages may be read, and so many more for each row that is found: the way down three indexes, a page of the table, one moved by an update. */
const pagesFound = 100
const pagesARow = 6

/** These hold what is open and nothing that has ended: reading over them is bounded by the work at hand, and does not grow with the ledger. */
const ofOpenWork = new Set(['due_running', 'due_next'])

/** Runs every statement again under EXPLAIN, planned for its values and planned once for all values, and names each plan that scans. */
export async function faultsOf({ database }: PostgresLedger, heard: ReadonlyMap<string, Heard>): Promise<Fault[]> {
  return database.withClient(async (client) => {
    const { rows } = await client.query<{ name: string; rows: number }>(
      `select relname as name, reltuples::float8 as rows from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
    )
    const sizes = new Map(rows.map(({ name, rows }) => [name, rows]))
    const faults: Fault[] = []
    for (const { name, text, slowest } of heard.values()) {
      if (!/^\s*(select|with)\b/i.test(text)) continue
      for (const mode of ['force_custom_plan', 'force_generic_plan'] as const)
        for (const { values } of slowest) {
          const plan = await explain(client, mode, text, values)
          const why = wrongIn(plan, sizes)
          if (why !== null) {
            faults.push({ name, mode, why, plan: JSON.stringify(plan, null, 1) })
            break
          }
        }
    }
    return faults
  })
}

async function explain(client: pg.ClientBase, mode: string, text: string, values: readonly unknown[]): Promise<Node> {
  await client.query(`set plan_cache_mode = ${mode}`)
  try {
    await client.query(`prepare explained as ${text}`)
    try {
      const given = values.length === 0 ? '' : `(${values.map(literal).join(', ')})`
      const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(
        `explain (analyze, buffers, timing off, format json) execute explained ${given}`,
      )
      const [first] = rows
      if (first === undefined) throw new Error('no plan')
      return first['QUERY PLAN'][0].Plan
    } finally {
      await client.query('deallocate explained')
    }
  } finally {
    await client.query('reset plan_cache_mode')
  }
}

/** EXECUTE takes no parameters of the protocol: values as the driver would have sent them, quoted. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value))
    return quoted(`{${value.map((one) => (one === null ? 'null' : `"${String(one).replaceAll(/["\\]/g, '\\$&')}"`)).join(',')}}`)
  return quoted(String(value))
}

/** How often each index of the ledger's tables was read; what the connections have not told yet is told first. */
export async function indexUse({ database }: PostgresLedger): Promise<Map<string, number>> {
  await sleep(1_500)
  const { rows } = await database.pool.query<{ name: string; scans: number }>(
    `select indexrelname as name, idx_scan::float8 as scans from pg_stat_user_indexes where schemaname = 'public' order by indexrelname`,
  )
  return new Map(rows.map(({ name, scans }) => [name, scans]))
}

const quoted = (text: string): string => ` E'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

function wrongIn(node: Node, sizes: ReadonlyMap<string, number>): string | null {
  const table = node['Relation Name']
  const rows = table === undefined ? 0 : (sizes.get(table) ?? 0)
  if (node['Node Type'] === 'Seq Scan' && rows > largest) return `reads all of ${table}`
  const removed = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
  // Both are means of a loop: a probe of each case reads the few rows of that case.
  const found = node['Actual Rows']
  const isBounded = [node, ...(node.Plans ?? [])].some((one) => ofOpenWork.has(one['Index Name'] ?? ''))
  if (!isBounded && removed > readOver && removed > timesFound * found)
    return `reads ${removed} rows of ${table ?? node['Node Type']} by ${node['Index Name'] ?? node['Node Type']} for ${found}`
  // Rows that an index condition passes over are counted nowhere; the pages that they lie on are.
  const pages = ((node['Shared Hit Blocks'] ?? 0) + (node['Shared Read Blocks'] ?? 0)) / Math.max(1, node['Actual Loops'])
  if (table !== undefined && pages > pagesFound + pagesARow * (found + removed))
    return `reads ${Math.round(pages)} pages of ${table} by ${node['Index Name'] ?? node['Node Type']} for ${found} rows`
  for (const inner of node.Plans ?? []) {
    const why = wrongIn(inner, sizes)
    if (why !== null) return why
  }
  return null
}
