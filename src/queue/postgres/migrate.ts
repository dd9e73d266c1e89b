import type { Database } from '../../ledger/postgres/database.ts'
import { type MigratedFloor, migrateFloor } from '../../ledger/postgres/migrate.ts'

export const queueTables: MigratedFloor = {
  name: 'queue',
  folder: new URL('./migrations/', import.meta.url),
  lock: 7_198_000_003,
  leftOut: {},
}

/** Brings the queue's tables to this release's state. */
export const migrateQueue = (database: Database): Promise<void> => migrateFloor(database, queueTables)
