import { type Check, inRegulation } from '../bundle.ts'
import { arrivals } from '../flow.ts'

/** A step that comes out as an earlier act did needs that act on every path before it. */
export const comesOutAs: Check = (bundle) =>
  arrivals(bundle.regulation.value).flatMap(({ step, decided }) => {
    if (step.comesOutAs === undefined || decided[step.comesOutAs] !== undefined) return []
    const path = ['steps', bundle.regulation.value.steps.indexOf(step), 'comesOutAs']
    return [inRegulation(bundle, path, 'followsUndecided', { params: { step: step.id, act: step.comesOutAs }, clause: step.clauses[0] })]
  })
