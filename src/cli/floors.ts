import { exchangeTables } from '../gateway/journal/postgres/migrate.ts'
import { ledgerTables, type MigratedFloor } from '../ledger/postgres/migrate.ts'
import { noticeTables } from '../notices/postgres/migrate.ts'
import { peopleTables } from '../people/migrate.ts'
import { queueTables } from '../queue/postgres/migrate.ts'

/** Everybody whose tables lie in an installation's database, in the order in which they are made. */
export const floors: readonly MigratedFloor[] = [ledgerTables, peopleTables, queueTables, noticeTables, exchangeTables]
