import type { AppendTold } from '../observe/metrics/metrics.ts'
import { inSpan } from '../observe/trace.ts'
import { withAdvisoryLock } from './advisoryLock.ts'
import { prepare } from './append/prepare.ts'
import { type AppendQueue, appendQueue } from './append/queue.ts'
import { newWriter } from './append/writer.ts'
import { destroyCase } from './destroy.ts'
import { destructible } from './destructible.ts'
import { evidenceBook } from './evidence/evidence.ts'
import { fileStore } from './files/fileStore.ts'
import { readJournal } from './journal.ts'
import { caseHeads } from './keys/caseHeads.ts'
import { type CaseKeys, caseKeys } from './keys/caseKeys.ts'
import type { KeyRing } from './keys/keyRing.ts'
import { lawLibrary } from './law.ts'
import type { Ledger } from './ledger.ts'
import { type Database, type DatabaseOptions, openDatabase } from './postgres/database.ts'
import { migrate } from './postgres/migrate.ts'
import { caseVersions, loadCase, lookUpCommand, saltedValues } from './read.ts'
import { savedForms } from './savedForms.ts'
import { openSeals } from './seals/seals.ts'
import { ledgerSettings } from './settings.ts'
import { caseReads } from './views/cases/cases.ts'
import { custodyReads } from './views/custody/custody.ts'
import { dueReads } from './views/due/due.ts'
import { watchReads } from './views/due/watch.ts'
import { laneReads } from './views/work/lanes.ts'
import { workReads } from './views/work/work.ts'

export interface LedgerOptions extends DatabaseOptions {
  keyRing: KeyRing
  /** Connections that append. Two: while one commits, the other is filled. */
  writers?: number
  /** Told of batches and of how long commands wait. */
  told?: AppendTold
}

export interface PostgresLedger extends Ledger {
  /** For what works beside the port: effects, verify, export. */
  database: Database
  /** For what other floors keep sealed in tables of their own. */
  caseKeys: CaseKeys
  /** Of the commands given to `append`. */
  waits: AppendQueue['waits']
}

const defaultPatienceMs = 5_000

/** Opens the ledger of a database, bringing its tables to this release's state. Throws UnfitDatabase. */
export async function openLedger(options: LedgerOptions): Promise<PostgresLedger> {
  const { keyRing, patienceMs = defaultPatienceMs } = options
  const database = openDatabase(options)
  try {
    await migrate(database)
  } catch (cause) {
    await database.close()
    throw cause
  }
  const heads = caseHeads(database, keyRing)
  const writers = Array.from({ length: options.writers ?? 2 }, () => newWriter(database))
  const queue = appendQueue(writers, patienceMs, options.told)
  return {
    database,
    caseKeys: caseKeys(heads),
    waits: queue.waits,
    append: async (command) => {
      const prepared = await inSpan('ledger.prepare', () => prepare(command, heads))
      const outcome = await inSpan('ledger.append', () => queue.submit(prepared))
      if (outcome.kind === 'appended') heads.remember(command.home, command.case, prepared.after)
      else heads.forget(command.home, command.case)
      return outcome
    },
    load: (home, caseNumber) => loadCase(database, heads, home, caseNumber),
    values: (home, caseNumber) => saltedValues(database, heads, home, caseNumber),
    versions: (cases) => caseVersions(database, cases),
    lookUp: (home, key) => lookUpCommand(database, home, key),
    files: fileStore(database, heads),
    savedForms: savedForms(database, heads, keyRing),
    journal: readJournal(database),
    law: lawLibrary(database),
    settings: ledgerSettings(database),
    work: workReads(database),
    lanes: laneReads(database),
    cases: caseReads(database),
    due: dueReads(database),
    watch: watchReads(database),
    custody: custodyReads(database),
    seals: openSeals(database),
    evidence: evidenceBook(database),
    destructible: (home, caseNumber) => destructible(database, home, caseNumber),
    destroy: async (home, caseNumber, record) => {
      const done = await destroyCase(database, home, caseNumber, record)
      heads.forget(home, caseNumber)
      return done
    },
    withAdvisoryLock: (name, work) => withAdvisoryLock(database, name, work),
    close: async () => {
      await queue.drain()
      await Promise.all(writers.map((writer) => writer.close()))
      await database.close()
    },
  }
}
