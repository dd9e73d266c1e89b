import { partyOf } from '../case/dues.ts'
import type { CaseEvent, Holder, Item } from '../case/events.ts'
import { stepOf } from '../case/law.ts'
import { type Refusal, refuse } from '../case/refusal.ts'
import { type ActHandler, applies, happened, nothing, type Scene } from './act.ts'

export const refer: ActHandler<'refer'> = {
  reads: ['assignee'],
  decide: (scene) => {
    const assignee = scene.input.assignee
    if (assignee === undefined || assignee === '') return refuse('assigneeRequired', scene.clause, {}, 'assignee')
    const follows = scene.step.outcomes.done
    const next = follows && 'next' in follows ? stepOf(scene.law, follows.next) : undefined
    if (next === undefined) throw new Error(`step ${scene.step.id} refers a case to nobody: the file was not checked`)
    return { events: [{ type: 'ApplicationReferred', ...happened(scene), data: { assignee, role: next.actor } }] }
  },
}

export const handOver: ActHandler<'handOver'> = {
  reads: [],
  decide: (scene, act) => {
    if (!applies(scene, act.when)) return nothing
    if (scene.state.custody[act.what] === undefined) return refuse('missing', scene.clause, { what: act.what })
    const back = takenBack(scene, act.what)
    if ('refused' in back) return back
    const to = { role: act.to, organisation: partyOf(scene.law, scene.state, act.to).organisation ?? '' }
    return { events: [...back, { type: 'CustodyOffered', ...happened(scene), data: { what: act.what, from: holderOf(scene), to } }] }
  },
}

const holderOf = ({ actor }: Scene): Holder => ({ role: actor.role ?? actor.kind, organisation: actor.organisation ?? '' })

/** Paper that went on and came back with a returned step is taken from whoever offers it; what never left needs no taking. */
export function takenBack(scene: Scene, what: Item): CaseEvent[] | Refusal {
  const custody = scene.state.custody[what]
  const taker = holderOf(scene)
  const isAt = (holder: Holder | null) => holder?.role === taker.role && holder.organisation === taker.organisation
  if (custody === undefined || isAt(custody.holder)) return []
  if (!isAt(custody.offeredTo)) return refuse('notOffered', scene.clause, { what, holder: custody.holder.role })
  return [{ type: 'CustodyTaken', ...happened(scene), data: { what, from: custody.holder, to: taker } }]
}

export const takeOver: ActHandler<'takeOver'> = {
  reads: ['taken'],
  decide: (scene, act) => {
    const custody = scene.state.custody[act.what]
    if (custody === undefined) return refuse('missing', scene.clause, { what: act.what })
    const taker = holderOf(scene)
    if (custody.holder.role === taker.role && custody.holder.organisation === taker.organisation) return nothing
    const to = custody.offeredTo
    if (to === null || to.role !== taker.role || to.organisation !== taker.organisation)
      return refuse('notOffered', scene.clause, { what: act.what, holder: custody.holder.role })
    if (scene.input.taken !== true) return refuse('missing', scene.clause, { what: 'taken' }, 'taken')
    return { events: [{ type: 'CustodyTaken', ...happened(scene), data: { what: act.what, from: custody.holder, to: taker } }] }
  },
}

export const appear: ActHandler<'appear'> = {
  reads: [],
  decide: (scene) => ({ events: [{ type: 'ApplicantAppeared', ...happened(scene), data: {} }] }),
}
