import type { Bundle } from '../bundle.ts'
import { type Fact, leaves } from '../schema/acts.ts'
import type { Step } from '../schema/step.ts'

/** Facts that the duties of the general law, as of the first day of the edition, bring to a step. */
export const dutyFacts =
  ({ regulation, general }: Bundle) =>
  (step: Step): Fact[] => {
    const { roles, act } = regulation.value
    const day = act.inForce.from.date
    const at = roles[step.actor]?.at
    const duties = general.flatMap(({ value }) => value.duties).filter(({ from, until }) => from <= day && day <= (until ?? day))
    const bound = duties.filter(
      ({ before }) => (before.at === 'any' || before.at === at) && step.does.some((done) => before.acts.includes(done.act)),
    )
    return bound.flatMap(({ does }) => [...leaves[does.act]])
  }
