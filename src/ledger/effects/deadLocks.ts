import type pg from 'pg'

/** Frees jobs and queues whose pool holds no life lock. Returns the names of the dead. */
export async function releaseDeadLocks(client: pg.ClientBase, lifeLocks: number): Promise<string[]> {
  const dead = await selectDeadPools(client, lifeLocks)
  if (dead.length > 0) await client.query('select graphile_worker.force_unlock_workers($1::text[])', [dead])
  return dead
}

/** Between a pool's start and its lock lie some milliseconds: a job taken then may be released and run twice, which "at least once" allows. */
async function selectDeadPools(client: pg.ClientBase, lifeLocks: number): Promise<string[]> {
  const { rows } = await client.query<{ pool: string }>(
    `select distinct j.locked_by as pool
     from graphile_worker._private_jobs as j
     where j.locked_by is not null and not exists (
       select from pg_locks as l
       where l.locktype = 'advisory' and l.database = (select oid from pg_database where datname = current_database())
         and l.classid = $1::oid and l.objid = (hashtext(j.locked_by)::bigint & 4294967295)::oid and l.objsubid = 2 and l.granted)`,
    [lifeLocks],
  )
  return rows.map((row) => row.pool)
}
