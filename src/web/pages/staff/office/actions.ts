import type { CaseFile } from '../../../../desk/outcome.ts'
import type { Actor } from '../../../../engine/case/events.ts'
import { mayRecall } from '../../../../engine/case/office.ts'
import type { IssuedPaper } from '../../../../engine/case/state.ts'
import { isTheirs } from '../../../../engine/case/steps.ts'

export interface OfficeActions {
  readonly correct: boolean
  readonly return: boolean
  readonly withdraw: boolean
  /** A new act in the place of one that was handed out. */
  readonly replace: boolean
  readonly reissue: readonly IssuedPaper[]
}

/** What the engine would most likely allow this person now: a link that leads to a certain "no" is not shown. The engine decides. */
export function actionsOf({ state, bound }: CaseFile, actor: Actor): OfficeActions {
  const role = bound.law.regulation.roles[actor.role ?? '']
  const ofThisCase = role !== undefined && actor.organisation === (role.at === 'provider' ? state.provider.id : state.branch)
  const open = state.step
  const mine = open !== null && open.awaiting === undefined && isTheirs(open, actor)
  const hasPrevious = state.path.some((done) => done.by.kind === 'staff' && done.by.role !== open?.role)
  return {
    correct: ofThisCase && state.given === null && state.application !== null,
    return: (mine && hasPrevious) || mayRecall(bound.court, state, actor),
    replace: ofThisCase && state.given !== null && state.signature?.by.role === actor.role,
    withdraw: ofThisCase && state.ended === null && state.signature === null,
    reissue: ofThisCase ? state.papers.filter((paper) => paper.copyOf === null) : [],
  }
}
