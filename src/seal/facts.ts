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

/** Of each who signed, in the order in which they stand in the signature. */
export async function factsOf(signature: Signature): Promise<SignatureFacts[]> {
  const { algorithm, certificate, value, evidence } = signature
  const beside = readCertificates(certificate) ?? []
  const kept = (evidence === undefined ? null : readEvidence(evidence)) ?? noEvidence
  if (algorithm === xmlAlgorithm) return [await factsOfXml(value, kept)]
  if (algorithm !== 'cms') return [{ algorithm, certificate: beside[0] ?? null, timestamp: null }]
  const cms = readCms(value)
  if (cms === null) return [nothing]
  const known = [...cms.certificates.flatMap((der) => readCertificate(der) ?? []), ...beside, ...kept.certificates]
  return Promise.all(
    cms.signers.map(async (signer) => ({
      algorithm: algorithmOf(signer.signatureAlgorithm, digestOfIdentifier(signer.digestAlgorithm) ?? undefined) ?? 'unknown',
      certificate: known.find((one) => isOf(signer.signer, one)) ?? null,
      timestamp: await timestampOf(signer.signature, stampInside(signer), kept.timestamps, known),
    })),
  )
}

const nothing: SignatureFacts = { algorithm: 'unknown', certificate: null, timestamp: null }

async function factsOfXml(value: Uint8Array, { timestamps, certificates }: Evidence): Promise<SignatureFacts> {
  const read = readXmlSignature(value)
  if (read === null) return nothing
  const timestamp = await timestampOf(read.value, null, timestamps, [...read.offered, ...certificates])
  return { algorithm: read.algorithm, certificate: read.certificate, timestamp }
}

const isOf = (id: SignerId, { subjectKeyId, serial, issuer }: Certificate): boolean =>
  id.kind === 'subjectKey' ? subjectKeyId === id.id : serial === id.serial && sameBytes(issuer.der, id.issuer)

/** The one inside the signature counts before those that lie beside it, as it does for whoever judges. */
async function timestampOf(
  over: Uint8Array,
  inside: Uint8Array | null,
  beside: readonly Uint8Array[],
  known: readonly Certificate[],
): Promise<SignatureFacts['timestamp']> {
  for (const token of inside === null ? beside : [inside]) {
    const { reasons, timestamp, certificate } = await verifyTimestamp(token, over, known)
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
