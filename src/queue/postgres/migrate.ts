import { readdirSync, readFileSync } from 'node:fs'
import { type Database, inTransaction } from '../../ledger/postgres/database.ts'
import { UnfitDatabase } from '../../ledger/postgres/migrate.ts'

const folder = new URL('./migrations/', import.meta.url)

/** Any number: the name of our advisory lock, so that servers that start together migrate one after another. */
const migrationLock = 7_198_000_003

/** Brings the queue's tables to this release's state, forward only: numbered apart from the ledger's, since neither refers to the other's. */
export async function migrateQueue(database: Database): Promise<void> {
  await database.withClient(async (client) => {
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    try {
      await client.query(
        'create table if not exists queue_migration (number integer primary key, applied_at timestamptz not null default now())',
      )
      const { rows } = await client.query<{ newest: number }>('select coalesce(max(number), 0) as newest from queue_migration')
      const newest = rows[0]?.newest ?? 0
      const known = migrations()
      if (newest > known.length) throw new UnfitDatabase('newer', `queue ${newest}`)
      for (const { number, sql } of known.slice(newest)) {
        await inTransaction(client, async () => {
          await client.query('insert into queue_migration (number) values ($1)', [number])
          await client.query(sql)
        })
      }
    } finally {
      await client.query('select pg_advisory_unlock($1)', [migrationLock])
    }
  })
}

const migrations = (): { number: number; sql: string }[] =>
  readdirSync(folder)
    .filter((name) => /^\d{6}\.sql$/.test(name))
    .sort()
    .map((name) => ({ number: Number.parseInt(name, 10), sql: readFileSync(new URL(name, folder), 'utf8') }))
