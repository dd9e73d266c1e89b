import type { Regulation } from './schema/regulation.ts'
import type { Step } from './schema/step.ts'

export interface Edge {
  readonly outcome: string
  /** Id of the step that follows, or nothing where the case ends. */
  readonly next?: string
  readonly end?: string
}

export const edgesOf = (step: Step): Edge[] =>
  Object.entries(step.outcomes).map(([outcome, branch]) => ({
    outcome,
    ...('next' in branch ? { next: branch.next } : { end: branch.end }),
  }))

export const stepsById = ({ steps }: Regulation): ReadonlyMap<string, Step> => new Map(steps.map((step) => [step.id, step]))

/** Ids of all steps to which some sequence of outcomes leads from the given ones, these included; names of no step are left out. */
export const reachable = (regulation: Regulation, from: readonly string[]): ReadonlySet<string> => {
  const byId = stepsById(regulation)
  const seen = new Set<string>()
  const waiting = [...from]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const step = byId.get(id)
    if (!step || seen.has(id)) continue
    seen.add(id)
    waiting.push(...edgesOf(step).flatMap(({ next }) => next ?? []))
  }
  return seen
}

/** Ids of the steps with which the channels begin. */
export const firsts = ({ channels }: Regulation): string[] => Object.values(channels).map(({ first }) => first)
