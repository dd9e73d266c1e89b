import { algorithms } from '../algorithms/table.ts'
import type { Cms } from '../cms/read.ts'
import { type Evidence, noEvidence } from '../evidence/evidence.ts'
import { type Court, type JudgedSigner, judgeCms } from '../national/judge.ts'
import { pathReport, signerIn } from './describe.ts'
import { answerOf, type Clock, type ReportReason, type SignatureReport } from './report.ts'

/** The moment at which a signature without a time-stamp is judged, and by whose clock. */
export interface Asked {
  /** RFC 3339. */
  readonly at: string
  readonly clock: Exclude<Clock, 'timestamp'>
}

/**
 * A report of each signer of a CMS. `content` is what was given beside it; null: nothing. Never throws for what it is handed.
 */
export async function reportCms(
  cms: Cms,
  content: Uint8Array | null,
  court: Court,
  { at, clock, evidence = noEvidence }: Asked & { readonly evidence?: Evidence },
): Promise<SignatureReport[]> {
  const signed = content ?? cms.content
  // Where there is nothing to hold the digest against, all else is judged and that is said.
  const { signers } = await judgeCms(cms, signed ?? new Uint8Array(0), court, { at, evidence })
  return signers.map((one) => ({ ...reportOf(one, court, clock, signed === null), form: 'cms' }))
}

/** `isAbsent`: there was nothing to hold the digest against. */
export function reportOf(one: JudgedSigner, { trust }: Court, asked: Asked['clock'], isAbsent = false): Omit<SignatureReport, 'form'> {
  const { certificate, moment, signedAt, algorithm, looked, stampedBy } = one
  const reasons: ReportReason[] = isAbsent ? [...one.reasons.filter((reason) => reason !== 'otherContent'), 'noContent'] : [...one.reasons]
  const clock = stampedBy === null ? asked : 'timestamp'
  return {
    answer: answerOf(reasons, clock),
    reasons,
    signer: certificate === null ? null : signerIn(certificate),
    algorithm,
    digest: algorithm === null ? null : algorithms[algorithm].digest,
    signedAt,
    moment: { at: moment, clock, authority: stampedBy === null ? null : stampedBy.holder.commonName },
    ...pathReport(certificate, looked, trust),
    part: null,
  }
}
