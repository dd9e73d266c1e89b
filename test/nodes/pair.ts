import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { toCaseEvent } from '../../src/desk/events.ts'
import type { Outcome } from '../../src/desk/outcome.ts'
import type { NodePlan } from '../../src/desk/talks/node.ts'
import type { Gateway } from '../../src/desk/talks/wires.ts'
import { replay } from '../../src/engine/case/evolve.ts'
import type { StepInput } from '../../src/engine/case/input.ts'
import { completeFindings, fill } from '../../src/engine/examples/fill.ts'
import { temporaryFilesInMemory } from '../../src/gateway/files/temporaryFiles.ts'
import type { MessageChannel } from '../../src/gateway/messages/channel.ts'
import { type InProcessGateway, inProcessGateway } from '../../src/gateway/messages/inprocess/gateway.ts'
import { type OpenedHouse, openHouse } from '../../src/main.ts'
import { dropDatabase, newDatabase } from '../ledger/database.ts'

export interface Node extends OpenedHouse {
  readonly name: string
  readonly data: string
  readonly databaseUrl: string
  /** Does the open step as its performer on this node would. */
  go(number: string, input?: StepInput): Promise<Outcome>
  state(number: string): Promise<import('../../src/engine/case/state.ts').CaseState>
  events(number: string): Promise<readonly import('../../src/ledger/ledger.ts').StoredEvent[]>
}

export interface Pair {
  readonly corporation: Node
  readonly region: Node
  readonly gateway: InProcessGateway
  readonly files: ReturnType<typeof temporaryFilesInMemory>
  /** Law's moment on both (RFC 3339). */
  at(moment: string): Promise<void>
  /** Until it is so on a node; throws what it is instead. */
  until(node: Node, number: string, so: (state: Awaited<ReturnType<Node['state']>>) => boolean): Promise<Awaited<ReturnType<Node['state']>>>
  /** Opens a case at the corporation and brings it to the region's first step. */
  sent(first?: StepInput): Promise<string>
  close(): Promise<void>
}

export const plans: Readonly<Record<'corporation' | 'region', NodePlan>> = {
  corporation: { kind: 'corporation', senderId: 'corporation', partners: [{ senderId: 'region:aktobe', region: 'aktobe' }] },
  region: { kind: 'region', region: 'aktobe', senderId: 'region:aktobe', partners: [{ senderId: 'corporation' }] },
}

/** Two institutions, each with its own database, keys and staff, who share nothing but the gateway. */
export async function openPair(
  wrap: (channel: MessageChannel) => MessageChannel = (channel) => channel,
  regulations?: string,
): Promise<Pair> {
  const gateway = inProcessGateway(() => now())
  const files = temporaryFilesInMemory()
  const outside: Gateway = { join: (participant) => wrap(gateway.join(participant)), files }
  const [corporation, region] = await Promise.all([
    openNode('corporation', plans.corporation, outside),
    openNode('region', plans.region, outside, regulations),
  ])
  const now = () => new Date(corporation.house.clock.now()).toISOString()
  const pair: Pair = {
    corporation,
    region,
    gateway,
    files,
    at: async (moment) => {
      for (const { house } of [corporation, region]) await house.demonstration?.clock.set(Date.parse(moment))
    },
    async until(node, number, so) {
      for (let tries = 0; ; tries++) {
        const state = await stateOf(node, number)
        if (state !== null && so(state)) return state
        if (tries > 200)
          throw new Error(
            `${node.name} ${number}: ${JSON.stringify({ step: state?.step, talk: state?.talk, ended: state?.ended }, null, 1)}`,
          )
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    async sent(first) {
      const opening = {
        service: 'teacher-attestation',
        region: 'aktobe',
        channel: 'corporation',
        provider: { id: 'aktobe.directorate', kind: 'directorate' },
        branch: 'aktobe.city',
        location: 'local' as const,
      }
      const number = done(await corporation.house.desk.open(opening, whoIn(corporation, 'operator', 'aktobe.city'), { key: randomUUID() }))
      for (const step of ['submit', 'signIn', 'enterData', 'queryPerson', 'sendRequest']) {
        await pair.until(corporation, number, (state) => state.step?.id === step)
        done(await corporation.go(number, step === 'submit' ? first : {}))
      }
      return number
    },
    async close() {
      await Promise.all([corporation.close(), region.close()])
      await gateway.close()
    },
  }
  return pair
}

export async function openNode(
  name: string,
  plan: NodePlan,
  gateway: Gateway,
  regulations = 'regulations',
  at?: { data: string; databaseUrl: string },
): Promise<Node> {
  const data = at?.data ?? mkdtempSync(join(tmpdir(), `qyzmet-${name}-`))
  const databaseUrl = at?.databaseUrl ?? (await newDatabase())
  const opened = await openHouse(
    {
      demonstration: true,
      host: '127.0.0.1',
      port: 0,
      data,
      databaseUrl,
      publicUrl: 'http://127.0.0.1:8080',
      regulations: resolve(regulations),
      keys: join(data, 'keys'),
      node: plan,
    },
    { gateway },
  )
  const node: Node = {
    ...opened,
    name,
    data,
    databaseUrl,
    go: (number, input = {}) => go(node, number, input),
    state: async (number) => (await stateOf(node, number)) ?? fail(`${name} has no ${number}`),
    events: async (number) => (await opened.ledger.load(homeOf(number), number))?.events ?? [],
    close: async () => {
      await opened.close()
      if (at !== undefined) return
      await dropDatabase(databaseUrl)
      rmSync(data, { recursive: true, force: true })
    },
  }
  return node
}

const homeOf = (number: string) => Number(number.split('-')[0])

async function stateOf(node: Node, number: string) {
  const loaded = await node.ledger.load(homeOf(number), number)
  return loaded === null ? null : replay(loaded.events.map(toCaseEvent))
}

export function whoIn(node: Node, role: string, organisation: string) {
  const person = node.house.people.staffOf(organisation, role)[0] ?? fail(`${node.name} has no ${role} at ${organisation}`)
  const unit = person.grants.find((grant) => grant.role === role && grant.organisation === organisation)?.unit ?? ''
  return { region: 'aktobe', actor: { kind: 'staff' as const, id: person.id, role, organisation, unit } }
}

async function go(node: Node, number: string, given: StepInput): Promise<Outcome> {
  const { step, ...state } = await node.state(number)
  if (step === null) return fail(`${number} has no open step`)
  const law =
    node.house.statutes.library.regulations.find(({ regulation }) => regulation.id === 'aktobe-teacher-attestation') ?? fail('no law')
  const example =
    law.examples?.examples.find((one) => one.given.documents === 'all' && one.given.applicant === 'self') ?? fail('no example')
  const { court } = node.house.statutes.bind(law)
  const whole = { ...state, step }
  const at = new Date(node.house.clock.now()).toISOString()
  const { signature: _none, ...input } = completeFindings(whole, fill(court, example, whole, step.id, given, at))
  return node.house.desk.step(number, step.id, input, whoIn(node, step.role, step.organisation ?? ''), { key: randomUUID() })
}

export function done(outcome: Outcome): string {
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome.kind === 'refused' ? outcome.refusal : outcome))
  return outcome.number
}

function fail(why: string): never {
  throw new Error(why)
}
