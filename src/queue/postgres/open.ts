import type { Database } from '../../ledger/postgres/database.ts'
import { electronicQueue, type QueueOptions } from '../electronic.ts'
import type { Queue } from '../queue.ts'
import { logInPostgres } from './log.ts'
import { migrateQueue } from './migrate.ts'

/**
 * The queue of all halls, shared by every server process over one database; its tables are made when they are absent.
 * @param homeOf the home of a branch, which never changes; throws for what is no branch
 */
export async function openQueue(
  database: Database,
  homeOf: (branch: string) => number,
  letters: Omit<QueueOptions, 'log'> = {},
): Promise<Queue> {
  await migrateQueue(database)
  return electronicQueue({ log: logInPostgres(database, homeOf), ...letters })
}
