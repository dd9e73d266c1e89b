import { type Check, inRegulation } from '../bundle.ts'
import { arrivals, factsLeft, waysOut } from '../flow.ts'
import { dutyFacts } from './duties.ts'

/** What a step says it leaves behind must come from its acts, or lie in the case already; in one of its outcomes at least. */
export const leavesProduced: Check = (bundle) => {
  const regulation = bundle.regulation.value
  const duties = dutyFacts(bundle)
  return arrivals(regulation, duties).flatMap(({ step, decided, facts }) => {
    const left = new Set([...facts, ...duties(step), ...waysOut(step, decided).flatMap(({ outcome }) => factsLeft(step, outcome, decided))])
    return step.leaves.flatMap((fact, each) => {
      if (left.has(fact)) return []
      const path = ['steps', regulation.steps.indexOf(step), 'leaves', each]
      return [inRegulation(bundle, path, 'leavesNothing', { params: { step: step.id, fact }, clause: step.clauses[0] })]
    })
  })
}
