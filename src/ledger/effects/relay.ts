import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { withAdvisoryLock } from '../advisoryLock.ts'
import type { Database } from '../postgres/database.ts'

/** One way of the relay: effects that became jobs, and rows that were taken away after it. */
export interface Relayed {
  copied: number
  deleted: number
}

interface Left {
  home: number
  case_number: string
  key: string
  task: string
  payload: unknown
  run_at: string | null
  writing: string
}

/** Bounds the memory of one way; what is over waits for the next, which follows at once. */
const mostAtOnce = 1_000

/**
 * Turns rows of `outbox` into jobs, then deletes them: two transactions, so that the shards' rows and the coordinator's are never changed in one.
 * Cut off between the two, the same rows are copied again: while the job waits, its key makes that one job; when it has run, it runs again, which
 * "at least once" allows. A row that was written anew since stays. One relay works a database at a time; null: another one does.
 */
export async function relayOnce(database: Database): Promise<Relayed | null> {
  const outcome = await withAdvisoryLock(database, 'outbox relay', async () => {
    const left = await selectLeft(database)
    if (left.length === 0) return { copied: 0, deleted: 0 }
    await addJobs(database, left)
    return { copied: left.length, deleted: await deleteCopied(database, left) }
  })
  return outcome.ran ? outcome.value : null
}

/** True where the append function leaves its effects in the outbox, or did and left some. */
export async function needsRelay(database: Database): Promise<boolean> {
  const [row] = await database.query<{ needed: boolean }>({
    name: 'needs_relay',
    text: `select exists (select from setting where name = 'effectsDiverted') or exists (select from outbox limit 1) as needed`,
  })
  return row?.needed ?? false
}

export interface RunningRelay {
  stop(): Promise<void>
}

/** Relays until stopped, on a database that needs it; on any other does nothing. Of several processes one works, the others stand by. */
export async function startRelay(database: Database, failed: (cause: unknown) => void, everyMs = 250): Promise<RunningRelay> {
  if (!(await needsRelay(database))) return { stop: async () => {} }
  const stopping = new AbortController()
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      const relayed = await relayOnce(database).catch(failed)
      if (relayed?.copied === mostAtOnce) continue
      await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => {})
    }
  })()
  return {
    stop: async () => {
      stopping.abort()
      await loop
    },
  }
}

/** Called after the ledger's migrations, which may have replaced the append function. */
export async function keepDiverted(client: pg.ClientBase): Promise<void> {
  await client.query(`select divert_effects() where exists (select from setting where name = 'effectsDiverted')`)
}

function selectLeft(database: Database): Promise<Left[]> {
  return database.query<Left>({
    name: 'select_outbox',
    text: 'select home, case_number, key, task, payload, run_at, writing from outbox limit $1',
    values: [mostAtOnce],
  })
}

async function addJobs(database: Database, left: readonly Left[]): Promise<void> {
  await database.query({
    name: 'relay_outbox',
    text: `
      select graphile_worker.add_jobs(array_agg(
        (l.task, l.payload, null, l.run_at, null, l.home || '/' || l.case_number || '/' || l.key, null, null)::graphile_worker.job_spec))
      from json_to_recordset($1::json) as l(home integer, case_number text, key text, task text, payload json, run_at timestamptz)`,
    values: [JSON.stringify(left)],
  })
}

/** Home by home: a statement of one home goes to one shard. */
async function deleteCopied(database: Database, left: readonly Left[]): Promise<number> {
  let deleted = 0
  for (const [home, rows] of Map.groupBy(left, (row) => row.home)) {
    const gone = await database.query({
      name: 'delete_outbox',
      text: `
        delete from outbox
        where home = $1 and case_number = any ($2::text[]) and writing = any ($3::uuid[])
        returning key`,
      values: [home, rows.map((row) => row.case_number), rows.map((row) => row.writing)],
    })
    deleted += gone.length
  }
  return deleted
}
