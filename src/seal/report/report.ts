import type { DigestName } from '../algorithms/digests.ts'
import type { AlgorithmName } from '../algorithms/table.ts'
import type { RevocationReason } from '../certificates/status.ts'
import type { SealReason } from '../seal.ts'

/** True, not true, or cannot be told: with what is at hand neither may be said (EN 319 102-1, 5.1.3: passed, failed, indeterminate). */
export type Answer = 'true' | 'false' | 'unknown'

/** `noContent`: what was signed does not lie in the signature and was not given beside it. Words: `verify.signature.reason.<code>`, what to do: `.remedy.<code>`. */
export type ReportReason = SealReason | 'noContent'

/** What is found of one signature, told so that another program, or a person years later, comes to the same: format `qyzmet.signature-report/1`, JSON. */
export interface SignatureReport {
  readonly answer: Answer
  /** Empty only if the answer is `true`. */
  readonly reasons: readonly ReportReason[]
  /** How it was made: `simulator` is the demonstration's own, worth nothing elsewhere. */
  readonly form: 'cms' | 'xml' | 'simulator'
  /** null: no certificate of the signer is at hand. */
  readonly signer: SignerReport | null
  /** null: one that is not in our table. */
  readonly algorithm: AlgorithmName | null
  readonly digest: DigestName | null
  /** RFC 3339, by the signer's own word; null: not said. */
  readonly signedAt: string | null
  readonly moment: MomentReport
  /** From the signer's certificate as far up as a path was found; with a root at its end if it was found whole. */
  readonly path: readonly CertificateReport[]
  /** Of everybody on the path but the root. */
  readonly revocation: readonly RevocationReport[]
  /** Path of the element that is signed, of an XML of which it is a part; null: all of it. */
  readonly part: string | null
}

export interface SignerReport {
  /** Surname and initials. */
  readonly name: string
  /** All but the year and the last two digits hidden. */
  readonly iinMasked: string | null
  readonly organisation: string | null
  readonly bin: string | null
}

/** At which moment all of it had to hold, and by whose clock. */
export interface MomentReport {
  /** RFC 3339. */
  readonly at: string
  /**
   * `timestamp` of the authority that is named; `receipt` when an installation received it, by its ledger; `given` by whoever asks; `now`: nobody told, and
   * what ended since cannot be judged.
   */
  readonly clock: Clock
  readonly authority: string | null
}

export type Clock = 'timestamp' | 'receipt' | 'given' | 'now'

export interface CertificateReport {
  readonly name: string
  readonly issuer: string
  /** Hex. */
  readonly serial: string
  readonly notBefore: string
  readonly notAfter: string
  /** Hex, of the DER. */
  readonly sha256: string
  /** Pinned by whoever judges. */
  readonly root: boolean
}

export interface RevocationReport {
  readonly name: string
  readonly status: 'good' | 'revoked' | 'unknown'
  /** By which evidence; null: there is none. */
  readonly by: 'ocsp' | 'crl' | null
  /** RFC 3339: when the evidence was made; until when it speaks. */
  readonly made: string | null
  readonly until: string | null
  /** Of a revoked one. */
  readonly since: string | null
  readonly reason: RevocationReason | null
  /** Code of why nothing is known: `ocsp.outage`, `evidence.none`. */
  readonly why: string | null
}

/** With these nothing is said against the signature itself: more trust, another moment or another program could still tell. */
const open: ReadonlySet<ReportReason> = new Set([
  'untrusted',
  'statusUnknown',
  'unknownAlgorithm',
  'weakAlgorithm',
  'badTimestamp',
  'noContent',
])
/** Where nobody tells when it was signed, these may have come after. */
const later: ReadonlySet<ReportReason> = new Set(['expired', 'revoked'])

/** The answer that these reasons amount to, at a moment by this clock. */
export function answerOf(reasons: readonly ReportReason[], clock: Clock): Answer {
  if (reasons.length === 0) return 'true'
  return reasons.every((one) => open.has(one) || (clock === 'now' && later.has(one))) ? 'unknown' : 'false'
}

/** Of several: one that is not true makes all of it not true; none at all says nothing. */
export function answerOfAll(answers: readonly Answer[]): Answer {
  if (answers.includes('false')) return 'false'
  return answers.length === 0 || answers.includes('unknown') ? 'unknown' : 'true'
}
