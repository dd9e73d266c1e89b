import type { CommandOf, Decision } from './command.ts'
import type { CaseEvent, Item } from './events.ts'
import { type CaseLaw, stepOf } from './law.ts'
import { isOfThisCase } from './office.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { CaseState } from './state.ts'

/** Papers, in the order in which they are named. */
const items: readonly Item[] = ['package', 'answer']

/**
 * What one person has in a role goes to another of that role, or back to all of them. Terms run on as they did: the law stops none because
 * a performer changed. Whether the one named may perform is the door's question, as it is when a head refers an application.
 */
export function reassign(law: CaseLaw, state: CaseState, command: CommandOf<'reassign'>, now: string): Decision | Refusal {
  const { actor, role, from, to, reason } = command
  if (state.ended !== null) return refuse('alreadyEnded', state.ended.clause, { ending: state.ended.ending })
  const clause = clauseOfReferral(law, state, role)
  const lapsed = actor.kind === 'system'
  if (!lapsed && !mayReassign(law, state, actor, role)) return refuse('notYours', clause, { role })
  if (!lapsed && reason.trim() === '') return refuse('reasonRequired', null, {}, 'reason')
  const step = stepIn(law, state, role, from)
  const kept = from === null ? [] : items.filter((what) => isKept(state, what, role, from))
  const isNamed = from !== null && state.assignee?.id === from && state.assignee.role === role
  if (from === to || (step === null && kept.length === 0 && !isNamed)) return refuse('nothingToReassign', clause, { role })
  const event: CaseEvent = {
    type: 'WorkReassigned',
    schema: 1,
    at: now,
    actor,
    clause,
    data: { role, organisation: organisationOf(law, state, role), from, to, step, items: kept, cause: lapsed ? 'lapsed' : 'order' },
    ...(lapsed ? {} : { personal: { reason } }),
  }
  return { events: [event], effects: [] }
}

/**
 * Whoever gives applications to performers of this role gives them anew; the administrator does when a person leaves. Of whose organisations,
 * the door knows: the engine has no book of places.
 */
export function mayReassign(law: CaseLaw, state: CaseState, actor: CaseEvent['actor'], role: string): boolean {
  if (actor.kind !== 'staff') return false
  if (actor.role === 'administrator') return true
  return isOfThisCase(law, state, actor) && referrals(law, state, role).some((step) => step.actor === actor.role)
}

/** Whether the role is one whose performers are named, in the channel of this case. */
export const isReferred = (law: CaseLaw, state: CaseState, role: string): boolean => referrals(law, state, role).length > 0

/** The steps of this channel in which applications are referred to the role. */
function referrals(law: CaseLaw, state: CaseState, role: string) {
  return law.regulation.steps.filter((step) => {
    const follows = step.outcomes.done
    if (step.channel !== state.channel || follows === undefined || !('next' in follows)) return false
    return step.does.some((act) => act.act === 'refer') && stepOf(law, follows.next)?.actor === role
  })
}

const clauseOfReferral = (law: CaseLaw, state: CaseState, role: string) => referrals(law, state, role)[0]?.clauses[0] ?? null

/** The open step that goes over: one that `from` has by name, or, where nobody has it, one that is given to people by name. */
function stepIn(law: CaseLaw, state: CaseState, role: string, from: string | null): string | null {
  const open = state.step
  if (open === null || open.role !== role || open.assignee !== from) return null
  return from === null && !isReferred(law, state, role) ? null : open.id
}

function isKept(state: CaseState, what: Item, role: string, from: string): boolean {
  const custody = state.custody[what]
  return custody?.keeper === from && custody.holder.role === role
}

function organisationOf(law: CaseLaw, state: CaseState, role: string): string {
  const at = law.regulation.roles[role]?.at ?? 'provider'
  return (at === 'provider' ? state.provider.id : state.branch) ?? ''
}
