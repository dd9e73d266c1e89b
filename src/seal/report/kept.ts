import { type Certificate, readCertificates } from '../certificates/certificate.ts'
import { readCms } from '../cms/read.ts'
import { sameBytes } from '../der/values.ts'
import { type Evidence, noEvidence, readEvidence } from '../evidence/evidence.ts'
import { type Court, judgeXml } from '../national/judge.ts'
import { isNational } from '../national/national.ts'
import { readXmlSignature, xmlAlgorithm } from '../national/xml.ts'
import type { Seal, SealReason, Signature } from '../seal.ts'
import { digestOf } from '../signed.ts'
import { type Asked, reportCms, reportOf } from './cms.ts'
import { pathReport, signerIn } from './describe.ts'
import { answerOf, type SignatureReport } from './report.ts'

/** Who judges: national keys by these roots, whatever else by the seal that made it. */
export interface Judges {
  readonly court: Court
  readonly seal: Pick<Seal, 'verify'>
}

/** Reports of a signature as it is kept, with its evidence: one for each signer. What was kept stands alone, as in `nationalSeal`: nobody is asked. */
export async function reportKept(bytes: Uint8Array, signature: Signature, judges: Judges, asked: Asked): Promise<SignatureReport[]> {
  if (!isNational(signature.algorithm)) return [await reportOther(bytes, signature, judges, asked)]
  const evidence = signature.evidence === undefined ? noEvidence : readEvidence(signature.evidence)
  const court = signature.evidence === undefined ? judges.court : { ...judges.court, revocations: null }
  const reports = evidence === null ? null : await reportNational(bytes, signature, court, { ...asked, evidence })
  if (reports === null) return [{ ...unreadable(asked, ['damaged']), form: signature.algorithm === xmlAlgorithm ? 'xml' : 'cms' }]
  return digestOf(bytes) === signature.digest ? reports : reports.map((one) => withReasons(one, ['otherContent']))
}

/** null: it is not what its algorithm says. */
async function reportNational(
  bytes: Uint8Array,
  { algorithm, value }: Signature,
  court: Court,
  asked: Asked & { readonly evidence: Evidence },
): Promise<SignatureReport[] | null> {
  if (algorithm !== xmlAlgorithm) {
    const cms = readCms(value)
    return cms === null ? null : reportCms(cms, bytes, court, asked)
  }
  const xml = readXmlSignature(value)
  if (xml === null) return null
  const { signers } = await judgeXml(xml, bytes, court, asked)
  return signers.map((one) => ({ ...reportOf(one, court, asked.clock), form: 'xml' }))
}

/** With what is known of it from elsewhere, such as that it is another person's. */
export function withReasons(report: SignatureReport, more: readonly SealReason[]): SignatureReport {
  const reasons = [...new Set([...report.reasons, ...more])]
  return { ...report, reasons, answer: answerOf(reasons, report.moment.clock) }
}

/** The demonstration's own signatures: judged by whoever made them, described by their certificate. */
async function reportOther(bytes: Uint8Array, signature: Signature, { court, seal }: Judges, asked: Asked): Promise<SignatureReport> {
  const { reasons } = await seal.verify(bytes, signature, { at: asked.at })
  const chain: readonly Certificate[] = readCertificates(signature.certificate) ?? []
  const [certificate] = chain
  if (certificate === undefined) return unreadable(asked, reasons.length > 0 ? reasons : ['damaged'])
  const isKnown = signature.algorithm === 'ecdsa-p256-sha256/1'
  return {
    ...unreadable(asked, reasons),
    signer: signerIn(certificate),
    algorithm: isKnown ? 'ecdsa-p256-sha256' : null,
    digest: isKnown ? 'sha256' : null,
    signedAt: signature.signedAt,
    ...pathReport(certificate, { reasons, chain: [...chain, ...aboveOf(chain, reasons, court.trust)], statuses: [] }, court.trust),
  }
}

/** The simulator sends no root along; whoever judged found the pinned one, unless they say that they did not. */
function aboveOf(chain: readonly Certificate[], reasons: readonly SealReason[], { roots }: Court['trust']): Certificate[] {
  const last = chain.at(-1)
  if (last === undefined || reasons.includes('untrusted')) return []
  return roots.filter(({ subject, sha256 }) => sha256 !== last.sha256 && sameBytes(subject.der, last.issuer.der)).slice(0, 1)
}

/** Of what could not even be taken apart. */
export function unreadable({ at, clock }: Asked, reasons: readonly SealReason[]): SignatureReport {
  return {
    ...{ answer: answerOf(reasons, clock), reasons, form: 'simulator' },
    ...{ signer: null, algorithm: null, digest: null, signedAt: null, part: null },
    moment: { at, clock, authority: null },
    path: [],
    revocation: [],
  }
}
