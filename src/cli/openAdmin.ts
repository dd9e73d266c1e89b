import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { migratePeople } from '../people/migrate.ts'
import { openPeople } from '../people/people.ts'
import { openLedgerOf } from './openLedger.ts'

/** The people of an installation, for the command line. */
export async function openAdmin(config: Config) {
  mkdirSync(join(config.data), { recursive: true, mode: 0o700 })
  const { ledger, keyRing, close } = await openLedgerOf(config)
  await migratePeople(ledger.database)
  const today = new Date().toISOString().slice(0, 10)
  const people = await openPeople({
    ...{ database: ledger.database, keyRing, machineClock: () => Date.now() },
    ...{ today: () => today, roles: () => new Set<string>() },
  })
  return {
    people,
    today,
    close: async () => {
      people.close()
      await close()
    },
  }
}
