import type { Database } from '../../src/ledger/postgres/database.ts'

/** Everything that the tables hold, but for the wrapping of keys, which each installation has of its own. */
export async function contents(database: Database): Promise<Record<string, string[]>> {
  const { rows } = await database.pool.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname not like '%migration' order by 1`,
  )
  const found: Record<string, string[]> = {}
  for (const { name } of rows) {
    const bare = name === 'case_key' ? `to_jsonb(t) - 'wrapped' || jsonb_build_object('destroyed', t.wrapped is null)` : 'to_jsonb(t)'
    const { rows: all } = await database.pool.query<{ row: string }>(`select (${bare})::text as row from ${name} as t order by 1`)
    found[name] = all.map(({ row }) => row)
  }
  return found
}
