import { readFileSync } from 'node:fs'
import type { Database } from '../../src/ledger/postgres/database.ts'

/**
 * Stands where the Citus extension would: its functions with their parameters (Citus 12, 13), which resolve the names they are given and note them.
 * Nothing is spread: what is proven with it is what the script names, not what Citus does.
 */
const stand = `
  create schema cluster;
  create table cluster.pg_dist_partition (logicalrelid regclass primary key, "column" text, colocated text);
  create table cluster.distributed_function (name regprocedure primary key, argument text, colocated text);
  create function cluster.create_distributed_table(
    table_name regclass, distribution_column text, distribution_type text default 'hash', colocate_with text default 'default', shard_count integer default null
  ) returns void language sql as $$
    insert into cluster.pg_dist_partition values (table_name, distribution_column, colocate_with) $$;
  create function cluster.create_distributed_function(
    function_name regprocedure, distribution_arg_name text default null, colocate_with text default 'default', force_delegation boolean default null
  ) returns void language sql as $$
    insert into cluster.distributed_function values (function_name, distribution_arg_name, colocate_with)
    on conflict (name) do update set argument = excluded.argument, colocated = excluded.colocated $$;`

export interface Spread {
  /** Tables by the column that they are spread by. */
  tables: { name: string; column: string; colocated: string }[]
  functions: { name: string; argument: string | null; colocated: string }[]
}

export const script = readFileSync(new URL('../../docs/scale/citus.sql', import.meta.url), 'utf8')

/** Runs a script as psql would on the coordinator; throws what the server says. */
export async function spread(database: Database, sql = script): Promise<Spread> {
  return database.withClient(async (client) => {
    await client.query(`do $do$ begin if to_regnamespace('cluster') is null then execute $make$${stand}$make$; end if; end $do$`)
    await client.query('set search_path to public, cluster')
    await client.query(sql)
    const tables = await client.query<Spread['tables'][number]>(
      'select logicalrelid::text as name, "column", colocated from cluster.pg_dist_partition order by 1',
    )
    const functions = await client.query<Spread['functions'][number]>(
      `select split_part(name::text, '(', 1) as name, argument, colocated from cluster.distributed_function order by 1`,
    )
    await client.query('reset search_path')
    return { tables: tables.rows, functions: functions.rows }
  })
}
