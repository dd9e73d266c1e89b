import { type Check, inRegulation } from '../bundle.ts'
import { firsts, reachable } from '../graph.ts'

/** A step to which no channel leads is never done. */
export const unreachableStep: Check = (bundle) => {
  const regulation = bundle.regulation.value
  const reached = reachable(regulation, firsts(regulation))
  return regulation.steps.flatMap(({ id, clauses }, index) =>
    reached.has(id) ? [] : [inRegulation(bundle, ['steps', index, 'id'], 'unreachableStep', { params: { step: id }, clause: clauses[0] })],
  )
}
