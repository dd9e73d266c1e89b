import type { Stage } from '../../engine/case/stage.ts'
import type { LocalText } from '../../language/translator.ts'
import type { Complaint } from '../../law/schema/general.ts'
import type { DocumentRule } from '../../law/schema/standard.ts'
import type { Step } from '../../law/schema/step.ts'
import type { Deadline } from '../../time/deadline.ts'
import type { OpeningHours } from '../../time/hours.ts'
import type { Line } from '../../time/words.ts'
import type { Unconsented } from './consent.ts'

/** Where a term stands. */
export type TermState = 'running' | 'soon' | 'overdue' | 'done' | 'doneLate'

/** An organisation, and a role there in the words of the regulation. Never a person. */
export interface Place {
  readonly organisation: LocalText | null
  readonly role: LocalText | null
}

export interface Latest {
  readonly date: string
  readonly at: string
  readonly clause: string
  readonly norm: Deadline['norm']
  /** The whole proof, for the page that tells it at length. */
  readonly proof: Deadline
  readonly state: TermState
  readonly lines: readonly Line[]
  readonly warnings: Deadline['warnings']
  /** Working or calendar days, or minutes on the last day; absent where it is over. */
  readonly left: {
    readonly workingDays?: number
    readonly calendarDays?: number
    readonly hours?: number
    readonly minutes?: number
  } | null
  /** True where the text gives no term of the service and the norms of its steps were laid end to end. */
  readonly summed: boolean
  readonly without: readonly LocalText[]
}

export type Todo =
  | { readonly kind: 'nothing' | 'toldLater' | 'done' | 'withdrawn' }
  | { readonly kind: 'collect'; readonly receipt: boolean; readonly representative: boolean; readonly visit: Visit }
  | {
      readonly kind: 'bringMissing' | 'clarify'
      readonly documents: readonly LocalText[]
      readonly notes: readonly string[]
      readonly visit: Visit
    }
  | { readonly kind: 'removeCauses'; readonly causes: readonly Cause[] }

export interface Cause {
  readonly ground: LocalText
  readonly clause: string
  readonly fact: string
  readonly remedy: string
}

export interface Visit {
  readonly organisation: LocalText | null
  readonly address: LocalText | null
  readonly phone: string | null
  readonly hours: OpeningHours | null
}

export interface Received {
  readonly rule: DocumentRule | null
  readonly id: string
  readonly original: boolean
  readonly copy: boolean
  readonly returned: boolean
  readonly pages: number
  readonly validUntil?: string
}

export interface Ahead extends Place {
  readonly title: LocalText
  readonly clause: string
  readonly norm: Step['norms'][number] | null
}

export interface Tracker {
  readonly number: string
  readonly stage: Stage
  readonly since: string
  readonly ending: LocalText | null
  readonly here: Place
  readonly doing: LocalText | null
  readonly clause: string | null
  /** Who holds the papers, where that is not the one who acts. */
  readonly papersAt: Place | null
  readonly latest: Latest | null
  /** Norms and terms that bind and are late, running or ended. */
  readonly late: readonly { readonly clause: string; readonly title: LocalText | null }[]
  readonly todo: Todo
  readonly asks: LocalText | null
  readonly documents: readonly Received[]
  readonly ahead: readonly Ahead[]
  readonly papers: readonly {
    readonly id: string
    readonly title: LocalText
    readonly at: string
    readonly copy: boolean
    readonly replacedAt: string | null
  }[]
  /** Times in which state systems did not answer, oldest first: causes of lateness, and never more than that. */
  readonly outages: readonly { readonly from: string; readonly until: string | null }[]
  readonly outage: {
    readonly since: string
    readonly retryAt: string | null
    /** It is a consent that is waited for, and no system that is out. */
    readonly consent: Unconsented | null
  } | null
  readonly complaints: readonly (Complaint & { readonly cited: string })[]
  readonly mayWithdraw: string | null
}
