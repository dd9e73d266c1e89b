import { createHash } from 'node:crypto'
import type { Database } from './postgres/database.ts'

/** The lock is the session's: it falls with the process or its connection, and no clock is asked. */
export async function withAdvisoryLock<T>(
  database: Database,
  name: string,
  work: () => Promise<T>,
): Promise<{ ran: true; value: T } | { ran: false }> {
  const number = createHash('sha256').update(name).digest().readBigInt64BE().toString()
  return database.withClient(async (client) => {
    const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1::bigint) as locked', [number])
    if (!rows[0]?.locked) return { ran: false }
    try {
      return { ran: true, value: await work() }
    } finally {
      await client.query('select pg_advisory_unlock($1::bigint)', [number])
    }
  })
}
