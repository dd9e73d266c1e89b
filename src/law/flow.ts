import { type Edge, edgesOf, stepsById } from './graph.ts'
import { type Act, deciding, type Fact, leaves } from './schema/acts.ts'
import type { Regulation } from './schema/regulation.ts'
import type { Step } from './schema/step.ts'

/** The act of a step that decides how it comes out, if it has one. */
export const decidingAct = (step: Step): keyof typeof deciding | undefined =>
  step.does.map(({ act }) => act).find((act): act is keyof typeof deciding => act in deciding)

/** How the deciding acts of earlier steps have come out so far. */
export type Decided = Readonly<Partial<Record<keyof typeof deciding, string>>>

export const decidedAfter = (step: Step, outcome: string, before: Decided): Decided => {
  const act = decidingAct(step)
  return act ? { ...before, [act]: outcome } : before
}

/** Ways out of a step that remain after what was decided: a step that comes out as an earlier act did has only that one. */
export const waysOut = (step: Step, decided: Decided): Edge[] => {
  const bound = step.comesOutAs && decided[step.comesOutAs]
  return edgesOf(step).filter(({ outcome }) => bound === undefined || outcome === bound)
}

/** Earlier decisions on which an act may depend by `when`, besides the decision of its own step. */
export const conditions = ['examine', 'checkCompleteness'] as const

/** Acts that are done when the step comes out so: those bound by `when` look at the step first, then at what was decided before. */
export const actsDone = (step: Step, outcome: string, before: Decided): Act[] => {
  const decided = decidedAfter(step, outcome, before)
  const own = decidingAct(step) ? outcome : undefined
  const now = [own, ...conditions.map((act) => decided[act])]
  return step.does.filter((act) => {
    const when = 'when' in act ? act.when : undefined
    return when === undefined || now.includes(when)
  })
}

export const factsLeft = (step: Step, outcome: string, decided: Decided): Fact[] =>
  actsDone(step, outcome, decided).flatMap(({ act }) => [...leaves[act]])

export interface Arrival {
  readonly step: Step
  readonly decided: Decided
  /** Facts that lie in the case on every path that arrives so. */
  readonly facts: ReadonlySet<Fact>
  /** A step before, on whose path the fewest facts lie; nothing at the first step. */
  readonly from?: string
}

/**
 * What surely lies in the case whenever a step begins: an intersection over all paths, told apart by what was decided
 * before. `duties` are facts that the general law brings to a step.
 */
export const arrivals = (regulation: Regulation, duties: (step: Step) => readonly Fact[] = () => []): Arrival[] => {
  const byId = stepsById(regulation)
  const found = new Map<string, Arrival>()
  const waiting: Arrival[] = []
  const arrive = (id: string | undefined, decided: Decided, facts: ReadonlySet<Fact>, from?: string): void => {
    const step = id === undefined ? undefined : byId.get(id)
    if (!step) return
    const key = `${step.id} ${JSON.stringify(decided)}`
    const before = found.get(key)
    const common = before ? before.facts.intersection(facts) : facts
    if (before && common.size === before.facts.size) return
    const arrival = { step, decided, facts: common, from }
    found.set(key, arrival)
    waiting.push(arrival)
  }
  for (const { first } of Object.values(regulation.channels)) arrive(first, {}, new Set())
  for (let at = waiting.pop(); at; at = waiting.pop()) {
    const { step, decided, facts } = at
    for (const { outcome, next } of waysOut(step, decided)) {
      const left = [...factsLeft(step, outcome, decided), ...duties(step)]
      arrive(next, decidedAfter(step, outcome, decided), facts.union(new Set(left)), step.id)
    }
  }
  return [...found.values()]
}
