import type { StepInput } from './input.ts'

/** What a person at a desk, an outside system or the clock is to the case. Names are never here: an id leads to them. */
export interface Actor {
  readonly kind: 'staff' | 'applicant' | 'system'
  readonly id: string
  readonly role?: string
  readonly organisation?: string
  readonly unit?: string
  /** Present where somebody did another's work in the other's role: `id` is who really did it. */
  readonly acting?: Acting
}

/** The right by which somebody acts for another: the order, and the grant that was given by it. */
export interface Acting {
  /** Staff id of the person acted for. */
  readonly for: string
  readonly order: { readonly number: string; readonly date: string }
  readonly grant: string
}

export interface Holder {
  readonly role: string
  readonly organisation: string
}

/** Names and addresses as they stood when a paper was issued: it prints the same whoever is renamed later. The engine only carries them. */
export interface Books {
  readonly organisations: Readonly<Record<string, { readonly name: Words; readonly address: Words; readonly phone: string }>>
  readonly staff: Readonly<
    Record<
      string,
      { readonly name: { readonly surname: string; readonly name: string; readonly patronymic?: string }; readonly post: Words }
    >
  >
}
interface Words {
  readonly kk: string
  readonly ru: string
  readonly en?: string
}

export type Item = 'package' | 'answer'
type Application = NonNullable<StepInput['application']>
export type HandedDocument = NonNullable<StepInput['documents']>[number]
export type Finding = NonNullable<StepInput['findings']>[number]
export type GroundOfRefusal = NonNullable<StepInput['refusal']>['grounds'][number]

/** The proof of a due date, as the time floor makes it; the engine carries it and looks only at its end. */
export interface DueProof {
  readonly dueDate: string
  readonly dueAt: string
  readonly [detail: string]: unknown
}

export interface DueSet {
  /** `step/clause` for a norm, `term/id` for the term of the service. */
  readonly id: string
  readonly kind: 'norm' | 'term'
  readonly step: string | null
  readonly clause: string
  readonly value: number
  readonly unit: 'min' | 'wd' | 'cd'
  readonly binding: boolean
  readonly from: string
  /** The step whose end ends it; null: the end of the case. */
  readonly until: string | null
  readonly dueAt: string
  readonly warnAt: string
  readonly proof: DueProof
}

/**
 * What happened, in the past tense. What somebody typed in their own words is personal too: nobody can tell what is in it.
 * `personal` values never reach `data` of the ledger in plain (DESIGN of the chain: salted digests).
 * A new field that old events lack needs a new schema version and a sample kept in the tests.
 */
export type CaseEvent =
  | Happening<
      'CaseOpened',
      {
        channel: string
        provider: { id: string; kind: string }
        branch: string | null
        location: 'local' | 'nonLocal'
        first: string
        files: Record<string, string>
      },
      { secret: string }
    >
  | Happening<'StepOpened', { step: string; role: string; organisation: string | null; assignee: string | null; dues: DueSet[] }>
  | Happening<'StepDone', { step: string; outcome: string; next: string | null; met: { id: string; late: boolean }[] }>
  | Happening<'ServiceStarted', { channel: string; dues: DueSet[] }>
  | Happening<'OperatorAuthorised', { session: string }>
  | Happening<
      'DocumentsHandedIn',
      {
        /** Without numbers, which are personal. */
        documents: Omit<HandedDocument, 'number'>[]
        by: 'self' | 'representative'
        asks: string
        holds: boolean
        /** From schema 2 on; absent where nobody has looked. */
        inStateSystems?: readonly string[]
      },
      /** `numbers`, from schema 2 on: of handed documents, by their codes. */
      { application: Application; numbers?: Readonly<Record<string, string>> }
    >
  | Happening<'ApplicantEntered', Record<string, never>, { applicant: NonNullable<StepInput['applicant']> }>
  | Happening<'ConsentRecorded', { given: boolean; form: string }>
  | Happening<'ApplicantIdentified', { document: string }, { number: string }>
  | Happening<'PackageChecked', { complete: boolean; missing: string[]; expired: string[] }, { wronglyFilled: string[] }>
  | Happening<'ApplicationRegistered', { number: string; receiver: string }>
  | Happening<'PaperIssued', { paper: string; form: string; kind: string; copies: number }, { books?: Books }>
  | Happening<'RegisterQueried', { register: string; query: string }>
  | Happening<
      'RegisterAnswered',
      { found: boolean; text: string | null; exchange: string },
      { person: Record<string, unknown> | null; marks?: string[] }
    >
  | Happening<'AnswerJudged', { found: boolean }>
  /** What the register holds against going on was looked into, and the step is done all the same. Which marks, and the words, are the person's own. */
  | Happening<'RegisterMarksChecked', Record<string, never>, { marks: string[]; reason: string }>
  | Happening<'RequestSealed', { signer: string; digest: string; file: string | null; algorithm: string }>
  | Happening<'RequestSent', { to: string; message: string }>
  | Happening<
      'RequestDelivered',
      {
        exchange: string
        receivedAt: string
        /** From schema 2 on: the talk on the gateway that it began, and SHA-256 of what was said (`payloadDigest`). */
        correlation?: string
        digest?: string
      }
    >
  /** What this side did goes to the other side of the talk. It leaves by an effect; whether it came is told by the two that follow. */
  | Happening<'MessageSent', { message: string; kind: MessageKind }>
  | Happening<'MessageDelivered', { message: string; exchange: string; receivedAt: string; digest: string }>
  /** `retryAt` null: a person has to look before it is sent again. */
  | Happening<'MessageFailed', { message: string; code: string; text: string; retryAt: string | null }>
  /** The other side's message and what it said were taken in one transaction. `event` is theirs: their chain up to it is held by ours. */
  | Happening<
      'MessageTaken',
      {
        message: string
        kind: MessageKind
        from: string
        correlation: string
        digest: string
        event: { seq: number; hash: string }
        eventAt: string
      }
    >
  | Happening<'OutsideFailed', { step: string; code: string; text: string; retryAt: string | null }>
  | Happening<'DocumentsExamined', { findings: Omit<Finding, 'fact'>[]; conforming: boolean }, { facts: Record<string, string> }>
  | Happening<
      'AnswerPrepared',
      { answer: 'result' | 'refusal'; grounds: { ground: string; document: string | null }[] },
      { grounds: GroundOfRefusal[] }
    >
  | Happening<'AnswerSigned', { signer: string; digest: string; file: string | null; algorithm: string }>
  | Happening<'ApplicationReferred', { assignee: string; role: string }>
  | Happening<'CustodyOffered', { what: Item; from: Holder; to: Holder }>
  | Happening<'CustodyTaken', { what: Item; from: Holder; to: Holder }>
  | Happening<'ApplicantAppeared', Record<string, never>>
  | Happening<
      'AnswerGiven',
      { who: 'self' | 'representative'; document: string; receiptShown: boolean },
      { number: string; representative: NonNullable<StepInput['receiver']>['representative'] | null }
    >
  | Happening<'CaseEnded', { ending: string; kind: EndingKind; met: { id: string; late: boolean }[] }>
  | Happening<'EntryCorrected', { entry: string }, { before: unknown; after: unknown; reason: string }>
  | Happening<'StepReturned', { from: string; to: string; stopped: string[] }, { reason: string }>
  | Happening<'AnswerReplaced', { to: string }, { reason: string }>
  | Happening<'PaperReissued', { paper: string; of: string }, { reason: string; books?: Books }>
  | Happening<'DueWarned', { id: string; dueAt: string }>
  | Happening<'DueMissed', { id: string; dueAt: string }>
  | Happening<'LawCorrected', { file: string; from: string; to: string; reason: string }>
  /**
   * What one person had in a role goes to another, or back to everybody in it (`to` null). `from` null: it had lain with everybody.
   * `step` is the open step that changes hands, `items` the papers whose keeper changes. No term stops.
   */
  | Happening<
      'WorkReassigned',
      {
        role: string
        organisation: string
        from: string | null
        to: string | null
        step: string | null
        items: Item[]
        /** `order`: somebody decided it, with a reason; `lapsed`: the performer holds the role no longer. */
        cause: 'order' | 'lapsed'
      },
      { reason: string }
    >

  /**
   * Values and files of the case were destroyed by an order: what they were is in no later copy of the case. `receipt` is the digest by which the
   * tracker still knows whoever holds the receipt; the secret that it is made of has 100 bits and is nobody's name.
   */
  | Happening<'RecordsDestroyed', { order: { number: string; date: string }; ground: string; receipt: string | null }>

/** As AsyncChannel of the gateway names them. A NOTIFICATION tells of progress, a RESPONSE gives the case back, an UPDATE tells what its asker did then. */
export type MessageKind = 'REQUEST' | 'NOTIFICATION' | 'UPDATE' | 'RESPONSE'

export type EndingKind = 'served' | 'refused' | 'notAccepted' | 'impossible' | 'withdrawn'

interface Happening<Type extends string, Data, Personal = undefined> {
  readonly type: Type
  readonly schema: number
  readonly at: string
  readonly actor: Actor
  /** The clause under which it happened; null where no clause speaks of it. */
  readonly clause: string | null
  readonly data: Data
  readonly personal?: Personal
}
export type EventOf<Type extends CaseEvent['type']> = Extract<CaseEvent, { type: Type }>

export interface Effect {
  readonly task: 'queryRegister' | 'sendRequest' | 'sendMessage'
  readonly key: string
  readonly payload: Record<string, unknown>
}

/** Every type, so that nothing is forgotten where all of them must be known: samples, words, exports. */
export const eventTypes = [
  'CaseOpened',
  'StepOpened',
  'StepDone',
  'ServiceStarted',
  'OperatorAuthorised',
  'DocumentsHandedIn',
  'ApplicantEntered',
  'ConsentRecorded',
  'ApplicantIdentified',
  'PackageChecked',
  'ApplicationRegistered',
  'PaperIssued',
  'RegisterQueried',
  'RegisterAnswered',
  'AnswerJudged',
  'RegisterMarksChecked',
  'RequestSealed',
  'RequestSent',
  'RequestDelivered',
  'MessageSent',
  'MessageDelivered',
  'MessageFailed',
  'MessageTaken',
  'OutsideFailed',
  'DocumentsExamined',
  'AnswerPrepared',
  'AnswerSigned',
  'ApplicationReferred',
  'CustodyOffered',
  'CustodyTaken',
  'ApplicantAppeared',
  'AnswerGiven',
  'CaseEnded',
  'EntryCorrected',
  'StepReturned',
  'AnswerReplaced',
  'PaperReissued',
  'DueWarned',
  'DueMissed',
  'LawCorrected',
  'WorkReassigned',
  'RecordsDestroyed',
] as const satisfies readonly CaseEvent['type'][]
