import type { Fact } from '../../law/schema/acts.ts'
import type { Actor, Books, DueSet, EndingKind, EventOf, Finding, GroundOfRefusal, HandedDocument, Holder, Item } from './events.ts'
import type { StepInput } from './input.ts'
import type { Talk } from './talk.ts'

export interface OpenStep {
  readonly id: string
  readonly role: string
  readonly organisation: string | null
  readonly assignee: string | null
  readonly since: string
  /** Present while an outside system has not answered yet. */
  readonly awaiting?: {
    readonly task: string
    readonly since: string
    readonly failures: number
    readonly lastFailure: string | null
    readonly retryAt: string | null
  }
  /** Present where the step was given to somebody else after it had opened, or came back to everybody in the role. */
  readonly handed?: { readonly from: string | null; readonly at: string; readonly by: Actor; readonly cause: 'order' | 'lapsed' }
}

export interface Due extends DueSet {
  readonly state: 'running' | 'warned' | 'missed' | 'met' | 'metLate' | 'stopped'
  readonly endedAt: string | null
}

export interface IssuedPaper {
  readonly id: string
  readonly form: string
  readonly kind: string
  readonly at: string
  readonly by: Actor
  readonly clause: string | null
  readonly copies: number
  readonly copyOf: { readonly id: string; readonly reason: string } | null
  readonly books: Books | null
  /** When a new act took its place; the paper stays readable. */
  readonly replacedAt: string | null
  /** Signed anew before it was handed out: it never left the house. */
  readonly neverGiven?: true
}

export interface Custody {
  readonly holder: Holder
  /** Staff id of whoever took it into their hands; null with the applicant, or where a system made it. */
  readonly keeper: string | null
  readonly offeredTo: Holder | null
  readonly since: string
}

export interface DoneStep {
  readonly step: string
  readonly clause: string
  readonly outcome: string
  readonly at: string
  readonly by: Actor
}

/** Everything that is known of one case: a fold of its events and nothing else. */
export interface CaseState {
  readonly version: number
  readonly openedAt: string
  readonly openedBy: Actor
  readonly channel: string
  readonly provider: { readonly id: string; readonly kind: string }
  readonly branch: string | null
  readonly location: 'local' | 'nonLocal'
  readonly files: Readonly<Record<string, string>>
  readonly secret: string | null
  readonly step: OpenStep | null
  readonly startedAt: string | null
  /** Which facts lie in the case, and which step left them. */
  readonly facts: Readonly<Partial<Record<Fact, { readonly at: string; readonly step: string | null }>>>
  readonly application: StepInput['application'] | null
  readonly by: 'self' | 'representative'
  readonly asks: string | null
  readonly holds: boolean
  readonly documents: readonly HandedDocument[]
  /** Documents that state systems hold; null where nobody has looked. */
  readonly inStateSystems: readonly string[] | null
  readonly applicant: NonNullable<StepInput['applicant']>
  readonly consent: { readonly given: boolean; readonly form: string; readonly at: string } | null
  readonly identification: { readonly document: string; readonly number: string } | null
  readonly completeness: (EventOf<'PackageChecked'>['data'] & { readonly wronglyFilled: string[] }) | null
  readonly registration: { readonly number: string; readonly at: string; readonly receiver: string } | null
  readonly registerAnswer: {
    readonly found: boolean
    readonly text: string | null
    readonly person: Record<string, unknown> | null
    readonly marks: readonly string[]
    /** The marks were looked into, by whom, and why the case goes on; null: nobody has yet. */
    readonly checked: { readonly reason: string; readonly at: string; readonly by: Actor } | null
  } | null
  readonly examination: { readonly conforming: boolean; readonly findings: readonly Finding[] } | null
  readonly answer: {
    readonly kind: 'result' | 'refusal'
    readonly by: Actor
    readonly at: string
    readonly grounds: readonly GroundOfRefusal[]
  } | null
  readonly seal: EventOf<'RequestSealed'>['data'] | null
  readonly signature: (EventOf<'AnswerSigned'>['data'] & { readonly at: string; readonly by: Actor }) | null
  /** The performer whom the head named, and the role in which. */
  readonly assignee: { readonly id: string; readonly role: string } | null
  readonly given: { readonly who: 'self' | 'representative'; readonly at: string } | null
  readonly custody: Readonly<Partial<Record<Item, Custody>>>
  readonly papers: readonly IssuedPaper[]
  readonly dues: readonly Due[]
  readonly path: readonly DoneStep[]
  readonly outages: readonly { readonly step: string; readonly from: string; readonly until: string | null; readonly code: string }[]
  /** With the other workstation, from the delivery of the request on; null where there is none. */
  readonly talk: Talk | null
  readonly ended: { readonly ending: string; readonly kind: EndingKind; readonly at: string; readonly clause: string | null } | null
  /** Present where values and files were destroyed by an order: nothing more can happen to the case. */
  readonly destroyed: (EventOf<'RecordsDestroyed'>['data'] & { readonly at: string; readonly by: Actor }) | null
}

/** Values that may be corrected after they were entered, by the name used in commands and on pages. */
export const correctable = [
  'application.surname',
  'application.name',
  'application.patronymic',
  'application.position',
  'application.workplace',
  'applicant.phone',
  'applicant.email',
  'applicant.address',
  'identification.number',
] as const
export type Correctable = (typeof correctable)[number]
