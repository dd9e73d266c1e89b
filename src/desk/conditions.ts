import { statfs } from 'node:fs/promises'
import type { RunningEffects } from '../ledger/effects/runEffects.ts'
import { keyRingFault } from '../ledger/keys/keyRing.ts'
import { isAway } from '../ledger/postgres/database.ts'
import { floorsApart, ledgerTables, type MigratedFloor } from '../ledger/postgres/migrate.ts'
import type { WatchConnection } from '../ledger/postgres/watchConnection.ts'
import type { PostgresLedger } from '../ledger/postgresLedger.ts'
import type { Readiness } from '../observe/readiness.ts'
import type { Statutes } from './statutes.ts'

export interface WatchedParts {
  readonly ledger: Pick<PostgresLedger, 'waits'>
  /** A connection to the ledger's database. */
  readonly watching: Pick<WatchConnection, 'query'>
  /** Tables of the floors above the ledger. */
  readonly floors: readonly MigratedFloor[]
  /** Folder of the installation's key. */
  readonly keys: string
  /** Folder of what this server writes besides the database. */
  readonly data: string
  /** Bytes that must be free there; absent: 256 MiB. */
  readonly leastFree?: number | undefined
  readonly statutes: Pick<Statutes, 'library'>
  readonly effects: readonly Pick<RunningEffects, 'alive'>[]
}

/** A command is answered within milliseconds, and given up after 5 s: what waits so long is stuck, not busy. */
const stuckMs = 3000

/** What must hold before requests are sent here. Codes of reasons are told in docs/operations.md. */
export function requireParts(readiness: Readiness, parts: WatchedParts): void {
  const { ledger, watching, statutes } = parts
  readiness.require('database', async () => {
    try {
      await watching.query({ name: 'answers', text: 'select 1' })
      return null
    } catch (cause) {
      return isAway(cause) ? 'away' : 'refuses'
    }
  })
  readiness.require('migrations', async () => {
    const apart = await floorsApart(watching, [ledgerTables, ...parts.floors])
    return apart[0] === undefined ? null : `apart:${apart.join(',')}`
  })
  readiness.require('keys', () => keyRingFault(parts.keys))
  readiness.require('law', () => (statutes.library.regulations.length > 0 ? null : 'none'))
  readiness.require('effects', () => (parts.effects.every((one) => one.alive()) ? null : 'stopped'))
  readiness.require('disk', async () => {
    const { bavail, bsize } = await statfs(parts.data)
    return bavail * bsize >= (parts.leastFree ?? 256 * 1024 * 1024) ? null : 'full'
  })
  readiness.require('queue', () => (ledger.waits().oldestMs < stuckMs ? null : 'stuck'))
}
