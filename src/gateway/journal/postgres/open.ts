import type { FileStore } from '../../../ledger/ledger.ts'
import type { Database } from '../../../ledger/postgres/database.ts'
import type { Taken } from '../../messages/once.ts'
import type { Seen } from '../../shep/server/seen.ts'
import type { ExchangeJournal } from '../journal.ts'
import type { ExchangeKeeping } from '../keeping.ts'
import type { Services, Turns } from '../services.ts'
import { exchangesInPostgres } from './journal.ts'
import { keepingInPostgres } from './keeping.ts'
import { migrateExchanges } from './migrate.ts'
import { seenInPostgres } from './seen.ts'
import { servicesInPostgres } from './services.ts'
import { turnsInPostgres } from './turns.ts'

/** What every exchange stands on, shared by all server processes over one database; its tables are made when they are absent. */
export async function openExchanges(
  database: Database,
  files: Pick<FileStore, 'get' | 'put'>,
  machine: () => number,
): Promise<{
  readonly journal: ExchangeJournal
  readonly services: Services
  readonly turns: Turns
  readonly keeping: ExchangeKeeping
  readonly seen: Seen
  readonly taken: Taken
}> {
  await migrateExchanges(database)
  return {
    journal: exchangesInPostgres(database, files),
    services: servicesInPostgres(database, machine),
    turns: turnsInPostgres(database),
    keeping: keepingInPostgres(database, files),
    ...seenInPostgres(database),
  }
}
