import type { Refusal } from '../engine/case/refusal.ts'
import type { CaseState } from '../engine/case/state.ts'
import type { NotInForce } from '../law/model.ts'
import type { SealReason } from '../seal/seal.ts'
import type { Bound } from './statutes.ts'

/** A case as it is now, with the law it is bound to. */
export interface CaseFile {
  readonly number: string
  readonly home: number
  readonly version: number
  readonly state: CaseState
  readonly bound: Bound
}

/** What came of a request. An expected "no" is a value; pages and API put it into words. */
export type Outcome =
  | { readonly kind: 'done'; readonly number: string; readonly version: number; readonly repeated: boolean }
  | { readonly kind: 'refused'; readonly refusal: Refusal['refused']; readonly file: CaseFile | null }
  /** Somebody else moved the case after it was seen. */
  | { readonly kind: 'changed'; readonly number: string; readonly version: number }
  | { readonly kind: 'keyReused' }
  | { readonly kind: 'notFound' }
  | { readonly kind: 'notInForce'; readonly answer: NotInForce }
  /** The step asks for a signature and none could be made: words under `seal.<reason>`. */
  | { readonly kind: 'unsigned'; readonly reasons: readonly SealReason[] }
