import type { Command, CommandOf, Decision, Deed } from './command.ts'
import type { Actor, CaseEvent, EventOf, MessageKind } from './events.ts'
import { evolve } from './evolve.ts'
import type { CaseLaw } from './law.ts'
import { isRefusal, type Refusal, refuse } from './refusal.ts'
import type { CaseState } from './state.ts'

/**
 * The talk of two workstations about one case. Each has a chain of its own and does its own part; a message tells the other side what was done,
 * and the other side decides it again by the same law. Who is a side follows from the roles: those at the corporation and those at the provider.
 */
export interface Talk {
  /** Made by the gateway when it took the request. */
  readonly correlation: string
  /** Up to which event of the other side's chain its deeds are here; 0: none. */
  readonly taken: number
  readonly sent: readonly SentMessage[]
  readonly received: readonly { readonly message: string; readonly kind: MessageKind; readonly from: string; readonly at: string }[]
}

export interface SentMessage {
  readonly message: string
  readonly kind: MessageKind
  readonly at: string
  readonly deliveredAt: string | null
  /** The last failure, and since when there have been failures; null: none, or it came. */
  readonly failure: { readonly since: string; readonly code: string; readonly text: string; readonly retryAt: string | null } | null
}

export type Side = 'corporation' | 'provider'

/** Whose part an act of this role is; null of a system, or of nobody in the regulation. */
export const sideOf = (law: CaseLaw, role: string | undefined): Side | null => (role && law.regulation.roles[role]?.at) || null

/** On whose side the case lies: where its open step is done, or where its last one was. */
export function sideOfCase(law: CaseLaw, state: CaseState): Side | null {
  const role = state.step?.role ?? state.path.findLast(({ by }) => by.kind === 'staff')?.by.role
  return sideOf(law, role)
}

export function requestDelivered(talk: Talk | null, { data }: EventOf<'RequestDelivered'>): Talk | null {
  if (data.correlation === undefined) return talk
  return { taken: 0, sent: [], received: [], ...talk, correlation: data.correlation }
}

export function sent(talk: Talk | null, { data: { message, kind }, at }: EventOf<'MessageSent'>): Talk | null {
  return talk && { ...talk, sent: [...talk.sent, { message, kind, at, deliveredAt: null, failure: null }] }
}

export function delivered(talk: Talk | null, { data }: EventOf<'MessageDelivered'>): Talk | null {
  return changed(talk, data.message, (one) => ({ ...one, deliveredAt: data.receivedAt, failure: null }))
}

export function failed(talk: Talk | null, { data: { message, code, text, retryAt }, at }: EventOf<'MessageFailed'>): Talk | null {
  return changed(talk, message, (one) => ({ ...one, failure: { since: one.failure?.since ?? at, code, text, retryAt } }))
}

export function taken(talk: Talk | null, { data, at }: EventOf<'MessageTaken'>): Talk {
  const { message, kind, from, correlation, event } = data
  const before = talk ?? { correlation, taken: 0, sent: [], received: [] }
  const received = [...before.received, { message, kind, from, at }]
  return { ...before, correlation, taken: Math.max(before.taken, event.seq), received }
}

const changed = (talk: Talk | null, message: string, to: (one: SentMessage) => SentMessage): Talk | null =>
  talk && { ...talk, sent: talk.sent.map((one) => (one.message === message ? to(one) : one)) }

/** Deeds after which the other side must be told: those that move the case. What else was done goes with the next message. */
const moving: readonly CaseEvent['type'][] = ['StepDone', 'StepReturned', 'AnswerReplaced', 'CaseEnded']

/** Adds the message to the other side, where there is one and something moved. */
export function telling(law: CaseLaw, state: CaseState, command: Command, decided: Decision, now: string): Decision {
  // A system's answer belongs to whoever waits for it.
  const side = state.talk === null ? null : sideOf(law, command.actor.role ?? state.step?.role)
  if (side === null || !decided.events.some(({ type }) => moving.includes(type))) return decided
  const after = decided.events.reduce<CaseState>(evolve, state)
  const goesOver = after.step === null || sideOf(law, after.step.role) !== side
  const kind = side === 'corporation' ? 'UPDATE' : goesOver ? 'RESPONSE' : 'NOTIFICATION'
  const message = `${kind.toLowerCase()}/${state.version}`
  const event: CaseEvent = { type: 'MessageSent', schema: 1, at: now, actor: system, clause: null, data: { message, kind } }
  return {
    events: [...decided.events, event],
    effects: [...decided.effects, { task: 'sendMessage', key: message, payload: { message } }],
  }
}

const system: Actor = { kind: 'system', id: 'engine' }

/** What became of a message of ours; of one that came already, or that is another's, nothing is noted. */
export function becameOf(state: CaseState, { actor, message, became }: CommandOf<'message'>, now: string): Decision {
  const one = state.talk?.sent.find((sent) => sent.message === message)
  if (one === undefined || one.deliveredAt !== null) return { events: [], effects: [] }
  const head = { schema: 1, at: now, actor, clause: null }
  if (became.kind === 'delivered') {
    const { exchange, receivedAt, digest } = became
    return { events: [{ type: 'MessageDelivered', ...head, data: { message, exchange, receivedAt, digest } }], effects: [] }
  }
  const { code, text, retryAt = null } = became
  return { events: [{ type: 'MessageFailed', ...head, data: { message, code, text, retryAt } }], effects: [] }
}

type Decide = (law: CaseLaw, state: CaseState | null, command: Deed['command'], now: string) => Decision | Refusal

/**
 * Deeds of the other side, each decided at its own moment as if it were done here, and then that they were told. What came before is left out, so
 * that messages may come twice or in another order. No effect follows: their questions were asked by them.
 */
export function take(
  law: CaseLaw,
  state: CaseState | null,
  command: CommandOf<'take'>,
  now: string,
  decideOwn: Decide,
): Decision | Refusal {
  const { received, actor, deeds } = command
  if (state?.destroyed) return refuse('recordsDestroyed', null, { ...state.destroyed.order })
  if (state?.talk?.received.some(({ message }) => message === received.message)) return { events: [], effects: [] }
  const known = state?.talk?.taken ?? 0
  let events: readonly CaseEvent[] = []
  let course = state
  for (const deed of deeds.filter(({ seq }) => seq > known)) {
    const decided = decideOwn(law, course, deed.command, deed.at)
    if (isRefusal(decided)) return decided
    course = decided.events.reduce(evolve, course)
    events = [...events, ...decided.events]
  }
  if (course === null) return refuse('unknownStep', null)
  return { events: [...events, { type: 'MessageTaken', schema: 1, at: now, actor, clause: null, data: received }], effects: [] }
}
