import type { Paper, PaperSignature } from '../../papers/paper.ts'
import type { SignatureReport } from '../../seal/report/report.ts'
import type { SealReason, Signature } from '../../seal/seal.ts'
import type { Statement } from '../statement.ts'

/**
 * What is wrong with a paper or its seal. `noSeal` there is none in the file; `damaged` it cannot be read; `badSignature` the data were changed after they were signed;
 * `untrusted` another installation's key; `otherPages` the pages are not what is printed from the data; `unknown` this installation never issued it; `differs` it
 * issued a paper under this name that says something else; `otherFiles` what a person signed, or the signature, does not lie in the file as it did; `otherWords` the paper does not
 * say what was signed; `notSigned` a person's signature does not hold: see `signatures`. Words: `verify.reason.<code>`.
 */
export type PaperReason =
  | 'noSeal'
  | 'damaged'
  | 'badSignature'
  | 'untrusted'
  | 'otherPages'
  | 'unknown'
  | 'differs'
  | 'otherFiles'
  | 'otherWords'
  | 'notSigned'

/** What became of a paper after it was issued: true papers may have been replaced. */
export interface Afterwards {
  /** When a copy was given in its place; null: it is the last. */
  readonly copiedAt: string | null
  /** When the answer that it carries was replaced by another one. */
  readonly replacedAt: string | null
  /** Its data were destroyed by an order: nothing more can be said. */
  readonly destroyed: boolean
}

/** A person's signature that a paper carries, judged with the evidence that was kept, at the time that counts. */
export interface PersonSignature {
  /** As the paper shows it, from the signed bytes: whoever the statement names, then those who signed together with them. */
  readonly marks: readonly PaperSignature[]
  readonly statement: Statement
  /** What was signed. */
  readonly bytes: Uint8Array
  readonly signature: Signature
  readonly valid: boolean
  /** Whether it is the signature of the person whom the signed bytes name: empty if so. Words: `seal.<code>`. */
  readonly reasons: readonly SealReason[]
  /** What the judgement stands on. */
  readonly reports: readonly SignatureReport[]
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
  /** Of the persons who signed what it says, in the order of the marks on it. */
  readonly signatures: readonly PersonSignature[]
}
