import type { Database } from '../postgres/database.ts'

/** Effects of these tasks that wait for their time may run at once: what they waited for is back. Those that threw keep their pauses. */
export async function hurryEffects(database: Database, tasks: readonly string[]): Promise<void> {
  await database.query({
    name: 'hurry_effects',
    text: `
      select count(*) from graphile_worker.reschedule_jobs(array(
        select j.id from graphile_worker._private_jobs as j join graphile_worker._private_tasks as t on t.id = j.task_id
        where t.identifier = any ($1::text[]) and j.locked_at is null and j.attempts = 0 and j.run_at > now()), run_at => now())`,
    values: [tasks],
  })
}
