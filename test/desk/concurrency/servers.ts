import { randomUUID } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { type CaseShelf, createCaseShelf } from '../../../src/desk/caseShelf.ts'
import { momentIn } from '../../../src/desk/clock.ts'
import { createDesk, type Desk } from '../../../src/desk/desk.ts'
import type { Outcome } from '../../../src/desk/outcome.ts'
import type { Example } from '../../../src/law/schema/examples.ts'
import type { Ledger } from '../../../src/ledger/ledger.ts'
import { openLedger } from '../../../src/ledger/postgresLedger.ts'
import { testKeyRing } from '../../ledger/database.ts'
import { numberOf, type Office, openOffice, type Region, signers, who } from '../office.ts'
import { type Plan, type Sent, stepBefore, type Try, wordsOf } from './plan.ts'

/** One sending of a command: what was asked, what was answered, and between which marks of the run's own count. */
export interface Sending {
  readonly sent: Sent
  readonly outcome: Outcome
  readonly began: number
  readonly ended: number
}

export interface History {
  readonly cases: readonly { readonly number: string; readonly region: Region }[]
  readonly sendings: readonly Sending[]
  /** The law's clock: from which mark it showed which time. */
  readonly times: readonly { readonly from: number; readonly time: number }[]
}

interface Server {
  readonly desk: Desk
  readonly shelf: CaseShelf
}

/** Two servers on one database, as `serve` twice; a ledger that is wrong in some way may be laid under both. */
export interface Servers {
  readonly office: Office
  run(plan: Plan): Promise<History>
  close(): Promise<void>
}

const start = Date.parse('2019-10-14T10:00:00+06:00')

export async function openServers(bend: (ledger: Ledger) => Ledger = (ledger) => ledger): Promise<Servers> {
  const { office, close, url } = await openOffice()
  const second = await openLedger({ url, keyRing: testKeyRing })
  const servers = [office.ledger, second].map((real): Server => {
    const ledger = bend(real)
    const shelf = createCaseShelf(ledger, office.statutes)
    const desk = createDesk({
      ledger,
      shelf,
      statutes: office.statutes,
      clock: { now: () => office.clock.time },
      signing: { seal: office.seal, people: signers },
      isPerformer: () => true,
    })
    return { desk, shelf }
  })
  return {
    office,
    run: (plan) => run(office, servers, plan),
    close: async () => {
      await second.close()
      await close()
    },
  }
}

async function run(office: Office, servers: readonly Server[], { depth, people }: Plan): Promise<History> {
  office.clock.time = start
  let mark = 0
  const times = [{ from: 0, time: start }]
  const sendings: Sending[] = []
  const sent: Sent[] = []
  const cases = await Promise.all((['almaty', 'aktobe'] as const).map((region, index) => opened(office, servers[index], region, sendings)))

  async function send(one: Sent, server: Server | undefined): Promise<void> {
    if (server === undefined) throw new Error('no such server')
    const began = ++mark
    const outcome = await carry(server.desk, one)
    sendings.push({ sent: one, outcome, began, ended: ++mark })
  }

  async function attempt(one: Try): Promise<void> {
    for (let turns = one.pause; turns > 0; turns--) await turn()
    if (one.what === 'later') {
      // An hour or so, or three days, after which terms are missed.
      office.later(one.pick % 3 === 0 ? 3 * 24 * 60 : 1 + (one.pick % 90))
      times.push({ from: ++mark, time: office.clock.time })
      return
    }
    const next = await nextOf(one)
    if (next === null) return
    sent.push(next)
    await Promise.all(Array.from({ length: one.clicks }, (_, click) => send(next, servers[(one.server + click) % servers.length])))
  }

  async function nextOf(one: Try): Promise<Sent | null> {
    const earlier = sent[one.pick % Math.max(1, sent.length)]
    if (one.what === 'again') return earlier ?? null
    const wanted = cases[one.case]
    if (wanted === undefined) throw new Error('no such case')
    const { number, region } = wanted
    // What this server shows: perhaps an older case than there is.
    const file = await servers[one.server]?.shelf.find(number, false)
    if (!file) throw new Error(`${number} is not there`)
    const at = momentIn(office.statutes.zoneOf(region), office.clock.time)
    if (one.what === 'stolenKey') {
      const words = wordsOf({ ...one, what: 'correct' }, file, exampleOf(office, region), at)
      return words && earlier && earlier.number === number && earlier.command.do !== 'mark'
        ? { number, region, ...words, request: earlier.request }
        : null
    }
    const words = wordsOf(one, file, exampleOf(office, region), at)
    if (words === null) return null
    const seen = one.what === 'seenStep' && words.command.do === 'step' ? { seen: file.version } : {}
    return { number, region, ...words, request: { key: randomUUID(), ...seen } }
  }

  for (let turn = 0; turn < depth; turn++) await attempt(stepBefore(turn))
  await Promise.all(
    people.map(async (tries) => {
      for (const one of tries) await attempt(one)
    }),
  )
  return { cases, sendings, times }
}

async function opened(office: Office, server: Server | undefined, region: Region, sendings: Sending[]) {
  if (server === undefined) throw new Error('no such server')
  // One regulation's case comes by the provider's office, the other's by the State Corporation, where couriers carry it and registers are asked.
  const byOffice = region === 'almaty'
  const by = who(region, byOffice ? 'clerk' : 'operator')
  const opening = {
    service: 'teacher-attestation',
    region,
    channel: byOffice ? 'office' : 'corporation',
    provider: { id: 'provider', kind: 'directorate' },
    branch: byOffice ? null : 'branch',
    location: 'local' as const,
  }
  const request = { key: randomUUID() }
  const outcome = await server.desk.open(opening, by, request)
  const number = numberOf(outcome)
  const { service: _service, region: _region, ...words } = opening
  const secret = (await office.file(number)).state.secret ?? ''
  sendings.push({
    sent: { number, region, who: by, request, command: { do: 'open', actor: by.actor, number, secret, ...words } },
    outcome,
    began: 0,
    ended: 0,
  })
  return { number, region }
}

const exampleOf = ({ statutes }: Office, region: Region): Example => {
  const law = statutes.library.regulations.find(({ regulation }) => regulation.region === region && regulation.id.includes('teacher'))
  const found = law?.examples?.examples.find((e) => e.given.documents === 'all' && e.given.applicant === 'self')
  if (found === undefined) throw new Error(`no ordinary example of ${region}`)
  return found
}

function carry(desk: Desk, { number, command, who: by, request }: Sent): Promise<Outcome> {
  switch (command.do) {
    case 'step':
      return desk.step(number, command.step, command.input, by, request)
    case 'answer':
      return desk.answer(number, command.step, command.answer, request)
    case 'mark':
      return desk.mark(number, command.dues)
    case 'open':
      throw new Error('opened before the others begin')
    case 'message':
    case 'take':
      throw new Error('one node alone talks to nobody')
    default:
      return desk.office(number, command, by, request)
  }
}
