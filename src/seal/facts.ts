import { algorithmOf, digestOfIdentifier } from './algorithms/identifiers.ts'
import { type Certificate, readCertificate, readCertificates } from './certificates/certificate.ts'
import { onlyValue } from './cms/attributes.ts'
import { oids } from './cms/identifiers.ts'
import { readCms, type SignerId, type SignerInfo } from './cms/read.ts'
import { verifyTimestamp } from './cms/timestamp.ts'
import { DerRefused } from './der/refused.ts'
import { sameBytes } from './der/values.ts'
import { type Evidence, noEvidence, readEvidence } from './evidence/evidence.ts'
import { readXmlSignature, xmlAlgorithm } from './national/xml.ts'
import type { Signature } from './seal.ts'

/** What a signature says of itself, for whoever shows it. Nothing of it is judged but that a time-stamp is over this very signature. */
export interface SignatureFacts {
  /** A name of `algorithms/table.ts`, or the seal's own; `unknown` where the CMS names none of them. */
  readonly algorithm: string
  /** The signer's; null: it cannot be read, or does not come along. */
  readonly certificate: Certificate | null
  /** RFC 3339, and the common name of the authority. */
  readonly timestamp: { readonly at: string; readonly authority: string } | null
}

/** Where several signed, of the part of whoever has this IIN: theirs it must be by what was signed, in whichever order the parts stand. */
export async function factsOf({ algorithm, certificate, value, evidence }: Signature, iin: string): Promise<SignatureFacts> {
  const beside = readCertificates(certificate) ?? []
  const kept = (evidence === undefined ? null : readEvidence(evidence)) ?? noEvidence
  if (algorithm === xmlAlgorithm) return factsOfXml(value, kept)
  if (algorithm !== 'cms') return { algorithm, certificate: beside[0] ?? null, timestamp: null }
  const cms = readCms(value)
  if (cms === null) return { algorithm: 'unknown', certificate: null, timestamp: null }
  const known = [...cms.certificates.flatMap((der) => readCertificate(der) ?? []), ...beside, ...kept.certificates]
  const theirs = cms.signers.find((one) => known.some((other) => isOf(one.signer, other) && other.holder.iin === iin))
  const signer = theirs ?? cms.signers[0]
  if (signer === undefined) return { algorithm: 'unknown', certificate: null, timestamp: null }
  return {
    algorithm: algorithmOf(signer.signatureAlgorithm, digestOfIdentifier(signer.digestAlgorithm) ?? undefined) ?? 'unknown',
    certificate: known.find((one) => isOf(signer.signer, one)) ?? null,
    timestamp: await timestampOf(signer, kept.timestamps, known),
  }
}

async function factsOfXml(bytes: Uint8Array, { certificates, timestamps }: Evidence): Promise<SignatureFacts> {
  const read = readXmlSignature(bytes)
  if (read === null) return { algorithm: 'unknown', certificate: null, timestamp: null }
  const { algorithm, certificate, value, offered } = read
  return { algorithm, certificate, timestamp: await firstOver(value, timestamps, [...offered, ...certificates]) }
}

const isOf = (id: SignerId, { subjectKeyId, serial, issuer }: Certificate): boolean =>
  id.kind === 'subjectKey' ? subjectKeyId === id.id : serial === id.serial && sameBytes(issuer.der, id.issuer)

/** The one inside the signature counts before those that lie beside it, as it does for whoever judges. */
async function timestampOf(signer: SignerInfo, beside: readonly Uint8Array[], known: readonly Certificate[]) {
  const inside = stampInside(signer)
  return firstOver(signer.signature, inside === null ? beside : [inside], known)
}

async function firstOver(signature: Uint8Array, tokens: readonly Uint8Array[], known: readonly Certificate[]) {
  for (const token of tokens) {
    const { reasons, timestamp, certificate } = await verifyTimestamp(token, signature, known)
    if (reasons.length === 0 && timestamp !== null) return { at: timestamp.at, authority: certificate?.holder.commonName ?? '' }
  }
  return null
}

function stampInside({ unsigned }: SignerInfo): Uint8Array | null {
  try {
    return onlyValue(unsigned, oids.signatureTimestamp)?.bytes ?? null
  } catch (cause) {
    if (cause instanceof DerRefused) return null
    throw cause
  }
}
