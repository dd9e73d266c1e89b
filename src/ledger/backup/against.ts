import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type Database, inTransaction } from '../postgres/database.ts'
import type { Problem } from '../verify/problem.ts'
import { checkFiles, openManifest, readManifest } from './check.ts'
import { readCompressed } from './flow.ts'
import { linesOf } from './lines.ts'
import { type BackedUpTable, fileOf } from './manifest.ts'

export interface AgainstBackup {
  /** When the backup was made. */
  madeAt: string
  /** How many cases it has. */
  cases: number
  /** Cases of the backup whose values and files were lawfully destroyed, then or since: their chains are still compared. */
  destroyed: { home: number; case: string }[]
  /** `missing`, `rolledBack`, `changed`. */
  problems: Problem[]
}

/**
 * Whether everything that a backup has is still in the ledger: each case's chain as the beginning of the chain that is here, each row of a table
 * that only grows. A chain's event carries the hash of all before it, so one look at the event that was last then tells of all of them, given
 * that `verify` finds the chains whole. Throws ImportRefused when the backup itself is not whole.
 * @param passphrase where given, the manifest must be sealed by it; without it, whoever could write the backup could have written another
 */
export async function compareWithBackup(database: Database, folder: string, passphrase: string | undefined): Promise<AgainstBackup> {
  const manifest = await readManifest(folder)
  if (passphrase !== undefined) await openManifest(manifest, passphrase)
  await checkFiles(manifest, folder, null)
  const result: AgainstBackup = { madeAt: manifest.madeAt, cases: manifest.heads.cases, destroyed: [], problems: [] }
  await database.withClient(async (client) => {
    const heads = manifest.tables.find(({ table }) => table === 'case_head')
    if (heads) await compareHeads(client, headsIn(folder, heads), result)
    await inTransaction(client, async () => {
      const growing = await selectGrowing(client)
      for (const table of manifest.tables) {
        const keys = growing.get(table.table)
        if (keys) result.problems.push(...(await missingRows(client, folder, table, keys)))
      }
    })
  })
  return result
}

interface Head {
  home: number
  number: string
  version: number
  /** Hex. */
  head: string
}

const headsAtOnce = 1_000

async function compareHeads(client: pg.ClientBase, heads: AsyncIterable<Head>, result: AgainstBackup): Promise<void> {
  let page: Head[] = []
  const flush = async () => {
    for (const row of await selectNow(client, page)) judge(row, result)
    page = []
  }
  for await (const head of heads) {
    page.push(head)
    if (page.length >= headsAtOnce) await flush()
  }
  await flush()
}

/** Lines of the table as COPY wrote them: columns between tabs, bytes as `\\x` and hex digits. Case numbers have nothing to escape. */
async function* headsIn(folder: string, { table, columns }: BackedUpTable): AsyncGenerator<Head> {
  const [home, number, version, head] = ['home', 'number', 'version', 'head'].map((name) => columns.indexOf(name))
  for await (const line of linesOf(join(folder, fileOf(table)))) {
    const values = line.split('\t')
    const at = (index: number | undefined) => values[index ?? -1] ?? ''
    yield { home: Number(at(home)), number: at(number), version: Number(at(version)), head: at(head).slice('\\\\x'.length) }
  }
}

interface Now extends Head {
  version_now: number | null
  /** Of the event that was the last one in the backup; null: there is none. */
  hash_now: string | null
  destroyed: boolean
}

function judge(
  { home, number, version, head, version_now, hash_now, destroyed }: Now,
  { destroyed: listed, problems }: AgainstBackup,
): void {
  const tell = (kind: Problem['kind'], text: string) =>
    problems.push({ kind, home, case: number, seq: kind === 'missing' ? null : version, text })
  if (destroyed) listed.push({ home, case: number })
  if (version_now === null) tell('missing', `the backup has it with ${version} events, the ledger has no such case`)
  else if (version_now < version || hash_now === null)
    tell('rolledBack', `the backup has ${version} events, the ledger ${version_now}${hash_now === null ? `, and no event ${version}` : ''}`)
  else if (hash_now !== head) tell('changed', `event ${version} had the hash ${head}, now it has ${hash_now}`)
}

/** One probe of each index a case: a join would be free to read the whole table of events. */
async function selectNow(client: pg.ClientBase, page: readonly Head[]): Promise<Now[]> {
  const { rows } = await client.query<Now>(
    `select a.home, a.number, a.version, a.head, h.version as version_now, encode(e.hash, 'hex') as hash_now,
       k.case_number is not null and k.wrapped is null as destroyed
     from unnest($1::integer[], $2::text[], $3::integer[], $4::text[]) as a(home, number, version, head)
     left join lateral (select h.version from case_head as h where h.home = a.home and h.number = a.number limit 1) as h on true
     left join lateral (
       select e.hash from event as e where e.home = a.home and e.case_number = a.number and e.seq = a.version limit 1) as e on true
     left join lateral (
       select k.case_number, k.wrapped from case_key as k where k.home = a.home and k.case_number = a.number limit 1) as k on true`,
    [page.map((h) => h.home), page.map((h) => h.number), page.map((h) => h.version), page.map((h) => h.head)],
  )
  return rows
}

/** Primary keys of the tables from which nothing may go: those that refuse changes. Events are compared by the heads. */
async function selectGrowing(client: pg.ClientBase): Promise<Map<string, string[]>> {
  const { rows } = await client.query<{ name: string; keys: string[] }>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as keys
     from pg_trigger as t
     join pg_class as c on c.oid = t.tgrelid and c.relnamespace = 'public'::regnamespace and c.relname <> 'event'
     join pg_constraint as p on p.conrelid = c.oid and p.contype = 'p'
     join pg_attribute as a on a.attrelid = c.oid and a.attnum = any (p.conkey)
     where t.tgname = 'append_only'
     group by c.relname`,
  )
  return new Map(rows.map(({ name, keys }) => [name, keys]))
}

async function missingRows(client: pg.ClientBase, folder: string, { table, columns }: BackedUpTable, keys: string[]): Promise<Problem[]> {
  const then = `backup_${table}`
  await client.query(`create temporary table ${then} on commit drop as select ${columns.join(', ')} from ${table} with no data`)
  await pipeline([...readCompressed(join(folder, fileOf(table))), client.query(copyFrom(`copy ${then} from stdin`))])
  const of = (alias: string, names: readonly string[]) => names.map((name) => `${alias}.${name}`).join(', ')
  const { rows } = await client.query<{ row: string }>(
    `select concat_ws(' ', ${keys.map((key) => (key === 'sha256' ? `encode(b.sha256, 'hex')` : `b.${key}`)).join(', ')}) as row
     from ${then} as b
     where not exists (
       select from ${table} as t
       where (${of('t', keys)}) = (${of('b', keys)}) and row(${of('t', columns)}) is not distinct from row(${of('b', columns)}))
     limit 100`,
  )
  return rows.map(({ row }) => ({
    kind: 'missing',
    home: 0,
    case: '',
    seq: null,
    text: `${table} ${row}: the backup has this row, the ledger not, or another`,
  }))
}
