import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { rememberLaw } from '../../src/desk/lawAtStart.ts'
import { readLawFiles } from '../../src/desk/lawFiles.ts'
import { openStatutes, type Statutes } from '../../src/desk/statutes.ts'
import { startEmbedded } from '../../src/ledger/embedded/server.ts'
import { keyRingIn } from '../../src/ledger/keys/keyRing.ts'
import { openLedger } from '../../src/ledger/postgresLedger.ts'
import { seedPeople } from '../../src/people/demonstration.ts'
import { claimDemonstration } from '../../src/people/demonstrationMark.ts'
import { migratePeople } from '../../src/people/migrate.ts'
import { openPeople, type People } from '../../src/people/people.ts'

export const regulations = join(import.meta.dirname, '../../regulations')
/** The demonstration's first day: both editions are in force. */
const today = '2019-10-14'

export interface Prepared {
  /** Made by initdb, with the demonstration's people and no case; nobody runs it. */
  readonly cluster: string
  readonly statutes: Statutes
  readonly people: Pick<People, 'organisation' | 'staffById' | 'staffByLogin' | 'staffOf'>
}

/** A cluster with the invented people of the demonstration and without its cases: what is in it then was sent by the callers. */
export async function prepare(folder: string): Promise<Prepared> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const embedded = await startEmbedded(join(folder, 'postgres'))
  const keyRing = keyRingIn(join(folder, 'keys'))
  const ledger = await openLedger({ url: embedded.url, keyRing })
  try {
    await migratePeople(ledger.database)
    await claimDemonstration(ledger.database)
    await ledger.settings.set('demonstrationCases', 'survive')
    const statutes = openStatutes(
      await readLawFiles(regulations),
      (organisation) => people.organisation(organisation)?.hours,
      (sha256) => ledger.law.text(sha256),
    )
    await rememberLaw(ledger.law, statutes)
    const people = await openPeople({
      database: ledger.database,
      keyRing,
      machineClock: Date.now,
      today: () => today,
      roles: () => statutes.roles,
    })
    await seedPeople(people)
    people.close()
    return { cluster: join(folder, 'postgres', 'cluster'), statutes, people }
  } finally {
    await ledger.close()
    await embedded.stop()
  }
}
