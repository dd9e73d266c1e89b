import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { play, type Stage, stages } from '../../src/cli/theatre.ts'
import { createCaseShelf } from '../../src/desk/caseShelf.ts'
import { createDestruction } from '../../src/desk/destruction.ts'
import { rememberLaw } from '../../src/desk/lawAtStart.ts'
import { readLawFiles } from '../../src/desk/lawFiles.ts'
import { openStatutes } from '../../src/desk/statutes.ts'
import { viewsOfEvents } from '../../src/desk/views.ts'
import { type KeyRing, keyRingIn } from '../../src/ledger/keys/keyRing.ts'
import type { Seal, StoredEvent } from '../../src/ledger/ledger.ts'
import { openLedger, type PostgresLedger } from '../../src/ledger/postgresLedger.ts'
import type { Views } from '../../src/ledger/views/rows.ts'

/** Real cases of every regulation, sealed twice, one of them destroyed by an order: what is tampered with. */
export interface Scene {
  readonly ledger: PostgresLedger
  readonly keyRing: KeyRing
  readonly rowsOf: (events: StoredEvent[]) => Views
  /** Two whole cases of one home with values, files and several events. */
  readonly first: string
  readonly second: string
  readonly home: number
  readonly destroyed: string
  /** The newest seal, as somebody outside has kept it. */
  readonly kept: Seal
  readonly close: () => Promise<void>
}

/**
 * @param url an empty database of the tamperer's own
 * @param examples how many of each regulation are played
 */
export async function openScene(url: string, examples = Number.POSITIVE_INFINITY): Promise<Scene> {
  const keys = mkdtempSync(join(tmpdir(), 'qyzmet-tamper-'))
  const keyRing = keyRingIn(keys)
  const ledger = await openLedger({ url, keyRing })
  const close = async () => {
    await ledger.close()
    rmSync(keys, { recursive: true })
  }
  try {
    return { ledger, keyRing, close, ...(await fill(ledger, keys, examples)) }
  } catch (cause) {
    await close()
    throw cause
  }
}

async function fill(ledger: PostgresLedger, keys: string, examples: number) {
  const statutes = openStatutes(
    await readLawFiles(resolve(import.meta.dirname, '..', '..', 'regulations')),
    () => undefined,
    (sha256) => ledger.law.text(sha256),
  )
  await rememberLaw(ledger.law, statutes)
  const stage = stages(ledger, statutes, keys)
  const seals: Seal[] = []
  const seal = async (at: string) => {
    const made = await ledger.seals.make(at)
    if (made !== null) seals.push(made)
  }
  for (const law of statutes.library.regulations) {
    const bound = statutes.bind(law)
    for (const example of (law.examples?.examples ?? []).slice(0, examples)) {
      await play(bound, example, stage())
      // The same once more, left open after its third step: only open cases have work and papers that lie with somebody.
      await play(bound, example, cutShort(stage(), 3)).catch(endOfPlay)
    }
    await seal('2019-12-30T10:00:00+06:00')
  }
  const { home, numbers } = await fullCases(ledger)
  const [first, second, destroyed] = numbers
  if (first === undefined || second === undefined || destroyed === undefined) throw new Error('the examples leave too few whole cases')
  const destruction = createDestruction({
    ledger,
    shelf: createCaseShelf(ledger, statutes),
    statutes,
    clock: { now: () => Date.parse('2019-12-31T10:00:00+06:00') },
    mayAdminister: () => true,
  })
  const order = { number: '41-н', date: '2019-12-31', ground: 'an order that is invented' }
  const who = { actor: { kind: 'staff', id: 'administrator', role: 'administrator' }, region: 'almaty' } as const
  await destruction.destroy(destroyed, order, who, true)
  await seal('2019-12-31T11:00:00+06:00')
  const kept = seals.at(-1)
  if (kept === undefined) throw new Error('no seal was made')
  return { home, first, second, destroyed, kept, rowsOf: viewsOfEvents(statutes, new Map()) }
}

class EndOfPlay extends Error {}

function endOfPlay(cause: unknown): void {
  if (!(cause instanceof EndOfPlay)) throw cause
}

function cutShort(stage: Stage, steps: number): Stage {
  let left = steps
  const step: Stage['desk']['step'] = async (...given) => {
    left -= 1
    if (left < 0) throw new EndOfPlay()
    return stage.desk.step(...given)
  }
  return { ...stage, desk: { ...stage.desk, step } }
}

/** Three ended cases of one home whose events name files. */
async function fullCases(ledger: PostgresLedger): Promise<{ home: number; numbers: string[] }> {
  const { rows } = await ledger.database.pool.query<{ home: number; numbers: string[] }>(
    `select f.home, array_agg(distinct f.case_number) as numbers
     from file as f
     join case_view as v on v.home = f.home and v.case_number = f.case_number
     where not v.open and (select count(*) from personal as p where p.home = f.home and p.case_number = f.case_number) > 2
     group by f.home order by count(*) desc limit 1`,
  )
  return rows[0] ?? { home: 0, numbers: [] }
}
