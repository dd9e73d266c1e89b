import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { connectNode } from '../../src/cli/connectNode.ts'
import { configOf, readNodeFile } from '../../src/cli/nodeFile.ts'
import { type NodeName, prepareTwoNodes } from '../../src/cli/twoNodes.ts'
import type { Contour } from '../../src/contour/contour.ts'
import { toCaseEvent } from '../../src/desk/events.ts'
import type { Connect } from '../../src/desk/opening/outside.ts'
import type { Outcome } from '../../src/desk/outcome.ts'
import { replay } from '../../src/engine/case/evolve.ts'
import type { StepInput } from '../../src/engine/case/input.ts'
import type { CaseState } from '../../src/engine/case/state.ts'
import { completeFindings, fill } from '../../src/engine/examples/fill.ts'
import type { MessageChannel } from '../../src/gateway/messages/channel.ts'
import type { StoredEvent } from '../../src/ledger/ledger.ts'
import { type OpenedHouse, openHouse } from '../../src/main.ts'
import { dropDatabase, newDatabase } from '../ledger/database.ts'

export interface Node extends OpenedHouse {
  readonly name: NodeName | 'alone'
  /** Does the open step as its performer on this node would. */
  go(number: string, input?: StepInput): Promise<Outcome>
  state(number: string): Promise<CaseState>
  events(number: string): Promise<readonly StoredEvent[]>
}

export interface Pair {
  readonly corporation: Node
  readonly region: Node
  readonly contour: Contour
  /** Until it is so on a node; throws what it is instead. */
  until(node: Node, number: string, so: (state: CaseState) => boolean): Promise<CaseState>
  /** Opens a case at the corporation and does its part, so that the request leaves. */
  sent(first?: (number: string) => Promise<StepInput>): Promise<string>
  close(): Promise<void>
}

export const begins = '2019-10-14T10:00:00+05:00'

/**
 * Two institutions over the test contour: each with its own database, keys, staff and file, talking through SHEP alone, as `npm run two-nodes` starts
 * them but in one process.
 * @param around what stands between a node and its channel
 */
export async function openPair(
  around: (node: NodeName, channel: MessageChannel) => MessageChannel = (_, channel) => channel,
): Promise<Pair> {
  const folder = mkdtempSync(join(tmpdir(), 'qyzmet-pair-'))
  const { contour, files } = await prepareTwoNodes({ folder, begins, algorithm: 'ecdsa' })
  const open = (name: NodeName) => openNode(name, files[name], (channel) => around(name, channel))
  const [corporation, region] = await Promise.all([open('corporation'), open('region:aktobe')])
  const sent: Pair['sent'] = (first) => request(corporation, first)
  const close = async () => {
    await Promise.all([corporation.close(), region.close()])
    await contour.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { corporation, region, contour, until, sent, close }
}

export async function until(node: Node, number: string, so: (state: CaseState) => boolean): Promise<CaseState> {
  for (let tries = 0; ; tries++) {
    const state = await stateOf(node, number)
    if (state !== null && so(state)) return state
    if (tries > 400)
      throw new Error(`${node.name} ${number}: ${JSON.stringify({ step: state?.step, talk: state?.talk, ended: state?.ended }, null, 1)}`)
    await new Promise((again) => setTimeout(again, 25))
  }
}

async function openNode(name: NodeName, path: string, around: (channel: MessageChannel) => MessageChannel): Promise<Node> {
  const file = readNodeFile(path, name)
  const databaseUrl = await newDatabase()
  const plain = {
    demonstration: true,
    host: '127.0.0.1',
    port: 0,
    data: '',
    databaseUrl,
    publicUrl: '',
    regulations: resolve('regulations'),
    keys: '',
  }
  const connect: Connect = async (tools) => {
    const connected = await connectNode(file, {})(tools)
    const { gateway } = connected
    return gateway === undefined
      ? connected
      : { ...connected, gateway: { ...gateway, join: (participant) => around(gateway.join(participant)) } }
  }
  const opened = await openHouse({ ...configOf(file, plain, {}), databaseUrl }, connect)
  const node = nodeOf(opened, name)
  return {
    ...node,
    close: async () => {
      await opened.close()
      await dropDatabase(databaseUrl)
    },
  }
}

/** Opens a case and does the corporation's part, so that the request leaves. */
export async function request(corporation: Node, first?: (number: string) => Promise<StepInput>): Promise<string> {
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
    await until(corporation, number, (state) => state.step?.id === step)
    done(await corporation.go(number, step === 'submit' ? await first?.(number) : {}))
  }
  return number
}

export function nodeOf(opened: OpenedHouse, name: Node['name']): Node {
  const node: Node = {
    ...opened,
    name,
    go: (number, input = {}) => go(node, number, input),
    state: async (number) => (await stateOf(node, number)) ?? fail(`${name} has no ${number}`),
    events: async (number) => (await opened.ledger.load(homeOf(number), number))?.events ?? [],
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
  const known = { ...input, ...(input.application ? { application: { ...input.application, iin: '840404499918' } } : {}) }
  return node.house.desk.step(number, step.id, known, whoIn(node, step.role, step.organisation ?? ''), { key: randomUUID() })
}

export function done(outcome: Outcome): string {
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome.kind === 'refused' ? outcome.refusal : outcome))
  return outcome.number
}

function fail(why: string): never {
  throw new Error(why)
}
