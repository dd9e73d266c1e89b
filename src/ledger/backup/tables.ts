import type pg from 'pg'
import { counterOf, type MigratedFloor } from '../postgres/migrate.ts'

export interface CopiedTable {
  name: string
  /** In the order of the table; generated ones are left out. */
  columns: string[]
}

/** Every table of the database but those that a floor leaves out, and what is sealed, which goes with the keys: one that a later release adds is in the backup without being named here. */
export async function selectTables(client: pg.ClientBase, floors: readonly MigratedFloor[]): Promise<CopiedTable[]> {
  const left = floors.flatMap((floor) => [...Object.keys(floor.leftOut), counterOf(floor)])
  const sealed = floors.flatMap((floor) => floor.sealed ?? [])
  const isSealed = (table: string, column: string) => sealed.some((one) => one.table === table && one.column === column)
  return (await selectAll(client))
    .filter(({ name }) => !left.includes(name))
    .map(({ name, columns }) => ({ name, columns: columns.filter((column) => !isSealed(name, column)) }))
}

async function selectAll(client: pg.ClientBase): Promise<CopiedTable[]> {
  const { rows } = await client.query<CopiedTable>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class as c
     join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
     group by c.relname
     order by c.relname collate "C"`,
  )
  return rows
}

/** Rows that a migration itself makes, and a backup brings its own of. */
const madeByMigrations = ['people_version', 'setting']

/** The first table that has rows of somebody, of those that migrations make; null: the database is new. */
export async function filledTable(client: pg.ClientBase, floors: readonly MigratedFloor[]): Promise<string | null> {
  const counters = floors.map(counterOf)
  for (const { name } of await selectAll(client)) {
    if (madeByMigrations.includes(name) || counters.includes(name)) continue
    const { rowCount } = await client.query(`select from ${name} limit 1`)
    if (rowCount !== 0) return name
  }
  return null
}

export async function deleteMadeRows(client: pg.ClientBase, tables: readonly string[]): Promise<void> {
  for (const name of madeByMigrations) if (tables.includes(name)) await client.query(`delete from ${name}`)
}

/** Numbers that the restored rows hold are not given out again. */
export async function moveSequences(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ owner: string; column: string }>(
    `select c.relname as owner, a.attname as column
     from pg_depend as d
     join pg_class as s on s.oid = d.objid and s.relkind = 'S' and s.relnamespace = 'public'::regnamespace
     join pg_class as c on c.oid = d.refobjid
     join pg_attribute as a on a.attrelid = c.oid and a.attnum = d.refobjsubid
     where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')`,
  )
  for (const { owner, column } of rows)
    await client.query(
      `select setval(pg_get_serial_sequence('${owner}', '${column}'), coalesce(max(${column}), 0) + 1, false) from ${owner}`,
    )
}

/** What waits in graphile-worker's tables, whose shape is its own: as jobs to be added anew. The last column orders them. */
export const effectColumns = ['task', 'payload', 'key', 'run_at', 'max_attempts', 'n']

export const waitingEffects = `
  select t.identifier as task, j.payload, j.key, j.run_at, j.max_attempts, row_number() over (order by j.id) as n
  from graphile_worker._private_jobs as j
  join graphile_worker._private_tasks as t on t.id = j.task_id
  where j.attempts < j.max_attempts
  order by j.id`
