import type { Act } from '../../law/schema/acts.ts'
import { leaves } from '../../law/schema/acts.ts'
import type { Step } from '../../law/schema/step.ts'
import type { CaseLaw } from './law.ts'
import { cite, within } from './law.ts'
import type { CaseState } from './state.ts'

export interface Task {
  readonly act: Act
  readonly clause: string
  /** `duty:<law>/<id>` where the general law attached it, null where the regulation itself names it. */
  readonly duty: string | null
}

/**
 * What is done in a step: first the duties that the general law in force on the day attaches to it and that the case still lacks,
 * then the acts of the regulation. The order is the law's: data may not be asked for before there is consent.
 */
export function tasksOf(law: CaseLaw, state: CaseState, step: Step, now: string): Task[] {
  const at = law.regulation.roles[step.actor]?.at
  const own = step.does.map((act) => ({ act, clause: step.clauses[0] ?? '', duty: null }))
  const attached = law.general.flatMap((general) =>
    general.duties
      .filter((duty) => within(duty, now))
      .filter((duty) => duty.before.at === 'any' || duty.before.at === at)
      .filter((duty) => step.does.some((act) => duty.before.acts.includes(act.act)))
      .filter((duty) => leaves[duty.does.act].some((fact) => state.facts[fact] === undefined))
      .filter((duty) => !own.some((task) => task.act.act === duty.does.act))
      .map((duty) => ({ act: duty.does, clause: cite(general, duty.clause), duty: `duty:${general.id}/${duty.id}` })),
  )
  // Two acts of the law may ask for the same thing (the Law on state services twice for consent): it is done once, under the first.
  const once = attached.filter((task, index) => attached.findIndex((other) => other.act.act === task.act.act) === index)
  return [...once, ...own]
}
