import type pg from 'pg'

/** Frees jobs and queues whose pool holds no life lock. Returns the names of the dead. */
export async function releaseDeadLocks(client: pg.ClientBase, lifeLocks: number): Promise<string[]> {
  const dead = await selectDeadPools(client, lifeLocks)
  if (dead.length > 0) await client.query('select graphile_worker.force_unlock_workers($1::text[])', [dead])
  return dead
}

/**
 * Frees the jobs that this living pool has locked and nobody has in hand: the answer that would have handed them over was lost with its connection.
 * Only those that were seen so at the beat before too: one that was just ended is locked until its end is committed. Returns those to look at next time.
 */
export async function releaseForgotten(
  client: pg.ClientBase,
  pool: string,
  inHand: ReadonlySet<string>,
  before: readonly string[],
): Promise<string[]> {
  const idle = (await selectLockedBy(client, pool)).filter((id) => !inHand.has(id))
  const forgotten = idle.filter((id) => before.includes(id))
  if (forgotten.length > 0)
    await client.query(
      'update graphile_worker._private_jobs set locked_at = null, locked_by = null where id = any ($1) and locked_by = $2',
      [forgotten, pool],
    )
  return idle.filter((id) => !forgotten.includes(id))
}

async function selectLockedBy(client: pg.ClientBase, pool: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>('select id::text from graphile_worker._private_jobs where locked_by = $1', [pool])
  return rows.map(({ id }) => id)
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
