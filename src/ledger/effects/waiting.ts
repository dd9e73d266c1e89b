import type { Statement } from '../postgres/database.ts'

export interface WaitingEffects {
  task: string
  /** To be run yet, now or later. */
  waiting: number
  /** Of these: tried before, without success. */
  failing: number
  /** Given up after all attempts: somebody must look. */
  failed: number
  /** Seconds since the oldest that is due should have run; 0 where none is due. */
  oldest: number
  /** Seconds since the oldest that is not done was first given, however often it was put off since; 0 where none is. */
  first: number
}

/** What effects wait, by task. A job that is done leaves no row, so this reads only what waits. */
export const effectsWaiting: Statement = {
  name: 'effects_waiting',
  text: `
    select t.identifier as task,
      count(*) filter (where j.attempts < j.max_attempts) as waiting,
      count(*) filter (where j.attempts > 0 and j.attempts < j.max_attempts and j.locked_at is null) as failing,
      count(*) filter (where j.attempts >= j.max_attempts and j.locked_at is null) as failed,
      greatest(0, coalesce(extract(epoch from now() - min(j.run_at) filter (where j.attempts < j.max_attempts)), 0))::float8 as oldest,
      greatest(0, coalesce(extract(epoch from now() - min(coalesce(to_timestamp((j.payload -> 'payload' ->> 'asked')::float8 / 1000), j.created_at))
        filter (where j.attempts < j.max_attempts)), 0))::float8 as first
    from graphile_worker._private_jobs as j join graphile_worker._private_tasks as t on t.id = j.task_id
    group by t.identifier`,
}
