import { type Fact, leaves } from '../../law/schema/acts.ts'
import type { CaseEvent, DueSet, EventOf, Item } from './events.ts'
import type { CaseState, Due, IssuedPaper } from './state.ts'
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

function opened(event: CaseEvent): CaseState {
  if (event.type !== 'CaseOpened') throw new Error(`a case begins with CaseOpened, not with ${event.type}`)
  const { channel, provider, branch, location, files } = event.data
  return {
    version: 1,
    openedAt: event.at,
    openedBy: event.actor,
    channel,
    provider,
    branch,
    location,
    files,
    secret: event.personal?.secret ?? null,
    step: null,
    startedAt: null,
    facts: {},
    application: null,
    by: 'self',
    asks: null,
    holds: false,
    documents: [],
    inStateSystems: null,
    applicant: {},
    consent: null,
    identification: null,
    completeness: null,
    registration: null,
    registerAnswer: null,
    examination: null,
    answer: null,
    seal: null,
    signature: null,
    assignee: null,
    given: null,
    custody: {},
    papers: [],
    dues: [],
    path: [],
    outages: [],
    talk: null,
    ended: null,
    destroyed: null,
  }
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

const running = (due: DueSet): Due => ({ ...due, state: 'running', endedAt: null })

/** Still counted: not ended, late or not. */
export const isRunning = (due: Due) => due.endedAt === null && due.state !== 'met' && due.state !== 'metLate' && due.state !== 'stopped'

function endDues(dues: readonly Due[], met: readonly { id: string; late: boolean }[], at: string): Due[] {
  return dues.map((due) => {
    const end = met.find((m) => m.id === due.id)
    return end === undefined || !isRunning(due) ? due : { ...due, state: end.late ? 'metLate' : 'met', endedAt: at }
  })
}

function left(state: CaseState, at: string, what: readonly Fact[]): CaseState {
  const facts = { ...state.facts }
  for (const fact of what) facts[fact] = { at, step: state.step?.id ?? null }
  return { ...state, facts }
}

/** A returned step is done anew: what it and the step after it had left no longer opens the way. */
function withoutFactsOf(state: CaseState, ...steps: string[]): CaseState['facts'] {
  return Object.fromEntries(Object.entries(state.facts).filter(([, fact]) => fact.step === null || !steps.includes(fact.step)))
}

const without = (facts: CaseState['facts'], names: readonly Fact[]): CaseState['facts'] =>
  Object.fromEntries(Object.entries(facts).filter(([name]) => !names.some((one) => one === name)))

/** Papers that carry an answer: what a new act takes the place of. */
const answerPapers: readonly string[] = ['result', 'reasonedRefusal', 'refusalNotice']

function withCustody(
  state: CaseState,
  what: Item,
  to: (custody: NonNullable<CaseState['custody'][Item]>) => NonNullable<CaseState['custody'][Item]>,
): CaseState {
  const before = state.custody[what]
  return before === undefined ? state : { ...state, custody: { ...state.custody, [what]: to(before) } }
}

function paperOf(event: Extract<CaseEvent, { type: 'PaperIssued' }>, copyOf: IssuedPaper['copyOf']): IssuedPaper {
  const { paper, form, kind, copies } = event.data
  return {
    id: paper,
    form,
    kind,
    at: event.at,
    by: event.actor,
    clause: event.clause,
    copies,
    copyOf,
    books: event.personal?.books ?? null,
    replacedAt: null,
  }
}

/** Whoever did it has the paper in their hands; a system has none. */
const keeperOf = ({ actor }: CaseEvent) => (actor.kind === 'staff' ? actor.id : null)

function reassigned(state: CaseState, { at, actor, data }: EventOf<'WorkReassigned'>): CaseState {
  const { role, from, to, step, items, cause } = data
  const open = state.step
  const named = state.assignee
  const wasNamed = named === null || named.role !== role ? from === null : named.id === from || from === null
  const custody = Object.entries(state.custody).map(([what, one]) => [what, items.some((i) => i === what) ? { ...one, keeper: to } : one])
  return {
    ...state,
    step: open !== null && open.id === step ? { ...open, assignee: to, handed: { from, at, by: actor, cause } } : open,
    assignee: wasNamed ? (to === null ? null : { id: to, role }) : named,
    custody: Object.fromEntries(custody),
  }
}

function corrected(state: CaseState, entry: string, after: unknown): CaseState {
  const [part, field] = entry.split('.')
  if (field === undefined) return state
  if (part === 'application' && state.application) return { ...state, application: { ...state.application, [field]: after } }
  if (part === 'applicant') return { ...state, applicant: { ...state.applicant, [field]: after } }
  if (entry === 'identification.number' && state.identification && typeof after === 'string')
    return withNumber(state, state.identification, after)
  return state
}

/** The number was read once for two acts: both carry it. */
function withNumber(state: CaseState, identification: NonNullable<CaseState['identification']>, number: string): CaseState {
  const before = identification.number
  const documents = state.documents.map((one) => (one.number !== undefined && one.number === before ? { ...one, number } : one))
  return { ...state, documents, identification: { ...identification, number } }
}

function unreachable(event: never): never {
  throw new Error(`unknown event ${JSON.stringify(event)}`)
}
