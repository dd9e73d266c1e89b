import type pg from 'pg'
import type { Effect } from '../ledger.ts'

/** Enqueues an effect beside other rows of one transaction, as `qyzmet_append` does beside events: the same key of a case never waits twice. */
export async function enqueueEffect(client: pg.ClientBase, home: number, caseNumber: string, effect: Effect): Promise<void> {
  const { task, key, payload, runAt } = effect
  await client.query(
    `select graphile_worker.add_job($1::text, json_build_object('home', $2::integer, 'case', $3::text, 'key', $4::text, 'payload', $5::json),
       run_at => coalesce($6::timestamptz, now()), job_key => $7::text)`,
    [task, home, caseNumber, key, JSON.stringify(payload), runAt ?? null, `${home}/${caseNumber}/${key}`],
  )
}
