import type { CaseEvent } from './events.ts'
import type { CaseLaw } from './law.ts'
import { isRunning } from './parts.ts'
import { isAccepted, stageOf } from './stage.ts'
import type { CaseState, Due } from './state.ts'

/** What an applicant is told of without having asked. */
export const noticeKinds = [
  'received',
  'ready',
  'refused',
  'notAccepted',
  'impossible',
  'withdrawn',
  'late',
  'reviewed',
  'givenToOther',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** A case before and after one command, with what the command left. */
interface Change {
  readonly law: CaseLaw
  readonly before: CaseState | null
  readonly after: CaseState
  readonly events: readonly CaseEvent[]
}

const entered = (change: Change, stage: ReturnType<typeof stageOf>): boolean =>
  stageOf(change.law, change.after) === stage && (change.before === null || stageOf(change.law, change.before) !== stage)

const has = ({ events }: Change, type: CaseEvent['type']): boolean => events.some((event) => event.type === type)

/**
 * Which happenings are told, in one table: neither regulation nor the general law names a notice by telephone or mail, so none is owed; what is told
 * is what changes what the applicant has to do, or what they would want to contest. Not told: steps between desks (nothing changes for the applicant),
 * a register that does not answer (the term goes on and there is nothing to do; the tracker says it), a warning before a term ends (nobody is late),
 * an answer handed to the applicant in person (they hold it). Decision 18 gives each reason.
 */
const occasions: Readonly<Record<NoticeKind, (change: Change) => boolean>> = {
  // The number and the latest lawful date; where everything was done at one desk at once, the answer itself is the news.
  // Aktobe's service begins before the operator has entered the telephone: then it is told as soon as there is somebody to tell.
  received: (change) =>
    isAccepted(change.after) &&
    (change.before === null || !isAccepted(change.before) || !isReachable(change.before)) &&
    change.after.ended === null &&
    stageOf(change.law, change.after) !== 'ready',
  // Somebody has to come, and only now.
  ready: (change) => entered(change, 'ready'),
  // Each of these asks for something else to be done, and may be complained of.
  refused: (change) => entered(change, 'refused'),
  notAccepted: (change) => entered(change, 'notAccepted'),
  impossible: (change) => entered(change, 'impossible'),
  // So that nobody withdraws in another's name unnoticed.
  withdrawn: (change) => entered(change, 'withdrawn'),
  late: isFirstLateness,
  // The answer in hand is about to lose its force.
  reviewed: (change) =>
    has(change, 'AnswerReplaced') && change.after.papers.some((p) => p.replacedAt !== null && p.neverGiven === undefined),
  // A power of attorney may be false.
  givenToOther: ({ events }) => events.some((event) => event.type === 'AnswerGiven' && event.data.who === 'representative'),
}

/**
 * Once a case: the term of the service, or, where the text gives none, the first norm in days that binds; minutes pass while the applicant stands at the
 * desk. Each further lateness would say the same again: the way to complain was told with the first.
 */
function isFirstLateness({ before, after, events }: Change): boolean {
  if (before === null || after.ended !== null) return false
  const hasTerm = after.dues.some(({ kind }) => kind === 'term')
  const owed = (d: Due) => d.binding && d.unit !== 'min' && (!hasTerm || d.kind === 'term')
  const missed = events.flatMap((event) => (event.type === 'DueMissed' ? [event.data.id] : []))
  if (!after.dues.some((d) => missed.includes(d.id) && isRunning(d) && owed(d))) return false
  return !before.dues.some((d) => owed(d) && (d.state === 'missed' || d.state === 'metLate'))
}

const isReachable = ({ applicant: { phone, email } }: CaseState): boolean => phone !== undefined || email !== undefined

/** A corrected number or address is told at once what still holds: the notice before it went to somebody else, or to nobody. */
const repeated = (change: Change): NoticeKind | null => {
  const corrected = change.events.some(
    (event) => event.type === 'EntryCorrected' && (event.data.entry === 'applicant.phone' || event.data.entry === 'applicant.email'),
  )
  if (!corrected || change.after.ended !== null) return null
  if (stageOf(change.law, change.after) === 'ready') return 'ready'
  return isAccepted(change.after) ? 'received' : null
}

/** What the applicant is to be told of after a command, in the order of the table. Nothing where there is nobody to tell. */
export function noticesOf(change: Change): NoticeKind[] {
  if (!isReachable(change.after)) return []
  if (change.after.consent?.given === false) return []
  const again = repeated(change)
  return again === null ? noticeKinds.filter((kind) => occasions[kind](change)) : [again]
}

/** Whether a notice that has waited would now say what is no longer so, or what its reader has long known. */
export function isPointless(law: CaseLaw, state: CaseState, kind: NoticeKind): boolean {
  const stage = stageOf(law, state)
  switch (kind) {
    case 'received':
      return state.ended !== null || stage === 'ready'
    case 'ready':
      return stage !== 'ready'
    case 'late':
      return state.ended !== null || stage === 'ready'
    case 'reviewed':
      return state.ended !== null
    case 'refused':
    case 'notAccepted':
    case 'impossible':
    case 'withdrawn':
      return state.ended?.kind !== kind
    case 'givenToOther':
      return false
  }
}
