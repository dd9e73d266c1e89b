import type { Norm, Step } from '../../law/schema/step.ts'
import type { DueSet } from './events.ts'
import type { CaseLaw, Party } from './law.ts'
import { isRunning } from './parts.ts'
import type { CaseState } from './state.ts'

/** The organisation that a role of the regulation means in this case. */
export function partyOf(law: CaseLaw, state: Pick<CaseState, 'provider' | 'branch'>, role: string): Party {
  const at = law.regulation.roles[role]?.at ?? 'provider'
  return { kind: at, organisation: at === 'provider' ? state.provider.id : state.branch }
}

/** The norms that begin to run when a step opens. A system's steps run at the hours of those who wait for them: the channel's receiver. */
export function normsOf(law: CaseLaw, state: CaseState, step: Step, at: string): DueSet[] {
  const performer = step.actor === 'system' ? receiverOf(law, state) : partyOf(law, state, step.actor)
  return step.norms
    .filter((norm) => !state.dues.some((d) => baseOf(d.id) === idOf(step, norm) && isRunning(d)))
    .map((norm) => {
      const { proof, warnAt } = law.count({
        value: norm.value,
        unit: norm.unit,
        clause: norm.clause,
        from: at,
        receiver: performer,
        performer,
      })
      const { clause, value, unit, binding } = norm
      const until = norm.until ?? step.id
      return {
        binding,
        clause,
        dueAt: proof.dueAt,
        from: at,
        id: freshId(state, idOf(step, norm)),
        kind: 'norm',
        proof,
        step: step.id,
        unit,
        until,
        value,
        warnAt,
      }
    })
}

/** The terms of the service as a whole; they end with the step that they name, and with the case at the latest. */
export function termsOf(law: CaseLaw, state: CaseState, at: string): DueSet[] {
  const receiver = receiverOf(law, state)
  return law.regulation.terms
    .filter((t) => t.channels.includes(state.channel) && (t.location === 'any' || t.location === state.location))
    .map((term) => {
      const performer: Party = { kind: 'provider', organisation: state.provider.id }
      const { id, clause, value, unit } = term
      const { proof, warnAt } = law.count({ value, unit, clause, from: at, receiver, performer })
      return {
        binding: true,
        clause,
        dueAt: proof.dueAt,
        from: at,
        id: `term/${id}`,
        kind: 'term',
        proof,
        step: null,
        unit,
        until: term.until ?? null,
        value,
        warnAt,
      }
    })
}

/** Dues that end with this step, each with whether it ended after its last moment. */
export function metBy(state: CaseState, step: string, at: string) {
  return state.dues.filter((d) => d.until === step && isRunning(d)).map((d) => ({ id: d.id, late: d.binding && isAfter(at, d.dueAt) }))
}

export function metByEnd(state: CaseState, at: string) {
  return state.dues.filter((d) => d.kind === 'term' && isRunning(d)).map((d) => ({ id: d.id, late: d.binding && isAfter(at, d.dueAt) }))
}

/** Moments are compared as moments: the offsets of two RFC 3339 texts may differ. */
export const isAfter = (a: string, b: string) => Date.parse(a) > Date.parse(b)

export function receiverOf(law: CaseLaw, state: Pick<CaseState, 'channel' | 'provider' | 'branch'>): Party {
  const kind = law.regulation.channels[state.channel]?.receiver ?? 'provider'
  return { kind, organisation: kind === 'provider' ? state.provider.id : state.branch }
}

const idOf = (step: Step, norm: Norm) => `${step.id}/${norm.clause}`

/** A step that was returned and is done anew has its norm anew, under a name of its own: `refer/8.2`, then `refer/8.2#2`. */
const freshId = (state: CaseState, base: string) => {
  const before = state.dues.filter((d) => baseOf(d.id) === base).length
  return before === 0 ? base : `${base}#${before + 1}`
}

/** The name of the norm itself, however often it ran. */
export const baseOf = (id: string) => id.replace(/#\d+$/, '')
