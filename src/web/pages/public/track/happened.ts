import type { Place } from '../../../../desk/tracker/seen.ts'
import { isForApplicant } from '../../../../desk/tracker/tracker.ts'
import type { CaseEvent } from '../../../../engine/case/events.ts'
import type { CaseLaw } from '../../../../engine/case/law.ts'
import type { CaseState } from '../../../../engine/case/state.ts'
import type { LocalText } from '../../../../language/translator.ts'

/** One line of what happened; words under `public.happened.<code>`, `what` fills `{what}`. */
export interface Happened extends Place {
  readonly code: string
  readonly at: string
  readonly clause: string | null
  readonly what?: LocalText
  readonly corrected?: boolean
}

/**
 * What happened, oldest first, as far as it is the applicant's business: who acted in which role, and no names. What was found in the documents
 * and which answer was prepared is told with the answer, not before it.
 */
export function happenedTo(
  events: readonly CaseEvent[],
  law: CaseLaw,
  state: CaseState,
  place: (actor: CaseEvent['actor']) => Place,
): Happened[] {
  let outage = false
  return events.flatMap((event): Happened[] => {
    const told = event.type === 'OutsideFailed' && outage ? null : tell(event, law, state)
    if (event.type === 'OutsideFailed') outage = true
    if (event.type === 'RegisterAnswered' || event.type === 'RequestDelivered') outage = false
    return told === null ? [] : [{ ...told, at: event.at, clause: event.clause, ...place(event.actor) }]
  })
}

type Told = Pick<Happened, 'code' | 'what' | 'corrected'> | null

function tell(event: CaseEvent, law: CaseLaw, state: CaseState): Told {
  switch (event.type) {
    case 'CaseOpened':
      return { code: 'opened' }
    case 'DocumentsHandedIn':
      return { code: 'documentsHandedIn' }
    case 'ConsentRecorded':
      return { code: event.data.given ? 'consentGiven' : 'consentRefused' }
    case 'ApplicantIdentified':
      return { code: 'identified' }
    case 'PackageChecked':
      return { code: event.data.complete ? 'packageComplete' : 'packageIncomplete' }
    case 'ApplicationRegistered':
      return { code: 'registered' }
    case 'ServiceStarted':
      return { code: 'serviceStarted' }
    case 'PaperIssued':
    case 'PaperReissued':
      return paper(event, law, state)
    case 'RegisterQueried':
      return { code: 'registerAsked' }
    case 'RegisterAnswered':
      return { code: event.data.found ? 'registerFound' : 'registerNotFound' }
    case 'OutsideFailed':
      return { code: 'outage' }
    case 'RequestDelivered':
      return { code: 'requestDelivered' }
    case 'DocumentsExamined':
      return { code: 'examined' }
    case 'AnswerPrepared':
      return { code: 'answerPrepared' }
    case 'AnswerSigned':
      return { code: 'answerSigned' }
    case 'ApplicationReferred':
      return { code: 'referred', what: roleTitle(law, event.data.role) }
    case 'CustodyTaken': {
      const { to, what } = event.data
      if (to.role === 'applicant') return what === 'package' ? { code: 'packageBack' } : null
      return { code: what === 'package' ? 'packageTaken' : 'answerTaken', what: roleTitle(law, to.role) }
    }
    case 'ApplicantAppeared':
      return { code: 'appeared' }
    case 'AnswerGiven':
      return { code: event.data.who === 'self' ? 'answerGiven' : 'answerGivenToRepresentative' }
    case 'CaseEnded':
      return event.data.kind === 'withdrawn'
        ? { code: 'withdrawn' }
        : { code: 'ended', what: law.regulation.endings[event.data.ending]?.title }
    case 'EntryCorrected':
      return { code: 'corrected', corrected: true }
    case 'StepReturned':
      return { code: 'returned', what: law.regulation.steps.find((s) => s.id === event.data.to)?.title }
    case 'AnswerReplaced':
      return { code: 'answerReplaced' }
    case 'DueMissed':
      return { code: 'late' }
    case 'StepOpened':
    case 'StepDone':
    case 'OperatorAuthorised':
    case 'ApplicantEntered':
    case 'AnswerJudged':
    case 'RegisterMarksChecked':
    case 'RequestSealed':
    case 'RequestSent':
    case 'CustodyOffered':
    case 'DueWarned':
    case 'LawCorrected':
    case 'WorkReassigned':
    case 'RecordsDestroyed':
    case 'MessageSent':
    case 'MessageDelivered':
    case 'MessageFailed':
    case 'MessageTaken':
      return null
  }
}

const roleTitle = (law: CaseLaw, role: string): LocalText => law.regulation.roles[role]?.title ?? { kk: role }

/** The answer's own papers are told when they are handed over, a courier's receipt never. */
function paper(event: Extract<CaseEvent, { type: 'PaperIssued' | 'PaperReissued' }>, law: CaseLaw, state: CaseState): Told {
  const issued = state.papers.find((p) => p.id === event.data.paper)
  if (issued === undefined || !isForApplicant(state, issued)) return null
  const what = law.regulation.papers.find((p) => p.id === issued.form)?.title
  return { code: event.type === 'PaperIssued' ? 'paperIssued' : 'paperReissued', what }
}
