import pg from 'pg'
import { type Contender, serve } from '../../ledger/contender.ts'
import { advance, open, tables } from '../advance.ts'

/** More connections than this only queue inside the server on a machine of few cores. */
const mostConnections = 32

/** What a team writes first: begin, load for update, write events, case, lists and outbox, commit; a round trip each. */
await serve(async (url): Promise<Contender> => {
  let pool = new pg.Pool({ connectionString: url, max: 1 })
  await pool.query(tables)
  await pool.end()
  return {
    about: { connections: `one a caller, at most ${mostConnections}`, driver: 'pg 8.23.1' },
    ready: async (callers) => {
      pool = new pg.Pool({ connectionString: url, max: Math.min(callers, mostConnections) })
    },
    play: async (number, { steps }, timed) => {
      for (const [index, { payload }] of steps.entries()) {
        const goes = await timed(async () => {
          const client = await pool.connect()
          try {
            await client.query('begin')
            if (index === 0) await open(client, number)
            await advance(client, number, payload)
            await client.query('commit')
          } catch (cause) {
            await client.query('rollback')
            throw cause
          } finally {
            client.release()
          }
        })
        if (!goes) return
      }
    },
    rest: () => pool.end(),
    close: async () => {},
  }
})
