import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type CaseShelf, createCaseShelf } from '../desk/caseShelf.ts'
import { createDesk, type Desk } from '../desk/desk.ts'
import { toCaseEvent } from '../desk/events.ts'
import type { Outcome } from '../desk/outcome.ts'
import type { Bound, Statutes } from '../desk/statutes.ts'
import type { Decision } from '../engine/case/command.ts'
import type { Actor } from '../engine/case/events.ts'
import type { Refusal } from '../engine/case/refusal.ts'
import { type Asked, type Enacted, enact, type House } from '../engine/examples/enact.ts'
import { official } from '../engine/examples/invented.ts'
import type { Example } from '../law/schema/examples.ts'
import type { PostgresLedger } from '../ledger/postgresLedger.ts'
import { simulateSeal } from '../seal/simulator/simulator.ts'

/** Where examples are played through the real desk: by `selfcheck` to be judged, by `bench` to be timed. */
export interface Stage {
  readonly desk: Desk
  readonly shelf: CaseShelf
  readonly time: { now: number }
}

/** Stages over one ledger, each with a clock of its own, so that cases need not wait for each other. */
export function stages(ledger: PostgresLedger, statutes: Statutes, keys: string): () => Stage {
  const shelf = createCaseShelf(ledger, statutes)
  const seal = simulateSeal({ folder: join(keys, 'simulator') })
  return () => {
    const time = { now: 0 }
    const desk = createDesk({
      ledger,
      shelf,
      statutes,
      clock: { now: () => time.now },
      signing: { seal, people: standIns },
      isPerformer: () => true,
    })
    return { desk, shelf, time }
  }
}

export async function play(bound: Bound, example: Example, { desk, shelf, time }: Stage): Promise<Enacted> {
  const { regulation } = bound.law
  const house = houseOf(bound, example)
  const drama = enact(bound.court, example, house)
  let turn = drama.next()
  let seen = 0
  while (!turn.done) {
    time.now = Date.parse(turn.value.at)
    const outcome = await submit(desk, regulation.service, regulation.region, turn.value, house.number)
    if (outcome.kind === 'done') {
      house.number = outcome.number
      const history = await shelf.history(outcome.number)
      const events = history?.events ?? []
      const decision: Decision = { events: events.slice(seen).map(toCaseEvent), effects: [] }
      seen = events.length
      turn = drama.next(decision)
    } else turn = drama.next(refusalOf(outcome))
  }
  return turn.value
}

export function submit(desk: Desk, service: string, region: string, { command }: Asked, number: string): Promise<Outcome> {
  const key = randomUUID()
  const who = { actor: { ...command.actor }, region }
  switch (command.do) {
    case 'open': {
      const { channel, provider, branch, location } = command
      return desk.open({ service, region, channel, provider, branch, location }, who, { key })
    }
    case 'step': {
      // The example's own signature stands for none: the desk makes a real one.
      const { signature: _none, ...input } = command.input
      return desk.step(number, command.step, input, who, { key })
    }
    case 'answer':
      return desk.answer(number, command.step, command.answer, { key })
    case 'mark':
      return desk.mark(number, command.dues)
    case 'message':
    case 'take':
      throw new Error('an example is played on one node')
    default: {
      const { actor: _actor, ...wanted } = command
      return desk.office(number, wanted, who, { key })
    }
  }
}

function refusalOf(outcome: Exclude<Outcome, { kind: 'done' }>): Refusal {
  if (outcome.kind === 'refused') return { refused: outcome.refusal }
  const code = outcome.kind === 'notInForce' ? 'actNotInForce' : 'notNow'
  return { refused: { code, clause: null, params: { outcome: outcome.kind } } }
}

export function houseOf(bound: Bound, example: Example): House & { number: string } {
  const { roles } = bound.law.regulation
  const provider = { id: 'provider', kind: example.given.provider }
  const staff = (role: string): Actor => ({
    kind: 'staff',
    id: role,
    role,
    organisation: roles[role]?.at === 'corporation' ? 'branch' : provider.id,
  })
  return { number: '', provider, branch: 'branch', staff }
}

/** Whoever signs in an example: nobody of any office. */
const standIns = {
  staffById: (id: string) => ({
    id,
    login: id,
    name: { ...official, name: id },
    iin: '900101300007',
    post: { kk: id, ru: id },
    grants: [],
    active: true,
  }),
  organisation: (id: string) => {
    const name = { kk: id, ru: id }
    const at = id === 'branch' ? ('corporation' as const) : ('provider' as const)
    return { id, kind: id, at, region: '', home: 0, name, address: name, phone: '', bin: '160440007161', kato: '000000000', units: [] }
  },
}
