import type { Database } from '../../ledger/postgres/database.ts'
import { type MigratedFloor, migrateFloor } from '../../ledger/postgres/migrate.ts'

export const noticeTables: MigratedFloor = {
  name: 'notice',
  folder: new URL('./migrations/', import.meta.url),
  lock: 7_198_000_004,
  leftOut: {},
}

/** Brings the notices' table to this release's state. */
export const migrateNotices = (database: Database): Promise<void> => migrateFloor(database, noticeTables)
