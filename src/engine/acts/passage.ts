import { partyOf } from '../case/dues.ts'
import { stepOf } from '../case/law.ts'
import { refuse } from '../case/refusal.ts'
import { type ActHandler, applies, happened, nothing } from './act.ts'

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
    const custody = scene.state.custody[act.what]
    if (custody === undefined) return refuse('missing', scene.clause, { what: act.what })
    if (custody.holder.role !== scene.actor.role || custody.holder.organisation !== (scene.actor.organisation ?? ''))
      return refuse('notOffered', scene.clause, { what: act.what, holder: custody.holder.role })
    const to = { role: act.to, organisation: partyOf(scene.law, scene.state, act.to).organisation ?? '' }
    return { events: [{ type: 'CustodyOffered', ...happened(scene), data: { what: act.what, from: custody.holder, to } }] }
  },
}

export const takeOver: ActHandler<'takeOver'> = {
  reads: ['taken'],
  decide: (scene, act) => {
    const custody = scene.state.custody[act.what]
    if (custody === undefined) return refuse('missing', scene.clause, { what: act.what })
    const taker = { role: scene.actor.role ?? scene.actor.kind, organisation: scene.actor.organisation ?? '' }
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
