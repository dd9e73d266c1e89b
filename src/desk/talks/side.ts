import { type Refusal, refuse } from '../../engine/case/refusal.ts'
import { type Side, sideOfCase } from '../../engine/case/talk.ts'
import type { DeskParts } from '../door.ts'
import type { CaseFile } from '../outcome.ts'

/** The side that has the case now, where that is not this node's; null where it lies here. */
export function awayAt({ holds }: Pick<DeskParts, 'holds'>, { bound, state }: Pick<CaseFile, 'bound' | 'state'>): Side | null {
  const side = sideOfCase(bound.court, state)
  return side === null || (holds?.(side, bound.law.regulation.region) ?? true) ? null : side
}

/** Why nothing is done here to a case that lies on the other node: two would move it at once. */
export function elsewhere(parts: Pick<DeskParts, 'holds'>, file: Pick<CaseFile, 'bound' | 'state'>): Refusal | null {
  const side = awayAt(parts, file)
  return side === null ? null : refuse('elsewhere', null, { side })
}
