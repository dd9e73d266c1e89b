import type { Paper } from '../../papers/paper.ts'

/**
 * What is wrong with a paper or its seal. `noSeal` there is none in the file; `damaged` it cannot be read; `badSignature` the data were changed after they were signed;
 * `untrusted` another installation's key; `otherPages` the pages are not what is printed from the data; `unknown` this installation never issued it; `differs` it
 * issued a paper under this name that says something else. Words: `verify.reason.<code>`.
 */
export type PaperReason = 'noSeal' | 'damaged' | 'badSignature' | 'untrusted' | 'otherPages' | 'unknown' | 'differs'

/** What became of a paper after it was issued: true papers may have been replaced. */
export interface Afterwards {
  /** When a copy was given in its place; null: it is the last. */
  readonly copiedAt: string | null
  /** When the answer that it carries was replaced by another one. */
  readonly replacedAt: string | null
  /** Its data were destroyed by an order: nothing more can be said. */
  readonly destroyed: boolean
}

export interface PaperVerdict {
  readonly valid: boolean
  /** Empty only if valid. */
  readonly reasons: readonly PaperReason[]
  /** What it truly says, wherever it can be known: it is shown, and nothing else of the file is to be believed. */
  readonly paper: Paper | null
  /** Hex SHA-256 of its data. */
  readonly digest: string | null
  readonly afterwards: Afterwards | null
}
