import type pg from 'pg'

/** A table that holds rows of cases, and how to find those of one. */
export interface CaseTable {
  readonly name: string
  /** Columns that a writer gives: none that the table makes itself. */
  readonly columns: readonly string[]
  readonly key: readonly string[]
  /** Columns of unique indexes that do not hold the case: their values must differ from case to case. */
  readonly alone: ReadonlySet<string>
  readonly where: string
}

export type Row = Readonly<Record<string, string | null>>

const jobs = 'graphile_worker._private_jobs'

/** All tables with rows of cases, found in the catalogue: a new one is seen, a gone one is not missed. */
export async function caseTables(client: pg.Client): Promise<CaseTable[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; key: string[]; unique: string[][] }>(
    `select t.oid::regclass::text as name,
       (select array_agg(attname::text order by attnum) from pg_attribute
        where attrelid = t.oid and attnum > 0 and not attisdropped and attgenerated = '' and attidentity = '') as columns,
       (select array_agg(a.attname::text order by a.attnum) from pg_index as i join pg_attribute as a on a.attrelid = t.oid and a.attnum = any (i.indkey)
        where i.indrelid = t.oid and i.indisprimary) as key,
       coalesce((select json_agg(u.names) from (
         select array_agg(a.attname::text) as names
         from pg_index as i join pg_attribute as a on a.attrelid = t.oid and a.attnum = any (i.indkey)
         where i.indrelid = t.oid and i.indisunique group by i.indexrelid) as u), '[]') as unique
     from pg_class as t
     where t.relkind = 'r' and (t.oid = $1::regclass or t.relnamespace = 'public'::regnamespace and exists (
       select from pg_attribute where attrelid = t.oid and attname = any (array['case_number', 'number']) and atttypid = 'text'::regtype))
     order by t.relname <> 'case_head', t.relname`,
    [jobs],
  )
  return rows.map(({ name, columns, key, unique }) => {
    const holder = ['case_number', 'number'].find((column) => columns.includes(column))
    const alone = new Set(unique.filter((names) => holder === undefined || !names.includes(holder)).flat())
    const where = holder === undefined ? `key like '%/' || $1 || '/%'` : `${holder} = $1`
    return { name, columns, key: name === jobs ? ['key'] : key, alone, where }
  })
}

/** The rows of a case by table and key, each value as the database prints it. */
export async function rowsOfCase(
  client: pg.Client,
  tables: readonly CaseTable[],
  number: string,
): Promise<Map<CaseTable, Map<string, Row>>> {
  const found = new Map<CaseTable, Map<string, Row>>()
  for (const table of tables) {
    const { rows } = await client.query<Row>({
      text: `select ${table.columns.map((column) => `"${column}"`).join(', ')} from ${table.name} where ${table.where}`,
      values: [number],
      types: { getTypeParser: () => (text: string) => text },
    })
    found.set(table, new Map(rows.map((row) => [table.key.map((column) => row[column]).join('\0'), row])))
  }
  return found
}

/** Our own tables that rows were inserted into, as far as the server's sessions have told (within a second). */
export async function writtenTables(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_stat_user_tables where schemaname = 'public' and n_tup_ins > 0`,
  )
  return rows.map(({ name }) => name)
}
