import type pg from 'pg'

/**
 * Tables, columns, keys, indexes, triggers and functions of our schema as lines of text, in a fixed order, the same on every version of the
 * server: what a reviewer sees change beside a migration.
 */
export async function describeSchema(client: pg.ClientBase | pg.Pool): Promise<string> {
  const { rows } = await client.query<{ line: string }>(description)
  return `${rows.map((row) => row.line).join('\n')}\n`
}

const description = `
  with ours as (
    select c.oid, c.relname, c.reloptions
    from pg_class as c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
  ),
  lines as (
    select o.relname as owner, 0 as part, '' as name,
      'table ' || o.relname || coalesce(' with (' || array_to_string(o.reloptions, ', ') || ')', '') as line
    from ours as o
    union all
    select o.relname, 1, to_char(a.attnum, '000'),
      '  ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
        || case when a.attcollation <> t.typcollation then ' collate "' || l.collname || '"' else '' end
        || case when a.attnotnull then ' not null' else '' end
        || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
        || case when a.attstorage <> t.typstorage then ' storage ' || a.attstorage::text else '' end
    from ours as o
    join pg_attribute as a on a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped
    join pg_type as t on t.oid = a.atttypid
    left join pg_collation as l on l.oid = a.attcollation
    left join pg_attrdef as d on d.adrelid = o.oid and d.adnum = a.attnum
    union all
    select o.relname, 2, c.conname, '  ' || pg_get_constraintdef(c.oid)
    from ours as o
    join pg_constraint as c on c.conrelid = o.oid and c.contype in ('p', 'u', 'c', 'f')
    union all
    select o.relname, 3, i.relname, '  ' || pg_get_indexdef(i.oid)
    from ours as o
    join pg_index as x on x.indrelid = o.oid and not x.indisprimary
    join pg_class as i on i.oid = x.indexrelid
    union all
    select o.relname, 4, t.tgname, '  ' || pg_get_triggerdef(t.oid)
    from ours as o
    join pg_trigger as t on t.tgrelid = o.oid and not t.tgisinternal
    union all
    select '~functions', 5, p.proname,
      'function ' || p.proname || '(' || pg_get_function_arguments(p.oid) || ') returns ' || pg_get_function_result(p.oid)
        || ' sha256 ' || encode(sha256(convert_to(p.prosrc, 'UTF8')), 'hex')
    from pg_proc as p
    where p.pronamespace = 'public'::regnamespace
      and not exists (select from pg_depend as e where e.objid = p.oid and e.deptype = 'e')
  )
  select line from lines order by owner collate "C", part, name collate "C"`
