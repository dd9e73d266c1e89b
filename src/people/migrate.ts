import type { Database } from '../ledger/postgres/database.ts'
import { type MigratedFloor, migrateFloor } from '../ledger/postgres/migrate.ts'

export const peopleTables: MigratedFloor = {
  name: 'people',
  folder: new URL('./migrations/', import.meta.url),
  lock: 7_198_000_002,
  leftOut: {
    session: 'nobody is signed in after a restore',
    form_owner: 'goes with the sessions',
    sign_in_failure: 'counts of wrong passwords of the last hour',
  },
}

/** Brings the tables of this floor to this release's state. */
export const migratePeople = (database: Database): Promise<void> => migrateFloor(database, peopleTables)
