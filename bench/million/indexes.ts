import type { PostgresLedger } from '../../src/ledger/postgresLedger.ts'

/** Filling is quicker without indexes; their definitions wait in a setting, so that a run that was cut off can bring them back. */
const setting = 'benchMillionIndexes'

interface Definition {
  readonly name: string
  readonly text: string
}

const tables = [
  ...['case_head', 'event', 'personal', 'case_key', 'command', 'file', 'file_chunk', 'read_journal'],
  ...['case_view', 'work_item', 'due', 'custody_item', 'search_key'],
]

export async function dropIndexes({ database, settings }: PostgresLedger): Promise<void> {
  if ((await settings.get(setting)) !== undefined) return
  const { rows } = await database.pool.query<Definition & { relation: string; constrained: boolean }>(
    `select i.relname as name, t.relname as relation, c.oid is not null as constrained,
       case when c.oid is null then pg_get_indexdef(i.oid)
         else format('alter table %I add constraint %I %s', t.relname, c.conname, pg_get_constraintdef(c.oid)) end as text
     from pg_index as x
     join pg_class as i on i.oid = x.indexrelid
     join pg_class as t on t.oid = x.indrelid
     left join pg_constraint as c on c.conindid = i.oid
     where t.relname = any ($1) and t.relnamespace = 'public'::regnamespace
     order by t.relname, i.relname`,
    [tables],
  )
  await settings.set(
    setting,
    rows.map(({ name, text }) => ({ name, text })),
  )
  for (const { name, relation, constrained } of rows)
    await database.pool.query(constrained ? `alter table ${relation} drop constraint ${name}` : `drop index if exists ${name}`)
}

/** Makes what is missing; tells of each how long it took, in seconds. */
export async function makeIndexes({ database, settings }: PostgresLedger, tell: (name: string, seconds: number) => void): Promise<void> {
  const kept = await settings.get(setting)
  if (!Array.isArray(kept)) return
  const client = await database.pool.connect()
  try {
    await client.query(`set maintenance_work_mem = '1GB'; set max_parallel_maintenance_workers = 1; set synchronous_commit = off`)
    for (const one of kept) {
      const { name, text } = { name: '', text: '', ...(typeof one === 'object' && !Array.isArray(one) ? one : {}) }
      const began = performance.now()
      const { rowCount } = await client.query(`select from pg_class where relname = $1 and relnamespace = 'public'::regnamespace`, [name])
      if (rowCount === 0) await client.query(String(text))
      tell(String(name), (performance.now() - began) / 1000)
    }
  } finally {
    client.release()
  }
  await database.pool.query('delete from setting where name = $1', [setting])
}
