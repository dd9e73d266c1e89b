import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../../ledger/postgres/database.ts'

/** How often the sessions are looked at, in ms. */
const everyMs = 20

/** What the database's sessions do that have something to do: share of looks by wait event, `working` where they wait for nothing. */
export async function withWaits<T>({ newClient }: Database, work: () => Promise<T>): Promise<{ value: T; waits: Record<string, number> }> {
  const client = newClient()
  await client.connect()
  const seen = new Map<string, number>()
  let over = false
  const look = async () => {
    while (!over) {
      const { rows } = await client.query<{ doing: string; sessions: string }>({
        name: 'look at sessions',
        text: `
          select coalesce(wait_event_type || ': ' || wait_event, 'working') as doing, count(*) as sessions from pg_stat_activity
          where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid() and state <> 'idle'
          group by 1`,
      })
      for (const { doing, sessions } of rows) seen.set(doing, (seen.get(doing) ?? 0) + Number(sessions))
      await sleep(everyMs)
    }
  }
  const looking = look()
  try {
    const value = await work()
    over = true
    await looking
    const all = [...seen.values()].reduce((sum, count) => sum + count, 0)
    const sorted = [...seen].sort(([, a], [, b]) => b - a)
    return { value, waits: Object.fromEntries(sorted.map(([doing, count]) => [doing, count / all])) }
  } finally {
    over = true
    await looking.catch(() => undefined)
    await client.end()
  }
}
