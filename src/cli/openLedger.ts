import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { startEmbedded } from '../ledger/embedded/server.ts'
import { type KeyRing, keyRingIn } from '../ledger/keys/keyRing.ts'
import { openLedger, type PostgresLedger } from '../ledger/postgresLedger.ts'

/** The installation's database server and key, with nothing asked of the tables yet. */
export async function openServerOf(
  config: Config,
): Promise<{ url: string; embedded: boolean; keyRing: KeyRing; close: () => Promise<void> }> {
  mkdirSync(config.data, { recursive: true, mode: 0o700 })
  const server = config.databaseUrl === undefined ? await startEmbedded(join(config.data, 'postgres')) : null
  return {
    url: server?.url ?? config.databaseUrl ?? '',
    embedded: server !== null,
    keyRing: keyRingIn(config.keys),
    close: async () => {
      await server?.stop()
    },
  }
}

/** The installation's ledger, without the house around it: for commands that look after it. */
export async function openLedgerOf(config: Config): Promise<{ ledger: PostgresLedger; keyRing: KeyRing; close: () => Promise<void> }> {
  const { url, keyRing, close } = await openServerOf(config)
  const ledger = await openLedger({ url, keyRing })
  return {
    ledger,
    keyRing,
    close: async () => {
      await ledger.close()
      await close()
    },
  }
}
