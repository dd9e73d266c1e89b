import { type Check, inRegulation } from '../bundle.ts'
import { deciding } from '../schema/acts.ts'

/** One step, one decision: with two, nobody could tell from an outcome which of them it was; nor may it follow an earlier one besides. */
export const twoDecidingActs: Check = (bundle) =>
  bundle.regulation.value.steps.flatMap((step, index) =>
    step.does
      .map(({ act }, each) => ({ act, each }))
      .filter(({ act }) => act in deciding)
      .slice(step.comesOutAs ? 0 : 1)
      .map(({ act, each }) =>
        inRegulation(bundle, ['steps', index, 'does', each], 'twoDecidingActs', {
          params: { step: step.id, act },
          clause: step.clauses[0],
        }),
      ),
  )
