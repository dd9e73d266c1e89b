import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { type CaseShelf, createCaseShelf } from '../desk/caseShelf.ts'
import { createDesk, type Desk } from '../desk/desk.ts'
import { toCaseEvent } from '../desk/events.ts'
import { rememberLaw } from '../desk/lawAtStart.ts'
import { readLawFiles } from '../desk/lawFiles.ts'
import type { Outcome } from '../desk/outcome.ts'
import { type Bound, openStatutes } from '../desk/statutes.ts'
import { viewsOfEvents } from '../desk/views.ts'
import type { Decision } from '../engine/case/command.ts'
import type { Actor } from '../engine/case/events.ts'
import type { Refusal } from '../engine/case/refusal.ts'
import { type Asked, type Enacted, enact, type House } from '../engine/examples/enact.ts'
import { official } from '../engine/examples/invented.ts'
import { touchedBy } from '../engine/examples/rehearse.ts'
import { coverageOf } from '../law/coverage.ts'
import type { Example } from '../law/schema/examples.ts'
import { keyRingIn } from '../ledger/keys/keyRing.ts'
import { openLedger, type PostgresLedger } from '../ledger/postgresLedger.ts'
import { verify } from '../ledger/verify/verify.ts'
import { simulateSeal } from '../seal/simulator/simulator.ts'
import { withFreshDatabase } from './freshDatabase.ts'
import type { Streams } from './streams.ts'

interface CaseCheck {
  readonly regulation: string
  readonly example: string
  readonly path: Enacted['path']
  readonly ok: boolean
  readonly disagreements: Enacted['disagreements']
}

/** `qyzmet selfcheck [--json]`: every example of every regulation through the real desk, against a fresh database, with a clock that the examples set. */
export async function selfcheckCommand(args: readonly string[], io: Streams, config: Config): Promise<number> {
  const keys = await mkdtemp(join(tmpdir(), 'qyzmet-selfcheck-'))
  try {
    return await withFreshDatabase(config, async (url) => {
      const ledger = await openLedger({ url, keyRing: keyRingIn(keys) })
      try {
        return await report(args, io, await checkAll(ledger, config, keys))
      } finally {
        await ledger.close()
      }
    })
  } finally {
    await rm(keys, { recursive: true, force: true })
  }
}

async function checkAll(ledger: PostgresLedger, config: Config, keys: string) {
  const statutes = openStatutes(
    await readLawFiles(config.regulations),
    () => undefined,
    (sha256) => ledger.law.text(sha256),
  )
  await rememberLaw(ledger.law, statutes)
  const shelf = createCaseShelf(ledger, statutes)
  const seal = simulateSeal({ folder: join(keys, 'simulator') })
  const stage = (): Stage => {
    const time = { now: 0 }
    const desk = createDesk({
      ledger,
      shelf,
      statutes,
      clock: { now: () => time.now },
      signing: { seal, people: standIns, ledger },
      isPerformer: () => true,
    })
    return { desk, shelf, time }
  }
  // Each example has a clock of its own, so that they need not wait for each other.
  const regulations = await Promise.all(
    statutes.library.regulations.map(async (law) => {
      const bound = statutes.bind(law)
      return { bound, enacted: await Promise.all((law.examples?.examples ?? []).map((example) => play(bound, example, stage()))) }
    }),
  )
  const keyRing = keyRingIn(keys)
  const verified = await verify(ledger.database, keyRing, { rowsOf: viewsOfEvents(statutes, new Map()) })
  return { regulations, verified }
}

interface Stage {
  readonly desk: Desk
  readonly shelf: CaseShelf
  readonly time: { now: number }
}

async function play(bound: Bound, example: Example, { desk, shelf, time }: Stage): Promise<Enacted> {
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

function submit(desk: Desk, service: string, region: string, { command }: Asked, number: string): Promise<Outcome> {
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

function houseOf(bound: Bound, example: Example): House & { number: string } {
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

type Checked = Awaited<ReturnType<typeof checkAll>>

async function report(args: readonly string[], io: Streams, { regulations, verified }: Checked): Promise<number> {
  const cases: CaseCheck[] = regulations.flatMap(({ bound, enacted }) =>
    enacted.map(({ example, path, ok, disagreements }) => ({ regulation: bound.law.regulation.id, example, path, ok, disagreements })),
  )
  const coverage = regulations.map(({ bound, enacted }) => {
    const { id, edition } = bound.law.regulation
    return { id, edition, sha256: bound.law.sha256.regulation, ...coverageOf(bound.law.regulation, touchedBy(bound.court, enacted)) }
  })
  const complete = coverage.every((c) => c.complete)
  const ok = complete && cases.every((c) => c.ok) && verified.problems.length === 0
  if (args.includes('--json')) {
    io.stdout.write(`${JSON.stringify({ cases, coverage: { regulations: coverage, complete }, verified, ok })}\n`)
    return ok ? 0 : 1
  }
  const say = (line: string) => io.stdout.write(`${line}\n`)
  for (const one of cases) {
    say(`${one.ok ? '✓' : '✗'} ${one.regulation} ${one.example}`)
    for (const step of one.path) say(`    ${step.at}  ${step.clause.padEnd(10)} ${step.step} → ${step.outcome}`)
    for (const d of one.disagreements) say(`    ✗ ${d.what}: ${d.expected} ≠ ${d.got}`)
  }
  for (const c of coverage) say(`${c.complete ? '✓' : '✗'} ${c.id} ${c.edition}: ${c.executed}/${c.executable}`)
  for (const problem of verified.problems) say(`✗ ${problem.kind} ${problem.case}: ${problem.text}`)
  say(`${ok ? '✓' : '✗'} ${cases.length} cases, ${verified.events} events`)
  return ok ? 0 : 1
}
