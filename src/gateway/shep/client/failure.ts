import type { FailureCode, TechnicalFailure } from '../../failure.ts'
import { technicalFailure } from '../../failures.ts'
import { failureOf, type ShepFault } from '../faults.ts'
import type { Posted } from './post.ts'

/**
 * Where an exchange ended: no `connection`, no answer in time (`timeout`), the connection broke (`cut`), `stopped` by ourselves, an `http` status without a message,
 * an answer that cannot be read (`format`), whose `signature` is not believed, that is not of its `schema`, that answers another question
 * (`correlation`), the gateway's `fault`, or a `status` other than processed.
 */
export type Stage =
  | 'connection'
  | 'timeout'
  | 'cut'
  | 'stopped'
  | 'http'
  | 'format'
  | 'signature'
  | 'schema'
  | 'correlation'
  | 'fault'
  | 'status'

/** A technical failure with what an administrator may know of it. Nothing personal stands in it. */
export interface ShepFailure extends TechnicalFailure {
  readonly stage: Stage
  /** False: surely nothing arrived. True: the other side may have acted. */
  readonly sent: boolean
  readonly detail: string
  readonly fault: ShepFault | null
}

const failure = (stage: Stage, code: FailureCode, detail: string, retryable?: boolean): ShepFailure => ({
  ...technicalFailure(code, ...(retryable === undefined ? [] : [retryable])),
  stage,
  sent: true,
  detail,
  fault: null,
})

export function unansweredFailure({ why, sent }: Extract<Posted, { kind: 'unanswered' }>): ShepFailure {
  // An answer without end is no outage of the connection: the system behind it broke.
  if (why === 'tooLong') return failure('format', 'remote-service-error', why)
  const stage = why === 'noConnection' ? ('connection' as const) : why // keeps the words as they are
  return { ...failure(stage, 'govtech-transport-error', why), sent }
}

/** 4xx: the address or the door is wrong, and nobody published what that means; 502 to 504 and 429: somebody between is not ready. */
export function httpFailure(status: number): ShepFailure {
  const detail = `HTTP ${status}`
  if ([408, 429, 502, 503, 504].includes(status)) return failure('http', 'govtech-transport-error', detail)
  if (status >= 400 && status < 500) return failure('http', 'shep-unknown-error', detail)
  return failure('http', 'remote-service-error', detail)
}

export const faultFailure = (fault: ShepFault): ShepFailure => ({
  ...failure('fault', 'shep-error', fault.code),
  ...failureOf(fault),
  fault,
})

/** What came is no answer to what was asked: the system that sent it is broken, or somebody stands between. */
export const strangeFailure = (stage: 'format' | 'signature' | 'schema' | 'correlation' | 'status', detail: string): ShepFailure =>
  failure(stage, 'remote-service-error', detail)
