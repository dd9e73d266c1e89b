import { createHash } from 'node:crypto'
import type { Database } from '../../../ledger/postgres/database.ts'
import type { Turns } from '../services.ts'

type Session = ReturnType<Database['newClient']>

/**
 * Names in hand as advisory locks of one session of this process: they fall with the process or its connection, and no clock decides who is dead. A
 * session of its own, because an exchange may wait a minute and the pool has eight connections. Locks are the session's, so this process's own
 * names are held apart from each other in memory.
 */
export function turnsInPostgres(database: Pick<Database, 'newClient'>): Turns {
  const own = new Set<string>()
  let session: Promise<Session> | undefined

  const connected = (): Promise<Session> => {
    session ??= open(database, () => {
      session = undefined
    })
    return session
  }

  // One statement after the other: a session takes no second one while it is at the first.
  let last: Promise<unknown> = Promise.resolve()
  const inLine = <T>(ask: () => Promise<T>): Promise<T> => {
    const answer = last.then(ask)
    last = answer.catch(() => {})
    return answer
  }

  return {
    async alone(name, work) {
      if (own.has(name)) return null
      own.add(name)
      try {
        const client = await connected()
        const lock = numberOf(name)
        const { rows } = await inLine(() => client.query<{ taken: boolean }>('select pg_try_advisory_lock($1::bigint) as taken', [lock]))
        if (!rows[0]?.taken) return null
        try {
          return { value: await work() }
        } finally {
          // A session that is gone holds nothing.
          await inLine(() => client.query('select pg_advisory_unlock($1::bigint)', [lock])).catch(() => {})
        }
      } finally {
        own.delete(name)
      }
    },
    async close() {
      const client = await session?.catch(() => undefined)
      await client?.end().catch(() => {})
    },
  }
}

async function open(database: Pick<Database, 'newClient'>, lost: () => void): Promise<Session> {
  const client = database.newClient()
  client.on('error', lost)
  client.on('end', lost)
  try {
    await client.connect()
    return client
  } catch (cause) {
    lost()
    throw cause
  }
}

/** Apart from every other advisory lock of the house by its first words. */
const numberOf = (name: string): string => createHash('sha256').update(`exchange ${name}`).digest().readBigInt64BE().toString()
