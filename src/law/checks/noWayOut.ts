import { type Check, inRegulation } from '../bundle.ts'
import { edgesOf, reachable } from '../graph.ts'

/** From every step some sequence of outcomes must lead to an ending, or the case stays open for ever. */
export const noWayOut: Check = (bundle) => {
  const regulation = bundle.regulation.value
  const ends = new Set(regulation.steps.filter((step) => edgesOf(step).some(({ end }) => end !== undefined)).map(({ id }) => id))
  return regulation.steps.flatMap(({ id, clauses }, index) => {
    const out = !reachable(regulation, [id]).isDisjointFrom(ends)
    return out ? [] : [inRegulation(bundle, ['steps', index, 'id'], 'noWayOut', { params: { step: id }, clause: clauses[0] })]
  })
}
