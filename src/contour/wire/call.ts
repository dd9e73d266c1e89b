import type { Operation } from '../../gateway/shep/names.ts'
import type { Markup } from '../../xml/write.ts'
import type { Strike } from '../faults/faults.ts'
import type { Note } from '../watch/watch.ts'

/** What becomes known of a call on its way through the contour, for the watch and for the faults that fall on it. */
export interface Trace {
  operation: Operation | 'unknown'
  service: string | null
  sender: string | null
  receiver: string | null
  message: string | null
  correlation: string | null
  notes: Note[]
}

export const newTrace = (): Trace => ({
  operation: 'unknown',
  service: null,
  sender: null,
  receiver: null,
  message: null,
  correlation: null,
  notes: [],
})

/** What goes into the Body of the answer, or that there is none. */
export type Reply =
  | { readonly kind: 'content'; readonly content: Markup }
  /** The connection ends without an answer. */
  | { readonly kind: 'cut' }

export interface Call {
  readonly trace: Trace
  readonly strike: Strike
  readonly signal: AbortSignal
}
