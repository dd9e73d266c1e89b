import type { Database } from '../../../ledger/postgres/database.ts'
import { type MigratedFloor, migrateFloor } from '../../../ledger/postgres/migrate.ts'

export const exchangeTables: MigratedFloor = {
  name: 'exchange',
  folder: new URL('./migrations/', import.meta.url),
  lock: 7_198_000_005,
  leftOut: {
    service_breaker: 'of the moment: what is out is found out again',
    exchange_settled: 'for days at most, of messages on their way: whoever sent one asks again',
    message_seen: 'of messages on their way: what comes again after a restore is known by the command that it led to',
    consent_token: 'of minutes, sealed: whoever needs one asks the person again',
  },
}

/** Brings the tables of the exchange journal to this release's state. */
export const migrateExchanges = (database: Database): Promise<void> => migrateFloor(database, exchangeTables)
