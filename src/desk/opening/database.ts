import { join } from 'node:path'
import { startEmbedded } from '../../ledger/embedded/server.ts'
import { keyRingIn } from '../../ledger/keys/keyRing.ts'
import { openLedger, type PostgresLedger } from '../../ledger/postgresLedger.ts'
import { claimDemonstration, isDemonstration } from '../../people/demonstrationMark.ts'
import { migratePeople } from '../../people/migrate.ts'
import type { OnClose } from './closing.ts'
import { WrongDatabase } from './wrongDatabase.ts'

export interface DatabaseParts {
  /** undefined: an embedded server in the folder of data. */
  readonly url: string | undefined
  readonly data: string
  readonly keys: string
  readonly told: Parameters<typeof openLedger>[0]['told']
}

export async function openDatabase({ url, data, keys, told }: DatabaseParts, onClose: OnClose): Promise<PostgresLedger> {
  const ledger = await openLedger({ url: url ?? (await embedded(data, onClose)), keyRing: keyRingIn(keys), told })
  onClose(() => ledger.close())
  await migratePeople(ledger.database)
  return ledger
}

async function embedded(data: string, onClose: OnClose): Promise<string> {
  const server = await startEmbedded(join(data, 'postgres'))
  onClose(() => server.stop())
  return server.url
}

/**
 * A demonstration marks its database for good, so it does so only when everything that could still stop the start has been read.
 * @throws WrongDatabase
 */
export async function claimDatabase(database: PostgresLedger['database'], demonstration: boolean): Promise<void> {
  if (demonstration) {
    if (!(await claimDemonstration(database)))
      throw new WrongDatabase(
        'This database holds real people or cases: the demonstration needs an empty one. Set QYZMET_DATA or DATABASE_URL to another.',
      )
  } else if (await isDemonstration(database)) {
    throw new WrongDatabase(
      'This database is marked as a demonstration. Production needs its own: set QYZMET_DATA or DATABASE_URL to another.',
    )
  }
}
