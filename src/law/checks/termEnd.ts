import { type Check, inRegulation } from '../bundle.ts'
import { edgesOf, reachable, stepsById } from '../graph.ts'

/** A term that runs to the end of a step needs a way to that step from where the service starts, in each of its channels. */
export const termEnd: Check = (bundle) => {
  const regulation = bundle.regulation.value
  const byId = stepsById(regulation)
  return regulation.terms.flatMap(({ id, clause, channels, until }, index) => {
    if (until === undefined || !byId.has(until)) return []
    return channels.flatMap((channel) => {
      const start = byId.get(regulation.channels[channel]?.start.at ?? '')
      if (start === undefined) return []
      // The term begins when that step is done: it cannot end with it.
      const after = edgesOf(start).flatMap(({ next }) => next ?? [])
      if (reachable(regulation, after).has(until)) return []
      const params = { term: id, until, channel }
      return [inRegulation(bundle, ['terms', index, 'until'], 'termNeverEnds', { params, clause })]
    })
  })
}
