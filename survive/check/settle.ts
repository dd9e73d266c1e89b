import type { Database } from '../../src/ledger/postgres/database.ts'
import { until } from '../house/processes.ts'
import type { Job } from './seen.ts'

/** Nobody works: two looks in a row, a moment apart, find no session of a server at work. */
export async function untilQuiet(database: Database): Promise<void> {
  let quiet = 0
  await until(
    'the servers come to rest',
    20_000,
    async () => {
      const [row] = await database.query<{ working: number }>({
        name: 'survive_working',
        text: `select count(*)::integer as working
          from pg_stat_activity
          where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid() and state <> 'idle'`,
      })
      quiet = row?.working === 0 ? quiet + 1 : 0
      return quiet >= 2
    },
    60,
  )
}

/**
 * Lets every effect run: what waits for its next try is tried now. Resolves when no job is left, or after the patience with those that are:
 * whoever judges then says what each of them was for.
 */
export async function runEffectsOut(database: Database, patienceMs: number): Promise<Job[]> {
  const end = performance.now() + patienceMs
  for (;;) {
    await database.query({
      name: 'survive_hasten',
      text: 'update graphile_worker._private_jobs set run_at = now() where locked_at is null and run_at > now() and attempts < max_attempts',
    })
    const left = await database.query<Job>({
      name: 'survive_jobs',
      text: 'select key, task_identifier as task, attempts, false as dead from graphile_worker.jobs where key is not null',
    })
    if (left.length === 0 || performance.now() > end) return left
    await new Promise((resolve) => setTimeout(resolve, 60))
  }
}
