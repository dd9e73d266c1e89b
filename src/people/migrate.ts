import type { Database } from '../ledger/postgres/database.ts'
import { type MigratedFloor, migrateFloor } from '../ledger/postgres/migrate.ts'
import { factorContext } from './secondFactor.ts'

export const peopleTables: MigratedFloor = {
  name: 'people',
  folder: new URL('./migrations/', import.meta.url),
  lock: 7_198_000_002,
  leftOut: {
    session: 'nobody is signed in after a restore',
    form_owner: 'goes with the sessions',
    used_challenge: 'challenges of the last minutes',
    wrong_code: 'told to whoever signs in next',
    sign_in_failure: 'counts of wrong passwords of the last hour',
  },
  sealed: [{ table: 'second_factor', key: 'staff', column: 'wrapped', contextOf: factorContext }],
}

/** Brings the tables of this floor to this release's state. */
export const migratePeople = (database: Database): Promise<void> => migrateFloor(database, peopleTables)
