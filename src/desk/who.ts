import type { CaseLaw } from '../engine/case/law.ts'
import type { CaseState } from '../engine/case/state.ts'
import type { Actor } from '../ledger/ledger.ts'

/** Who stands at the door: what they are to the law, and for which region. */
export interface Who {
  readonly actor: Actor
  readonly region: string
}

export const systemActor = (id: 'gateway' | 'clock' | 'engine'): Actor => ({ kind: 'system', id })

/**
 * Reads are for those who have a part: the workers of the case's two organisations in a role of its regulation, and the supervisor of its region.
 * Everybody else is told that there is no such case, because its existence is already somebody's personal data.
 */
export function mayRead(who: Who, law: CaseLaw, state: CaseState): boolean {
  const { role, organisation } = who.actor
  if (role === undefined) return false
  if (role === 'supervisor') return who.region === law.regulation.region
  const known = law.regulation.roles[role]
  return known !== undefined && organisation === (known.at === 'provider' ? state.provider.id : state.branch)
}
