import { type Check, inRegulation } from '../bundle.ts'
import { arrivals } from '../flow.ts'
import { dutyFacts } from './duties.ts'

/** What a step needs must lie in the case on every path that leads to it, or the case stops there. */
export const neededFacts: Check = (bundle) => {
  const regulation = bundle.regulation.value
  const duties = dutyFacts(bundle)
  return arrivals(regulation, duties).flatMap(({ step, facts, from }) =>
    step.needs.flatMap((fact, each) => {
      if (facts.has(fact) || duties(step).includes(fact)) return []
      const path = ['steps', regulation.steps.indexOf(step), 'needs', each]
      const params = { step: step.id, fact, from: from ?? step.id }
      return [inRegulation(bundle, path, 'needNotLeft', { params, clause: step.clauses[0] })]
    }),
  )
}
