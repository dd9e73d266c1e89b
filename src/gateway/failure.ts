import { z } from 'zod'
import type { Tap } from './tap.ts'

/**
 * Why an outside system gave no answer: the words that consumers of the state gateway use among themselves, and some of ours. None of them says anything of
 * the person or the case asked about. Words for people stand in `failures.yaml`.
 *
 * - `kdp-token-not-found` the consent service gave no token, and why is not known
 * - `kdp-declined`, `kdp-waiting`, `kdp-expired` are ours: the person said no; has not answered yet; the time to answer is over, or the consent's own
 * - `remote-service-error` the system behind the gateway failed, or answered what cannot be read
 * - `shep-error` the gateway refused the message by a code that it publishes
 * - `shep-unknown-error` the gateway refused by a code that nobody published
 * - `govtech-transport-error` no connection, or no answer in time
 * - `law-differs`, `terms-differ`, `node-refused` are ours: the other node holds another text of the law, counts another due date by it, or cannot
 *   bring the message together with what it has
 * - `unknown-error` everything else
 */
export const failureCode = z.enum([
  'kdp-token-not-found',
  'kdp-declined',
  'kdp-waiting',
  'kdp-expired',
  'remote-service-error',
  'shep-error',
  'shep-unknown-error',
  'govtech-transport-error',
  'law-differs',
  'terms-differ',
  'node-refused',
  'unknown-error',
])
export type FailureCode = z.infer<typeof failureCode>

export interface BilingualText {
  readonly kk: string
  readonly ru: string
}

/** No answer: nothing may be concluded from it but that one has to wait. `retryable` false: asking again the same way is useless until a person has looked. */
export interface TechnicalFailure {
  readonly kind: 'technicalFailure'
  readonly code: FailureCode
  readonly text: BilingualText
  readonly retryable: boolean
  /** Present where nothing was sent, since the service is known to be out, or it was not this message's turn: come again after so many ms. No attempt was made. */
  readonly heldMs?: number
  /** Beside `heldMs`: it only was not its turn, and nothing is known to be out. */
  readonly outOfTurn?: true
}

export interface CallOptions {
  /** Aborted: the call ends at once as a technical failure. What it had already sent may still arrive. */
  readonly signal?: AbortSignal
  /** Told of the bytes that leave and come. */
  readonly tap?: Tap
}
