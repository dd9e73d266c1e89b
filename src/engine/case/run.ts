import type { Step } from '../../law/schema/step.ts'
import { type CaseLaw, stepOf } from './law.ts'

/**
 * The steps that one performer does one after another from `first` on, in the order in which the text reaches them. Steps that a system does
 * between them belong to the run: they go by themselves, and the performer waits at the same desk.
 */
export function runFrom(law: CaseLaw, first: string): Step[] {
  const begin = stepOf(law, first)
  if (begin === undefined) return []
  const run: Step[] = []
  const ahead = [begin]
  for (let step = ahead.shift(); step !== undefined; step = ahead.shift()) {
    if (run.includes(step) || (step.actor !== begin.actor && step.actor !== 'system')) continue
    run.push(step)
    for (const outcome of Object.values(step.outcomes)) {
      const next = 'next' in outcome ? stepOf(law, outcome.next) : undefined
      if (next !== undefined) ahead.push(next)
    }
  }
  return run
}

/** How an application comes in by a channel: from its first step to where somebody else goes on. */
export const intakeOf = (law: CaseLaw, channel: string): Step[] => runFrom(law, law.regulation.channels[channel]?.first ?? '')
