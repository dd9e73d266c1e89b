import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CaseShelf, createCaseShelf } from '../../src/desk/caseShelf.ts'
import { createDesk, type Desk } from '../../src/desk/desk.ts'
import { lawFiles, rememberLaw } from '../../src/desk/lawAtStart.ts'
import { readLawFiles } from '../../src/desk/lawFiles.ts'
import type { CaseFile, Outcome } from '../../src/desk/outcome.ts'
import { createReading, type Reading } from '../../src/desk/reading.ts'
import { openStatutes, type Statutes } from '../../src/desk/statutes.ts'
import { viewsOfEvents } from '../../src/desk/views.ts'
import type { Who } from '../../src/desk/who.ts'
import type { Answer, StepInput } from '../../src/engine/case/input.ts'
import { completeFindings, fill } from '../../src/engine/examples/fill.ts'
import type { LawFile } from '../../src/law/model.ts'
import type { StoredEvent } from '../../src/ledger/ledger.ts'
import { openLedger, type PostgresLedger } from '../../src/ledger/postgresLedger.ts'
import { verify } from '../../src/ledger/verify/verify.ts'
import { type SealSimulator, simulateSeal } from '../../src/seal/simulator/simulator.ts'
import { dropDatabase, newDatabase, testKeyRing } from '../ledger/database.ts'

export type Region = 'almaty' | 'aktobe'
type Channel = 'office' | 'corporation'

/** The desk over a real database, a clock that the test sets, and somebody in every role. */
export interface Office {
  readonly ledger: PostgresLedger
  readonly statutes: Statutes
  readonly shelf: CaseShelf
  readonly desk: Desk
  readonly reading: Reading
  readonly seal: SealSimulator
  readonly clock: { time: number }
  /** Sets the law's clock (RFC 3339). */
  at(moment: string): void
  later(minutes: number): void
  open(region: Region, channel: Channel): Promise<string>
  /** Opens a case and does every step in its order, by whoever has it, until it comes to `step`. */
  walk(region: Region, channel: Channel, step: string, first?: StepInput): Promise<string>
  /** Does the open step as its performer would; what is given replaces the ordinary. */
  go(number: string, given?: StepInput, more?: { key?: string; seen?: number; who?: Who; step?: string }): Promise<Outcome>
  answer(number: string, given?: Partial<Answer> & { kind: Answer['kind'] }, key?: string): Promise<Outcome>
  file(number: string): Promise<CaseFile>
  events(number: string): Promise<readonly StoredEvent[]>
  problems(): Promise<readonly unknown[]>
}

export const who = (region: Region, role: string, organisation?: string, id = role): Who => ({
  region,
  actor: { kind: 'staff', id, role, organisation: organisation ?? organisationOf(role), unit: 'unit' },
})

const atCorporation = new Set(['operator', 'accumulation', 'courier', 'issueDesk'])
const organisationOf = (role: string) => (atCorporation.has(role) ? 'branch' : 'provider')

export async function withOffice(work: (office: Office) => Promise<void>): Promise<void> {
  const { office, close } = await openOffice()
  try {
    await work(office)
  } finally {
    await close()
  }
}

export async function openOffice(given: { url?: string; files?: readonly LawFile[]; patienceMs?: number; corrects?: string } = {}) {
  const url = given.url ?? (await newDatabase())
  const patience = given.patienceMs === undefined ? {} : { patienceMs: given.patienceMs }
  const ledger = await openLedger({ url, keyRing: testKeyRing, ...patience })
  const keys = mkdtempSync(join(tmpdir(), 'qyzmet-office-'))
  const statutes = openStatutes(
    given.files ?? (await readLawFiles('regulations')),
    () => undefined,
    (sha256) => ledger.law.text(sha256),
  )
  if (given.corrects !== undefined) await recordCorrections(ledger, statutes, given.corrects)
  await rememberLaw(ledger.law, statutes)
  const clock = { time: Date.parse('2019-10-14T10:00:00+06:00') }
  const seal = simulateSeal({ folder: keys })
  const shelf = createCaseShelf(ledger, statutes)
  const now = { now: () => clock.time }
  const desk = createDesk({
    ledger,
    shelf,
    statutes,
    clock: now,
    signing: { seal, people: signers },
    isPerformer: (id) => id !== 'nobody',
    mayAdminister: (actor, organisation) => actor.organisation === organisation,
  })
  const reading = createReading({ ledger, shelf, statutes, clock: now })
  const office = officeOf({ ledger, statutes, shelf, desk, reading, seal, clock })
  const close = async () => {
    await ledger.close()
    if (given.url === undefined) await dropDatabase(url)
    rmSync(keys, { recursive: true })
  }
  return { office, close, url }
}

/** What `qyzmet admin correct-law` does for each file that was changed under the same edition. */
async function recordCorrections(ledger: PostgresLedger, statutes: Statutes, reason: string): Promise<void> {
  const files = lawFiles(statutes)
  for (const { path, was } of await ledger.law.remember(files)) {
    const file = files.find((one) => one.path === path)
    if (file) await ledger.law.correct({ ...file, was, reason, by: { kind: 'system', id: 'test' }, at: '2019-10-15T09:00:00+06:00' })
  }
}

function officeOf(parts: Pick<Office, 'ledger' | 'statutes' | 'shelf' | 'desk' | 'reading' | 'seal' | 'clock'>): Office {
  const { ledger, statutes, shelf, desk, clock } = parts
  const file = async (number: string) => {
    const found = await shelf.find(number, true)
    if (found === null) throw new Error(`${number} is not there`)
    return found
  }
  const office: Office = {
    ...parts,
    at: (moment) => {
      clock.time = Date.parse(moment)
    },
    later: (minutes) => {
      clock.time += minutes * 60_000
    },
    async open(region, channel) {
      const role = channel === 'office' ? 'clerk' : 'operator'
      const provider = { id: 'provider', kind: 'directorate' }
      const branch = channel === 'office' ? null : 'branch'
      const opening = { service: 'teacher-attestation', region, channel, provider, branch, location: 'local' as const }
      return numberOf(await desk.open(opening, who(region, role), { key: randomUUID() }))
    },
    async walk(region, channel, step, first) {
      const number = await office.open(region, channel)
      for (let open = (await file(number)).state.step; open?.id !== step; open = (await file(number)).state.step) {
        if (open === null) throw new Error(`${number} ended before ${step}`)
        clock.time += 60_000
        if (open.awaiting !== undefined) numberOf(await office.answer(number))
        else numberOf(await office.go(number, (await file(number)).state.path.length === 0 ? first : {}))
      }
      return number
    },
    async go(number, input = {}, more = {}) {
      const { state, bound } = await file(number)
      const step = more.step ?? state.step?.id ?? ''
      const region = bound.law.regulation.region as Region // the two regions of the repository
      const examples = statutes.library.regulations.find((law) => law.regulation.region === region)?.examples?.examples
      const example = examples?.find((e) => e.given.documents === 'all' && e.given.applicant === 'self')
      if (example === undefined) throw new Error('no ordinary example')
      const role = state.step?.role ?? ''
      const me = more.who ?? who(region, role, undefined, state.step?.assignee ?? role)
      const day = new Date(clock.time).toISOString()
      const { signature: _none, ...filled } = completeFindings(state, fill(bound.court, example, state, step, input, day))
      const request = { key: more.key ?? randomUUID(), ...(more.seen === undefined ? {} : { seen: more.seen }) }
      return desk.step(number, step, filled, me, request)
    },
    async answer(number, given, key = randomUUID()) {
      const { state } = await file(number)
      const sent = state.step?.awaiting?.task === 'RequestSent'
      const found = { kind: 'found' as const, person: { iin: '1' }, exchange: 'exchange' }
      const usual: Answer = sent ? { kind: 'delivered', exchange: 'exchange', receivedAt: new Date(clock.time).toISOString() } : found
      return desk.answer(number, state.step?.id ?? '', (given as Answer | undefined) ?? usual, { key }) // the test gives a whole answer of its kind
    },
    file,
    events: async (number) => (await shelf.history(number))?.events ?? [],
    problems: async () => (await verify(ledger.database, testKeyRing, { rowsOf: viewsOfEvents(statutes, new Map()) })).problems,
  }
  return office
}

export function numberOf(outcome: Outcome): string {
  if (outcome.kind !== 'done') throw new Error(`not done: ${JSON.stringify(outcome.kind === 'refused' ? outcome.refusal : outcome)}`)
  return outcome.number
}

/** The refusal's code, clause and place; anything else by its kind. */
export const said = (outcome: Outcome) => {
  if (outcome.kind !== 'refused') return { kind: outcome.kind }
  const { code, clause, at } = outcome.refusal
  return { code, clause, ...(at === undefined ? {} : { at }) }
}

/** Whoever signs: nobody of any office. */
export const signers = {
  staffById: (id: string) => ({
    id,
    login: id,
    name: { surname: 'Сынақ', name: id },
    iin: '900101300007',
    post: { kk: id, ru: id },
    grants: [],
    active: true,
  }),
  organisation: (id: string) => {
    const name = { kk: id, ru: id }
    const at = id === 'branch' ? ('corporation' as const) : ('provider' as const)
    return {
      id,
      kind: id,
      at,
      region: '',
      home: 0,
      name,
      address: name,
      phone: '+7 (727) 000-00-01',
      bin: '160440007161',
      kato: '000000000',
      units: [],
    }
  },
}
