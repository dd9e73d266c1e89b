import type { XmlDocument } from '../../xml/tree.ts'
import { canBeForged } from '../algorithms/ages.ts'
import { algorithms } from '../algorithms/table.ts'
import { keyIsFor } from '../certificates/certificate.ts'
import { noEvidence } from '../evidence/evidence.ts'
import { type Court, gathering } from '../national/judge.ts'
import type { SealReason } from '../seal.ts'
import { type OneOfSeveral, verifySeveral } from '../xmldsig/several.ts'
import type { Asked } from './cms.ts'
import { pathReport, signerIn } from './describe.ts'
import { answerOf, type SignatureReport } from './report.ts'

/** A report of each signature of an XML. null: more of them than are judged at once. Its signatures bring no time-stamp: all are judged at the moment that is asked for. */
export async function reportXml(document: XmlDocument, court: Court, asked: Asked): Promise<SignatureReport[] | null> {
  // Old documents count with their mark: whether their algorithm was good enough is told as a reason.
  const all = await verifySeveral(document, { legacy: true })
  if (all === null) return null
  const reports: SignatureReport[] = []
  for (const one of all) reports.push(await reportOne(one, court, asked))
  return reports
}

async function reportOne({ verdict, part }: OneOfSeveral, court: Court, { at, clock }: Asked): Promise<SignatureReport> {
  const { certificate } = verdict
  const algorithm = verdict.kind === 'valid' ? verdict.algorithm : null
  const offered = verdict.kind === 'valid' ? verdict.offered : []
  const looked =
    certificate === null ? { reasons: [], chain: [], statuses: [] } : await gathering(court, noEvidence, offered).lookAt(certificate, at)
  const reasons = new Set<SealReason>([...(verdict.kind === 'refused' ? [verdict.reason] : []), ...looked.reasons])
  if (certificate !== null && keyIsFor(certificate) !== 'signing') reasons.add('wrongUsage')
  const digests = verdict.kind === 'valid' ? [algorithms[verdict.algorithm].digest, verdict.digest] : []
  if (digests.some((one) => canBeForged(one, null))) reasons.add('weakAlgorithm')
  return {
    answer: answerOf([...reasons], clock),
    reasons: [...reasons],
    form: 'xml',
    signer: certificate === null ? null : signerIn(certificate),
    algorithm,
    digest: verdict.kind === 'valid' ? verdict.digest : null,
    signedAt: null,
    moment: { at, clock, authority: null },
    ...pathReport(certificate, looked, court.trust),
    part,
  }
}
