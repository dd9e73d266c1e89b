import type { Answer, SignatureReport } from '../../seal/report/report.ts'
import type { Statement } from '../statement.ts'
import type { PaperVerdict } from './verdict.ts'

/** What somebody brings to be checked. Nothing of it is kept, nor told to a log. */
export interface Given {
  readonly file: Uint8Array
  /** What was signed, where the signature is a file of its own; in either order. */
  readonly signed?: Uint8Array | null
  /** RFC 3339: the moment to judge at, where whoever asks knows better than "now". */
  readonly at?: string | null
}

/** What a file is, found by its content. `record`: a signature kept as JSON (`qyzmet.signed/1`, `qyzmet.signature/1`). */
export type FileKind = 'paper' | 'cms' | 'record' | 'container' | 'xml' | 'other'

/**
 * What is wrong with the file itself. Against it: `damaged` it cannot be read; `changed`, `missing`, `notListed` a file of a container is not as it was signed; `chain`, `values`, `law`, `signature`, `report`,
 * `timeline`, `papers` what a pack says of a case does not agree with itself. Leaving it open: `other` nothing that is known here; `empty`; `tooLarge`; `tooMany` signatures; `tooDeep`; `otherForm` a
 * container of another kind; `noSignature`; `partOnly` nobody signed all of it; `noRoots` this installation was given no roots; `notConfirmed` of a pack, a person's signature that its report
 * calls true could not be judged here; `notCompared` of a paper, its pages can be held against its data only by whoever printed it. Words: `verify.flaw.<code>`.
 */
export type FileReason =
  | 'damaged'
  | 'changed'
  | 'missing'
  | 'notListed'
  | PackReason
  | 'other'
  | 'empty'
  | 'tooLarge'
  | 'tooMany'
  | 'tooDeep'
  | 'otherForm'
  | 'noSignature'
  | 'partOnly'
  | 'noRoots'
  | 'notConfirmed'
  | 'notCompared'

export type PackReason = 'chain' | 'values' | 'law' | 'signature' | 'report' | 'timeline' | 'papers'

export interface FileFlaw {
  readonly code: FileReason
  /** Of a file in a container, or the number of a case; null: the file itself. */
  readonly path: string | null
}

/** One answer about a file, and everything that it stands on: format `qyzmet.verdict/1`. */
export interface FileVerdict {
  readonly kind: FileKind
  readonly answer: Answer
  readonly reasons: readonly FileFlaw[]
  /** Of the file, or of what lies beside it. */
  readonly signatures: readonly SignatureReport[]
  /** Hex SHA-256 of what was signed; null: not known. */
  readonly digest: string | null
  /** Of a paper of this installation. */
  readonly paper: PaperVerdict | null
  /** What was signed, where it is a statement of a step. */
  readonly statement: Statement | null
  readonly pack: PackVerdict | null
}

export interface PackVerdict {
  /** RFC 3339, by the installation that made it. */
  readonly madeAt: string
  readonly files: number
  readonly cases: readonly PackedCase[]
}

export interface PackedCase {
  readonly number: string
  readonly events: number
  /** Whether a seal over all cases covers it. */
  readonly sealed: boolean
  /** Of persons: judged here, by what lies in the pack. */
  readonly signatures: readonly SignatureReport[]
}

const open: ReadonlySet<FileReason> = new Set([
  ...(['other', 'empty', 'tooLarge', 'tooMany', 'tooDeep', 'otherForm', 'noSignature'] as const), // the words
  ...(['partOnly', 'noRoots', 'notConfirmed', 'notCompared'] as const), // the words
])

/** What the flaws of a file amount to, without its signatures. */
export function answerOfFlaws(flaws: readonly FileFlaw[]): Answer {
  if (flaws.length === 0) return 'true'
  return flaws.every(({ code }) => open.has(code)) ? 'unknown' : 'false'
}
