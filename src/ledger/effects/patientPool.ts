import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { isAway } from '../postgres/database.ts'

/** graphile-worker tries a statement again that fails with this code, after 50 ms to 5 s, a hundred times; a lost connection is none that it knows. */
const triedAgain = '40001'

/**
 * The pool as graphile-worker is given it. It ends a job with a promise that nobody waits for: a connection lost at that moment was an unhandled
 * rejection, and the server's process ended with it. Here a connection is waited for as long as the database is away, and one that is lost in the
 * middle is told as a quarrel that passes, so that the statement is sent once more. Each of its statements may be.
 */
export function patientPool(pool: pg.Pool, isOver: () => boolean): pg.Pool {
  const connect = async (): Promise<pg.PoolClient> => {
    for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, 1_000)) {
      try {
        return patient(await pool.connect())
      } catch (cause) {
        if (isOver() || !isAway(cause)) throw cause
        await sleep(pauseMs)
      }
    }
  }
  type Told = Parameters<pg.Pool['connect']>[0]
  return Object.create(pool, {
    // The one that listens for new jobs asks by a callback, and begins anew by itself.
    connect: { value: (told?: Told) => (told === undefined ? connect() : pool.connect(told)) },
  })
}

function patient(client: pg.PoolClient): pg.PoolClient {
  const query = async (statement: pg.QueryConfig): Promise<pg.QueryResult> => {
    try {
      return await client.query(statement)
    } catch (cause) {
      if (!isAway(cause)) throw cause
      throw Object.assign(new Error('The connection was lost.', { cause }), { code: triedAgain })
    }
  }
  return Object.create(client, { query: { value: query } })
}
