import { leaves } from '../../law/schema/acts.ts'
import type { CaseEvent } from './events.ts'
import { opened } from './opened.ts'
import {
  answerPapers,
  corrected,
  endDues,
  isRunning,
  keeperOf,
  left,
  paperOf,
  reassigned,
  running,
  withCustody,
  without,
  withoutFactsOf,
} from './parts.ts'
import type { CaseState, IssuedPaper } from './state.ts'
import { delivered, failed, requestDelivered, sent, taken } from './talk.ts'

/** The next state after one event. Total: an event that was written can always be folded. */
export function evolve(state: CaseState | null, event: CaseEvent): CaseState {
  if (state === null) return opened(event)
  return { ...change(state, event), version: state.version + 1 }
}

/** A case has one open step: what ends it, whatever that is, ends the waiting. */
const endOutages = (outages: CaseState['outages'], at: string): CaseState['outages'] =>
  outages.some(({ until }) => until === null) ? outages.map((one) => (one.until === null ? { ...one, until: at } : one)) : outages

export function replay(events: Iterable<CaseEvent>): CaseState | null {
  let state: CaseState | null = null
  for (const event of events) state = evolve(state, event)
  return state
}

function change(state: CaseState, event: CaseEvent): CaseState {
  switch (event.type) {
    case 'CaseOpened':
      throw new Error('a case is opened once')
    case 'StepOpened': {
      const { step, role, organisation, assignee, dues } = event.data
      return { ...state, step: { id: step, role, organisation, assignee, since: event.at }, dues: [...state.dues, ...dues.map(running)] }
    }
    case 'StepDone': {
      const { step, outcome, met } = event.data
      return {
        ...state,
        step: null,
        path: [...state.path, { step, clause: event.clause ?? '', outcome, at: event.at, by: event.actor }],
        dues: endDues(state.dues, met, event.at),
        outages: endOutages(state.outages, event.at),
      }
    }
    case 'ServiceStarted':
      return { ...state, startedAt: event.at, dues: [...state.dues, ...event.data.dues.map(running)] }
    case 'OperatorAuthorised':
      return left(state, event.at, leaves.signIn)
    case 'DocumentsHandedIn': {
      const { documents, by, asks, holds, inStateSystems = null } = event.data
      const numbers = event.personal?.numbers ?? {}
      const custody = {
        holder: { role: event.actor.role ?? event.actor.kind, organisation: event.actor.organisation ?? '' },
        keeper: keeperOf(event),
        offeredTo: null,
        since: event.at,
      }
      return {
        ...left(state, event.at, leaves.handIn),
        documents: documents.map((one) => (numbers[one.id] === undefined ? one : { ...one, number: numbers[one.id] })),
        inStateSystems,
        by,
        asks,
        holds,
        application: event.personal?.application ?? state.application,
        custody: { ...state.custody, package: custody },
      }
    }
    case 'ApplicantEntered':
      return { ...left(state, event.at, leaves.enterApplicant), applicant: { ...state.applicant, ...event.personal?.applicant } }
    case 'ConsentRecorded': {
      const consent = { ...event.data, at: event.at }
      return event.data.given ? { ...left(state, event.at, leaves.consent), consent } : { ...state, consent }
    }
    case 'ApplicantIdentified':
      return {
        ...left(state, event.at, leaves.identify),
        identification: { document: event.data.document, number: event.personal?.number ?? '' },
      }
    case 'PackageChecked':
      return {
        ...left(state, event.at, leaves.checkCompleteness),
        completeness: { ...event.data, wronglyFilled: event.personal?.wronglyFilled ?? [] },
      }
    case 'ApplicationRegistered':
      return {
        ...left(state, event.at, leaves.register),
        registration: { number: event.data.number, at: event.at, receiver: event.data.receiver },
      }
    case 'PaperIssued':
      return {
        ...left(state, event.at, event.data.kind === 'acceptanceReceipt' ? leaves.issuePaper : []),
        papers: [...state.papers, paperOf(event, null)],
      }
    case 'RegisterQueried':
    case 'RequestSent':
      return state.step === null
        ? state
        : {
            ...state,
            step: { ...state.step, awaiting: { task: event.type, since: event.at, failures: 0, lastFailure: null, retryAt: null } },
          }
    case 'OutsideFailed': {
      if (state.step === null) return state
      const { code, step, retryAt } = event.data
      const before = state.step.awaiting
      return {
        ...state,
        step: {
          ...state.step,
          awaiting: {
            task: before?.task ?? '',
            since: before?.since ?? event.at,
            failures: (before?.failures ?? 0) + 1,
            lastFailure: code,
            retryAt,
          },
        },
        outages: state.outages.some((o) => o.step === step && o.until === null)
          ? state.outages
          : [...state.outages, { step, from: event.at, until: null, code }],
      }
    }
    case 'RegisterAnswered':
      return {
        ...left(state, event.at, leaves.queryRegister),
        registerAnswer: {
          found: event.data.found,
          text: event.data.text,
          person: event.personal?.person ?? null,
          marks: event.personal?.marks ?? [],
          checked: null,
        },
      }
    case 'RegisterMarksChecked': {
      const checked = { reason: event.personal?.reason ?? '', at: event.at, by: event.actor }
      return { ...state, registerAnswer: state.registerAnswer && { ...state.registerAnswer, checked } }
    }
    case 'AnswerJudged':
    case 'ApplicantAppeared':
      return state
    case 'RequestSealed':
      return { ...left(state, event.at, leaves.sealRequest), seal: event.data }
    case 'RequestDelivered':
      return { ...left(state, event.at, leaves.sendRequest), talk: requestDelivered(state.talk, event) }
    case 'MessageSent':
      return { ...state, talk: sent(state.talk, event) }
    case 'MessageDelivered':
      return { ...state, talk: delivered(state.talk, event) }
    case 'MessageFailed':
      return { ...state, talk: failed(state.talk, event) }
    case 'MessageTaken':
      return { ...state, talk: taken(state.talk, event) }
    case 'DocumentsExamined': {
      const facts = event.personal?.facts ?? {}
      const findings = event.data.findings.map((f) => ({ ...f, ...(facts[f.document] === undefined ? {} : { fact: facts[f.document] }) }))
      return { ...left(state, event.at, leaves.examine), examination: { conforming: event.data.conforming, findings } }
    }
    case 'AnswerPrepared': {
      const holder = { role: event.actor.role ?? event.actor.kind, organisation: event.actor.organisation ?? '' }
      return {
        ...left(state, event.at, leaves.prepareAnswer),
        answer: { kind: event.data.answer, by: event.actor, at: event.at, grounds: event.personal?.grounds ?? [] },
        signature: null,
        custody: { ...state.custody, answer: { holder, keeper: keeperOf(event), offeredTo: null, since: event.at } },
      }
    }
    case 'AnswerSigned':
      return {
        ...left(state, event.at, leaves.sign),
        signature: { ...event.data, at: event.at, by: event.actor },
        // What was signed before a return and is signed anew was never handed out.
        papers: state.papers.map((p) =>
          answerPapers.includes(p.kind) && p.replacedAt === null ? { ...p, replacedAt: event.at, neverGiven: true } : p,
        ),
      }
    case 'ApplicationReferred':
      return { ...left(state, event.at, leaves.refer), assignee: { id: event.data.assignee, role: event.data.role } }
    case 'CustodyOffered':
      return withCustody(left(state, event.at, leaves.handOver), event.data.what, (c) => ({ ...c, offeredTo: event.data.to }))
    case 'CustodyTaken':
      return withCustody(state, event.data.what, () => ({
        holder: event.data.to,
        keeper: event.data.to.role === event.actor.role ? keeperOf(event) : null,
        offeredTo: null,
        since: event.at,
      }))
    case 'AnswerGiven': {
      const applicant = { role: 'applicant', organisation: '' }
      return withCustody({ ...left(state, event.at, leaves.giveAnswer), given: { who: event.data.who, at: event.at } }, 'answer', () => ({
        holder: applicant,
        keeper: null,
        offeredTo: null,
        since: event.at,
      }))
    }
    case 'CaseEnded':
      return {
        ...state,
        step: null,
        ended: { ending: event.data.ending, kind: event.data.kind, at: event.at, clause: event.clause },
        outages: endOutages(state.outages, event.at),
        dues: endDues(state.dues, event.data.met, event.at).map((d) => (isRunning(d) ? { ...d, state: 'stopped', endedAt: event.at } : d)),
      }
    case 'EntryCorrected':
      return corrected(state, event.data.entry, event.personal?.after)
    case 'StepReturned': {
      const done = state.path.findLastIndex((d) => d.step === event.data.to)
      const { stopped } = event.data
      return {
        ...state,
        step: null,
        path: state.path.slice(0, done),
        facts: withoutFactsOf(state, event.data.to, event.data.from),
        outages: endOutages(state.outages, event.at),
        dues: state.dues.map((d) => (stopped.includes(d.id) && isRunning(d) ? { ...d, state: 'stopped', endedAt: event.at } : d)),
      }
    }
    case 'AnswerReplaced':
      return {
        ...state,
        ended: null,
        step: null,
        examination: null,
        answer: null,
        signature: null,
        given: null,
        facts: without(state.facts, ['examination', 'answer', 'signature', 'handedOut']),
        papers: state.papers.map((p) => (answerPapers.includes(p.kind) && p.replacedAt === null ? { ...p, replacedAt: event.at } : p)),
      }
    case 'PaperReissued': {
      const first = state.papers.find((p) => p.id === event.data.of)
      if (first === undefined) return state
      const copy: IssuedPaper = {
        ...first,
        id: event.data.paper,
        at: event.at,
        by: event.actor,
        copyOf: { id: first.id, reason: event.personal?.reason ?? '' },
        books: event.personal?.books ?? null,
      }
      return { ...state, papers: [...state.papers, copy] }
    }
    case 'DueWarned':
      return { ...state, dues: state.dues.map((d) => (d.id === event.data.id && d.state === 'running' ? { ...d, state: 'warned' } : d)) }
    case 'DueMissed':
      return { ...state, dues: state.dues.map((d) => (d.id === event.data.id && isRunning(d) ? { ...d, state: 'missed' } : d)) }
    case 'LawCorrected':
      return { ...state, files: { ...state.files, [event.data.file]: event.data.to } }
    case 'WorkReassigned':
      return reassigned(state, event)
    case 'RecordsDestroyed':
      return {
        ...state,
        step: null,
        dues: state.dues.map((d) => (isRunning(d) ? { ...d, state: 'stopped', endedAt: event.at } : d)),
        destroyed: { ...event.data, at: event.at, by: event.actor },
      }
    default:
      return unreachable(event)
  }
}

function unreachable(event: never): never {
  throw new Error(`unknown event ${JSON.stringify(event)}`)
}
