import type { Database } from '../../ledger/postgres/database.ts'
import { migrateFloor } from '../../ledger/postgres/migrate.ts'

/** Brings the notices' table to this release's state. */
export const migrateNotices = (database: Database): Promise<void> =>
  migrateFloor(database, { name: 'notice', folder: new URL('./migrations/', import.meta.url), lock: 7_198_000_004 })
