import { type CaseLaw, stepOf } from './law.ts'
import type { CaseState } from './state.ts'

/** Where a case stands in the applicant's eyes. */
export type Stage =
  | 'begun'
  | 'inWork'
  | 'waiting'
  | 'incomplete'
  | 'ready'
  | 'served'
  | 'refused'
  | 'notAccepted'
  | 'impossible'
  | 'withdrawn'

export function stageOf(law: CaseLaw, state: CaseState): Stage {
  if (state.ended !== null) return state.ended.kind
  if (state.step?.awaiting !== undefined) return 'waiting'
  if (state.completeness?.complete === false) return 'incomplete'
  const step = state.step === null ? undefined : stepOf(law, state.step.id)
  if (state.signature !== null && step?.does.some(({ act }) => act === 'appear' || act === 'giveAnswer')) return 'ready'
  return state.startedAt === null && state.path.length === 0 ? 'begun' : 'inWork'
}

/** Before that nothing is owed; Almaty's service starts later than the receipt, which already names the date. */
export const isAccepted = ({ startedAt, facts }: CaseState): boolean =>
  startedAt !== null || facts.receipt !== undefined || facts.registration !== undefined
