import type { Act } from './schema/acts.ts'
import type { Step } from './schema/step.ts'

/** Passing on, taking, naming a performer, signing what lies prepared: the same deed for each case, which asks nothing of the case itself. */
const alike: ReadonlySet<Act['act']> = new Set(['takeOver', 'handOver', 'refer', 'sign'])

/**
 * Whether a worker may do the step for several cases at once. It follows from the acts of the step, so that no regulation has to say it: each act is
 * one of those above, or prints what they bring about. A step that takes down what a person said, brought or showed, that examines, or that waits
 * for an outside system is done case by case; so is what is recorded on behalf of an applicant, whose coming has a moment of its own. Decision 16.
 */
export function mayBeDoneForSeveral(step: Step): boolean {
  if (step.onBehalf !== undefined || step.actor === 'system') return false
  const own = step.does.filter(({ act }) => act !== 'issuePaper')
  return own.length > 0 && own.every(({ act }) => alike.has(act))
}

/** What of a case changes hands in the step. */
export const takenIn = (step: Step) => step.does.find((act) => act.act === 'takeOver')
export const handedIn = (step: Step) => step.does.find((act) => act.act === 'handOver')

/** A step that only carries: nothing but taking and handing over. */
export const onlyCarries = (step: Step): boolean => step.does.every(({ act }) => act === 'takeOver' || act === 'handOver')
