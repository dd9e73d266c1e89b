import type { Act, ActName } from '../../law/schema/acts.ts'
import type { Step } from '../../law/schema/step.ts'
import type { Actor, CaseEvent, Effect } from '../case/events.ts'
import type { StepInput } from '../case/input.ts'
import type { CaseLaw } from '../case/law.ts'
import type { Refusal } from '../case/refusal.ts'
import type { CaseState } from '../case/state.ts'

/** What an act sees: the law, the case as the acts before it left it, and what was given. */
export interface Scene {
  readonly law: CaseLaw
  readonly state: CaseState
  readonly step: Step
  readonly input: StepInput
  readonly actor: Actor
  readonly now: string
  readonly number: string
  /** The clause under which this act is done: the step's, or the general law's where a duty attached it. */
  readonly clause: string
  /** How the step came out so far, where an act before this one decided it. */
  readonly decided: string | null
}

/** What an act leaves: events, perhaps a decision, perhaps a question to an outside system that holds the step open. */
export interface Deed {
  readonly events: readonly CaseEvent[]
  readonly decided?: string
  readonly effects?: readonly Effect[]
  readonly awaits?: boolean
}

export interface ActHandler<Name extends ActName> {
  /** Parts of the input that this act reads; pages and the API's description follow it. */
  readonly reads: readonly (keyof StepInput)[]
  readonly decide: (scene: Scene, act: Extract<Act, { act: Name }>) => Deed | Refusal
}

export const nothing: Deed = { events: [] }

/** The head of every event of this scene. */
export const happened = (scene: Scene) => ({ schema: 1, at: scene.now, actor: scene.actor, clause: scene.clause })

/** Whether an act with `when` is to be done: this step, or else the examination, came out so. */
export function applies(scene: Scene, when: string | undefined): boolean {
  if (when === undefined) return true
  if (scene.decided === when) return true
  const { examination, completeness } = scene.state
  if (when === 'conforming') return examination?.conforming === true
  if (when === 'defective') return examination?.conforming === false
  if (when === 'complete') return completeness?.complete === true
  if (when === 'incomplete') return completeness?.complete === false
  return false
}
