import { type Check, inRegulation } from '../bundle.ts'
import { conditions, decidingAct } from '../flow.ts'
import { deciding } from '../schema/acts.ts'

/** `when` names an outcome of its own step, or of an earlier decision on the documents; any other name would silence the act for ever. */
export const actConditions: Check = (bundle) =>
  bundle.regulation.value.steps.flatMap((step, index) => {
    const own = decidingAct(step)
    const known = [...new Set<string>([...(own ? deciding[own] : []), ...conditions.flatMap((act) => deciding[act])])]
    return step.does.flatMap((act, each) => {
      const when = 'when' in act ? act.when : undefined
      if (when === undefined || known.includes(when)) return []
      const params = { step: step.id, act: act.act, when, known: known.join(', ') }
      return [inRegulation(bundle, ['steps', index, 'does', each, 'when'], 'unknownCondition', { params, clause: step.clauses[0] })]
    })
  })
