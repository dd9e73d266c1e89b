import type pg from 'pg'
import type { Database, Statement } from './database.ts'

/** A connection of the watchers' own: what is asked about a server must not wait behind the work of that server. */
export interface WatchConnection {
  /** Asked once: whoever watches wants to know that the database is away, not to wait for it. */
  query<Row extends pg.QueryResultRow>(statement: Statement): Promise<Row[]>
  close(): Promise<void>
}

export function watchConnection(database: Pick<Database, 'newClient'>): WatchConnection {
  let connected: Promise<pg.Client> | undefined

  async function connect(): Promise<pg.Client> {
    const client = database.newClient()
    client.on('error', forget)
    client.on('end', forget)
    await client.connect()
    await client.query('set statement_timeout = 5000')
    return client
  }
  function forget(): void {
    connected = undefined
  }

  return {
    query: async (statement) => {
      connected ??= connect()
      const client = await connected.catch((cause) => {
        forget()
        throw cause
      })
      return (await client.query(statement)).rows
    },
    close: async () => {
      const client = await connected?.catch(() => undefined)
      forget()
      await client?.end().catch(() => {})
    },
  }
}
