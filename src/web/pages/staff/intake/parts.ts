import { tasksOf } from '../../../../engine/case/duties.ts'
import { way } from '../../../../engine/case/forecast.ts'
import type { CaseLaw } from '../../../../engine/case/law.ts'
import { intakeOf } from '../../../../engine/case/run.ts'
import type { CaseState, DoneStep } from '../../../../engine/case/state.ts'
import type { Step } from '../../../../law/schema/step.ts'

/** A step of the intake as the screen shows it: done with its answers, open with its form, or still to come. */
export type Part =
  | { readonly state: 'done'; readonly step: Step; readonly done: DoneStep }
  | { readonly state: 'open'; readonly step: Step }
  | { readonly state: 'ahead'; readonly step: Step }

/** In the order in which they happened, then as the text goes on if all is well. */
export function partsOf(law: CaseLaw, state: CaseState): Part[] {
  const run = intakeOf(law, state.channel)
  const inRun = (id: string | undefined) => run.find((step) => step.id === id)
  const done = state.path.flatMap((one): Part[] => {
    const step = inRun(one.step)
    return step === undefined ? [] : [{ state: 'done', step, done: one }]
  })
  const open = inRun(state.step?.id)
  if (open === undefined) return done
  const ahead = way(law, open.id)
    .slice(1)
    .filter((step) => run.includes(step))
    .map((step): Part => ({ state: 'ahead', step }))
  return [...done, { state: 'open', step: open }, ...ahead]
}

/** Whether the open step is one that this screen does. */
export const isIntake = (law: CaseLaw, state: CaseState): boolean =>
  state.step !== null && intakeOf(law, state.channel).some(({ id }) => id === state.step?.id)

/**
 * One step that takes everything in and hands something out at once has no later moment to look at the answers: they are looked at before it is done.
 */
export function needsCheck(law: CaseLaw, state: CaseState, step: Step, now: string): boolean {
  const acts = tasksOf(law, state, step, now).map(({ act }) => act.act)
  return acts.includes('handIn') && acts.some((act) => act === 'issuePaper' || act === 'sign' || act === 'giveAnswer')
}

/** A failure that nobody repeats by itself: whoever does the step asks again. */
export const isStuck = ({ step }: CaseState): boolean => {
  const awaiting = step?.awaiting
  return awaiting !== undefined && awaiting.failures > 0 && awaiting.retryAt === null
}
