import { type Check, inRegulation } from '../bundle.ts'
import { decidingAct } from '../flow.ts'
import { deciding } from '../schema/acts.ts'

/** A step comes out exactly as its deciding act, or the earlier one that it follows, can: a branch left out is a case that nobody can go on with. */
export const outcomesFit: Check = (bundle) =>
  bundle.regulation.value.steps.flatMap((step, index) => {
    const act = decidingAct(step) ?? step.comesOutAs
    const decided = act ?? step.comesOutAs
    const possible: readonly string[] = decided ? deciding[decided] : ['done']
    const written = Object.keys(step.outcomes)
    const where = { clause: step.clauses[0] }
    const params = { step: step.id, act: act ?? step.does[0]?.act ?? '' }
    return [
      ...possible
        .filter((outcome) => !written.includes(outcome))
        .map((outcome) =>
          inRegulation(bundle, ['steps', index, 'outcomes'], 'missingOutcome', { ...where, params: { ...params, outcome } }),
        ),
      ...written
        .filter((outcome) => !possible.includes(outcome))
        .map((outcome) =>
          inRegulation(bundle, ['steps', index, 'outcomes', outcome], 'strangeOutcome', {
            ...where,
            params: { ...params, outcome, known: possible.join(', ') },
          }),
        ),
    ]
  })
