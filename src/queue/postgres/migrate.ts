import type { Database } from '../../ledger/postgres/database.ts'
import { migrateFloor } from '../../ledger/postgres/migrate.ts'

/** Brings the queue's tables to this release's state. */
export const migrateQueue = (database: Database): Promise<void> =>
  migrateFloor(database, { name: 'queue', folder: new URL('./migrations/', import.meta.url), lock: 7_198_000_003 })
