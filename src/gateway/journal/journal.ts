import type { FailureCode } from '../failure.ts'
import type { RejectionCode } from '../messages/channel.ts'
import type { WireMessage } from '../tap.ts'

/** Which attempt of which exchange. One row of the journal is one attempt. */
export interface Attempt {
  readonly home: number
  /** '' where no case is known. */
  readonly case: string
  /** The exchange's own name within its case: the same for each attempt. */
  readonly key: string
  /** Id of the service on the gateway. */
  readonly service: string
  readonly direction: 'out' | 'in'
  /** RFC 3339, by the law's clock. */
  readonly sentAt: string
}

/**
 * What came of an attempt. `accepted`: the gateway has the message; `delivered`: its receiver took it; `undelivered`: its receiver never will; `consented`: the person
 * allows the reading; `broken`: we
 * ourselves failed. Failures and rejections by their own codes.
 */
export type ExchangeOutcome =
  | 'found'
  | 'notFound'
  | 'accepted'
  | 'delivered'
  | 'undelivered'
  | 'taken'
  | 'consented'
  | 'broken'
  | FailureCode
  | RejectionCode

export interface AttemptEnd {
  readonly outcome: ExchangeOutcome
  /** RFC 3339, by the law's clock; null: no answer came. */
  readonly answeredAt: string | null
  /** By the machine's clock. */
  readonly tookMs: number
  readonly answerId?: string | null
  readonly correlationId?: string | null
}

export interface ExchangeRow extends Attempt {
  readonly id: string
  /** From 1 within the key. */
  readonly attempt: number
  readonly messageId: string | null
  readonly answerId: string | null
  readonly correlationId: string | null
  readonly answeredAt: string | null
  readonly tookMs: number | null
  /** null: it was sent, and no answer is known: under way, or the process ended meanwhile. */
  readonly outcome: ExchangeOutcome | null
  /** Hex SHA-256 of the sealed records under the key of the case; null: nothing was told. */
  readonly request: string | null
  readonly response: string | null
}

export interface ExchangeQuery {
  readonly home: number
  /** Organisations (providers or branches) whose cases are asked about; absent: of every one. */
  readonly organisations?: readonly string[]
  readonly case?: string
  readonly service?: string
  readonly direction?: 'out' | 'in'
  /** `open`: no answer known; `failed`: every failure and rejection. */
  readonly outcome?: 'open' | 'failed' | 'answered'
  /** Moments, RFC 3339: from, and before. */
  readonly from: string
  readonly until: string
  readonly after?: { readonly sentAt: string; readonly id: string }
  readonly limit: number
}

/** The book of everything that was exchanged with systems outside: a row for each attempt, written before its bytes leave. */
export interface ExchangeJournal {
  /** Resolves when the row is committed: only then may anything leave. Returns its id. */
  begin(attempt: Attempt): Promise<string>
  /** What leaves or came, redacted and sealed under the key of the case. */
  keep(at: Pick<Attempt, 'home' | 'case'> & { readonly id: string }, part: 'request' | 'response', message: WireMessage): Promise<void>
  end(home: number, id: string, end: AttemptEnd): Promise<void>
  /** The receiver's word on a message that the gateway had accepted; known by the gateway's id of it. Said twice, it changes nothing. */
  settle(answerId: string, outcome: 'delivered' | 'undelivered', at: string): Promise<void>
  /** Whether the exchange of this name was taken by its receiver. */
  wasDelivered(home: number, caseNumber: string, key: string): Promise<boolean>
  find(home: number, id: string): Promise<ExchangeRow | null>
  /** Newest first. */
  list(query: ExchangeQuery): Promise<ExchangeRow[]>
  /** Oldest first. */
  ofCase(home: number, caseNumber: string): Promise<ExchangeRow[]>
}
