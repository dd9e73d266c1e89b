/** One process of the filling: tells lots through the real desk and copies each in a transaction of its own. */
import { join } from 'node:path'
import { play } from '../../src/desk/demonstration/play.ts'
import { readLawFiles } from '../../src/desk/lawFiles.ts'
import { openStatutes } from '../../src/desk/statutes.ts'
import { caseHeads } from '../../src/ledger/keys/caseHeads.ts'
import { keyRingIn } from '../../src/ledger/keys/keyRing.ts'
import { inTransaction } from '../../src/ledger/postgres/database.ts'
import { openLedger } from '../../src/ledger/postgresLedger.ts'
import { openPeople } from '../../src/people/people.ts'
import { simulateSeal } from '../../src/seal/simulator/simulator.ts'
import { type Lot, until } from './lots.ts'
import { writeReadings } from './readings.ts'
import { newScribe } from './scribe.ts'
import { isFit, newTeller, type Tale } from './stories.ts'

export interface Order {
  readonly url: string
  readonly data: string
  readonly regulations: string
  readonly cases: number
}

export const lotSetting = (lot: Pick<Lot, 'name'>): string => `benchMillion/${lot.name}`

/** Cases in memory at a time: some 40 MB. */
const together = 400

const { url, data, regulations, cases } = JSON.parse(process.argv[2] ?? '') as Order // as: given by million.ts

const keyRing = keyRingIn(join(data, 'keys'))
const real = await openLedger({ url, keyRing, connections: 2, writers: 0 })
const { database } = real
const statutes = openStatutes(
  await readLawFiles(regulations),
  (organisation) => people.organisation(organisation)?.hours,
  (sha256) => real.law.text(sha256),
)
const people = await openPeople({
  ...{ database, keyRing, machineClock: Date.now },
  ...{ today: () => until.slice(0, 10), roles: () => statutes.roles },
})
// The demonstration's own above all: a day of a region is told by one worker, so its numbers are met nowhere else.
const { rows: given } = await database.pool.query<{ number: string }>('select number from case_head')
const heads = caseHeads(database, keyRing)
const scribe = newScribe(
  real,
  heads,
  given.map(({ number }) => number),
)
const seal = simulateSeal({ folder: join(data, 'keys', 'simulator') })
const end = Date.parse(until)

const regulationOf = (region: string) => statutes.library.regulations.find(({ regulation }) => regulation.region === region)?.regulation
const rolesAt = (region: string): string[] => {
  const regulation = regulationOf(region)
  const acting = new Set(regulation?.steps.map(({ actor }) => actor))
  return Object.entries(regulation?.roles ?? {}).flatMap(([role, { at }]) => (at === 'provider' && acting.has(role) ? [role] : []))
}
const ages = new Map<string, number>()
const teller = newTeller(people, rolesAt, cases, ({ id }) => ages.get(id) ?? 0)
for (const pattern of teller.stories.stories)
  if (isFit(pattern.story) && pattern.story.waits !== undefined) ages.set(pattern.story.id, await ageOf(pattern))

/** How many working days the story takes to come to where it waits, told once and forgotten; one more, since paces are drawn. */
async function ageOf({ story, applicant }: Tale): Promise<number> {
  const begins = '2019-11-04T10:00'
  const number = await tell({ story: { ...story, begins, times: {}, id: `age-${story.id}` }, applicant }, 0)
  const [first, last] = [scribe.told(number)?.events[0]?.at ?? '', scribe.told(number)?.events.at(-1)?.at ?? '']
  scribe.forget(number)
  const days = Temporal.PlainDate.from(begins.slice(0, 10)).until(last.slice(0, 10)).days
  return Date.parse(last) - Date.parse(first) < 600_000 ? 0 : days - 2 * Math.floor(days / 7) + 1
}

async function tell({ story, applicant }: Tale, marksUntil: number): Promise<string> {
  let number = ''
  const opened = (given: string) => {
    number = given
  }
  await play({ ledger: scribe.ledger, statutes, people, seal, until: marksUntil, opened }, teller.stories, story, applicant)
  return number
}

/** Told again, come less far, where a day off put what happened past the end. */
async function tellInTime(lot: Lot, tale: Tale, index: number): Promise<void> {
  for (let by = 0; ; by += 2) {
    const number = await tell(by === 0 ? tale : teller.younger(lot, index, by), end)
    const last = scribe.told(number)?.events.at(-1)?.at ?? ''
    if (Date.parse(last) <= end) return
    scribe.forget(number)
    if (by > lot.age + 2) throw new Error(`${tale.story.id} does not end in time`)
  }
}

async function fill(lot: Lot): Promise<{ cases: number; events: number }> {
  const tales = teller.tales(lot)
  return database.withClient(async (client) => {
    await client.query('set synchronous_commit = off')
    return inTransaction(client, async () => {
      const done = { cases: 0, events: 0 }
      for (let from = 0; from < tales.length; from += together) {
        for (const [n, tale] of tales.slice(from, from + together).entries()) await tellInTime(lot, tale, from + n)
        await writeReadings(client, scribe.all())
        const written = await scribe.write(client)
        done.cases += written.cases
        done.events += written.events
      }
      await client.query('insert into setting (name, value) values ($1, $2)', [lotSetting(lot), JSON.stringify(done)])
      return done
    })
  })
}

const tellParent = (message: object): void => void process.send?.(message)

process.on('message', (message: Lot | 'end') => {
  if (message === 'end') {
    people.close()
    void real.close().then(() => process.disconnect?.())
    return
  }
  void fill(message).then((done) => tellParent({ lot: message.name, ...done }))
})
tellParent({ ready: true })
