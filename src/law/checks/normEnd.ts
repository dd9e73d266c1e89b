import { type Check, inRegulation } from '../bundle.ts'
import { reachable } from '../graph.ts'

/** A norm that runs to the end of a later step needs a way to that step, or it never ends. */
export const normEnd: Check = (bundle) => {
  const regulation = bundle.regulation.value
  const known = new Set(regulation.steps.map(({ id }) => id))
  return regulation.steps.flatMap((step, index) =>
    step.norms.flatMap(({ until, clause }, norm) => {
      if (until === undefined || !known.has(until) || reachable(regulation, [step.id]).has(until)) return []
      const params = { step: step.id, until }
      return [inRegulation(bundle, ['steps', index, 'norms', norm, 'until'], 'normNeverEnds', { params, clause })]
    }),
  )
}
