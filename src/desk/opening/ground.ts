import type { EffectOptions } from '../../ledger/effects/runEffects.ts'
import type { PostgresLedger } from '../../ledger/postgresLedger.ts'
import type { Log } from '../../observe/log.ts'
import type { People } from '../../people/people.ts'
import type { CaseShelf } from '../caseShelf.ts'
import type { LawClock } from '../clock.ts'
import type { Desk } from '../desk.ts'
import type { Statutes } from '../statutes.ts'

/** What stands already when the desk's surroundings are opened. */
export interface Ground {
  readonly ledger: PostgresLedger
  readonly statutes: Statutes
  readonly people: People
  readonly shelf: CaseShelf
  readonly desk: Desk
  readonly clock: LawClock
  /** RFC 3339, by the law's clock. */
  readonly now: () => string
  /** Milliseconds since 1970, by the machine's. */
  readonly machine: () => number
  readonly log: Log
  readonly watched: EffectOptions
}
