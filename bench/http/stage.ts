import { join, resolve } from 'node:path'
import { createCaseShelf } from '../../src/desk/caseShelf.ts'
import { play } from '../../src/desk/demonstration/play.ts'
import { readStories } from '../../src/desk/demonstration/stories.ts'
import { checkDigit } from '../../src/law/identifiers.ts'
import { startEmbedded } from '../../src/ledger/embedded/server.ts'
import { type OpenedHouse, openHouse } from '../../src/main.ts'
import { demonstrationPeople, seedPeople } from '../../src/people/demonstration.ts'
import { simulateSeal } from '../../src/seal/simulator/simulator.ts'
import { gather } from '../pages/gather.ts'
import { inventStories, type Told } from '../pages/invent.ts'
import type { UserPlan } from './user.ts'

export const root = resolve(import.meta.dirname, '../..')

/** A database with an office in full work, and how servers find it. */
export interface Stage {
  readonly env: Readonly<Record<string, string>>
  readonly url: string
  readonly opened: OpenedHouse
  /** The house that set the stage works no longer: what follows is done by the servers alone. */
  readonly leave: () => Promise<void>
  readonly close: () => Promise<void>
}

const setting = 'benchHttp'
/** The demonstration's offices, so many times: one desk of a thousand people would be no office. */
const letters = 'ABCDEFGHIJ'
const copies = ['', ...letters]
const together = 12

/** Fills the database once in its life: offices, their people, cases open on every desk, others ended. */
export async function setStage(data: string, databaseUrl: string | undefined, cases: number, tell: (text: string) => void): Promise<Stage> {
  const server = databaseUrl === undefined ? await startEmbedded(join(data, 'postgres')) : undefined
  try {
    return await furnish(data, databaseUrl ?? server?.url ?? '', cases, tell, async () => void (await server?.stop()))
  } catch (cause) {
    await server?.stop()
    throw cause
  }
}

async function furnish(data: string, url: string, cases: number, tell: (text: string) => void, stop: () => Promise<void>): Promise<Stage> {
  const keys = join(data, 'keys')
  const regulations = join(root, 'regulations')
  const opened = await openHouse({
    demonstration: true,
    host: '127.0.0.1',
    port: 0,
    data,
    databaseUrl: url,
    publicUrl: 'http://127.0.0.1:8080',
    regulations,
    keys,
  })
  const leave = () => opened.close()
  const close = async () => {
    await leave()
    await stop()
  }
  try {
    await furnishOnce(opened, join(keys, 'simulator'), cases, tell)
  } catch (cause) {
    await opened.close()
    throw cause
  }
  return { env: { DATABASE_URL: url, QYZMET_DATA: data, QYZMET_KEYS: keys, QYZMET_REGULATIONS: regulations }, url, opened, leave, close }
}

async function furnishOnce(opened: OpenedHouse, folder: string, cases: number, tell: (text: string) => void): Promise<void> {
  const { settings, database } = opened.ledger
  if ((await settings.get(setting)) !== cases) {
    await seedCopies(opened)
    tell('people are there')
    await fill(opened, folder, cases, tell)
    await settings.set(setting, cases)
  }
  await database.query({ name: 'bench_analyze', text: 'analyze', values: [] })
}

async function seedCopies({ house }: OpenedHouse): Promise<void> {
  const { organisations, staff } = demonstrationPeople()
  const ownIin = iins()
  for (const copy of copies.slice(1)) {
    await seedPeople(house.people, {
      organisations: organisations.map((one) => ({ ...one, id: `${one.id}${copy}`, name: { ...one.name, kk: `${one.name.kk} ${copy}` } })),
      staff: staff.map((one) => ({
        ...one,
        login: `${one.login}.${copy.toLowerCase()}`,
        iin: ownIin(),
        grants: one.grants.map((grant) => ({ ...grant, organisation: `${grant.organisation}${copy}` })),
      })),
    })
  }
}

/** One after another: a day's number above 9000 is higher than any that is given. */
function iins(): () => string {
  let next = 0
  return () => {
    for (;;) {
      const eleven = `${String(60 + (next % 40)).padStart(2, '0')}0101499${String(Math.floor(next / 40)).padStart(2, '0')}`
      next++
      const check = checkDigit(eleven)
      if (check !== null) return `${eleven}${check}`
    }
  }
}

/** Half of the cases are open: they lie on the desks of all copies of the offices. */
async function fill({ house, ledger }: OpenedHouse, folder: string, cases: number, tell: (text: string) => void): Promise<void> {
  const seal = simulateSeal({ folder })
  const paces = readStories()
  const until = house.clock.now() - 60_000
  const invented = inventStories(cases * 5, until)
  const open = invented.filter(({ story }) => story.waits !== undefined).slice(0, cases / 2)
  const ended = invented.filter(({ story }) => story.waits === undefined).slice(0, cases - open.length)
  const told = [...open, ...ended].map((one, index) => inCopy(one, copies[index % copies.length] ?? ''))
  const taken = new Set<string>()
  for (let from = 0; from < told.length; from += together) {
    const gathering = gather(ledger, taken)
    const parts = { ledger: gathering.ledger, statutes: house.statutes, people: house.people, seal, until }
    await Promise.all(told.slice(from, from + together).map(({ story, applicant }) => play(parts, paces, story, applicant)))
    await gathering.flush()
    if (from % 600 === 0) tell(`${from} of ${told.length} cases`)
  }
}

const inCopy = ({ story, applicant }: Told, copy: string): Told => ({
  applicant,
  story: { ...story, provider: `${story.provider}${copy}`, branch: story.branch === null ? null : `${story.branch}${copy}` },
})

const desks: ReadonlySet<string> = new Set(['operator', 'clerk', 'head', 'specialist', 'accumulation', 'courier', 'issueDesk'])

/** Who is at work: of ten, eight at desks, one who follows an application, one who reads what is public. All who work are signed in already. */
export async function planUsers({ opened: { house, ledger } }: Stage, count: number): Promise<UserPlan[]> {
  const workers = staffOfAll().filter(({ role }) => desks.has(role) || role === 'supervisor')
  const receipts = await receiptsOf(ledger, house)
  const plans: UserPlan[] = []
  for (let index = 0; index < count; index++) {
    const place = index % 10
    const receipt = receipts[index % Math.max(1, receipts.length)]
    if (place === 8 && receipt !== undefined) plans.push({ kind: 'applicant', receipt })
    else if (place >= 8) plans.push({ kind: 'street' })
    else {
      const worker = workers[plans.length % workers.length]
      if (worker === undefined) throw new Error('nobody works here')
      const signed = await house.people.oneClick(worker.login)
      if (!signed.ok) throw new Error(`${worker.login}: ${signed.error.code}`)
      plans.push({
        kind: worker.role === 'supervisor' ? 'supervisor' : worker.role === 'operator' ? 'operator' : 'desk',
        token: signed.value.token,
      })
    }
  }
  return plans
}

const staffOfAll = () =>
  copies.flatMap((copy) =>
    demonstrationPeople().staff.map(({ login, grants }) => ({
      login: copy === '' ? login : `${login}.${copy.toLowerCase()}`,
      role: grants[0]?.role ?? '',
    })),
  )

/** Everybody who may sign in. */
export const logins = (): string[] => staffOfAll().map(({ login }) => login)

/** Numbers of cases with the code of their receipt. */
async function receiptsOf(ledger: OpenedHouse['ledger'], house: OpenedHouse['house']): Promise<string[]> {
  const rows = await ledger.database.query<{ number: string }>({
    name: 'bench_receipts',
    text: 'select number from case_head order by number limit 300',
    values: [],
  })
  const shelf = createCaseShelf(ledger, house.statutes)
  const found: string[] = []
  for (const { number } of rows) {
    const secret = (await shelf.history(number))?.file.state.secret
    if (typeof secret === 'string') found.push(`/t/${number}/${secret}`)
  }
  return found
}
