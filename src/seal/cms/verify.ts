import type { DigestName } from '../algorithms/digests.ts'
import { algorithmOf, digestOfIdentifier } from '../algorithms/identifiers.ts'
import { type AlgorithmName, algorithms } from '../algorithms/table.ts'
import { digestBytes, isLegacy, verifyBytes } from '../algorithms/verify.ts'
import { type Certificate, readCertificate } from '../certificates/certificate.ts'
import { Fields } from '../der/read.ts'
import { DerRefused } from '../der/refused.ts'
import { explicit, implicit, tags } from '../der/tags.ts'
import { octetsOf, oidOf, sameBytes, timeOf } from '../der/values.ts'
import type { SealReason } from '../seal.ts'
import { onlyValue } from './attributes.ts'
import { oids } from './identifiers.ts'
import type { Cms, SignerId, SignerInfo } from './read.ts'
import { namesCertificate } from './signingCertificate.ts'

/** What one signer's part is worth as arithmetic: whose certificate it is, what it was by itself. Whether the certificate is to be believed is judged after, by its path. */
export interface SignerVerdict {
  /** Empty: this certificate's key signed this content. */
  readonly reasons: readonly SealReason[]
  /** Whose signature it says it is; null: no certificate of its is at hand. */
  readonly certificate: Certificate | null
  readonly algorithm: AlgorithmName | null
  /** The algorithm counts only beside evidence of its time (SHA-1, GOST 34.310-2004). */
  readonly legacy: boolean
  /** RFC 3339, by the signer's own word; null: not said. */
  readonly signedAt: string | null
  /** The value that a time-stamp is over. */
  readonly signature: Uint8Array
  /** RFC 3161 token over `signature`, as it stands; see `timestamp.ts`. */
  readonly timestamp: Uint8Array | null
}

export interface CmsVerdict {
  /** Every signer's part is right. */
  readonly valid: boolean
  /** Of all signers, each once. */
  readonly reasons: readonly SealReason[]
  readonly signers: readonly SignerVerdict[]
}

export interface CmsExpectation {
  /** The content, where it does not travel inside; where it does too, the two must be equal. */
  readonly content?: Uint8Array
  /** Certificates from elsewhere, for signatures that carry none. */
  readonly known?: readonly Certificate[]
  /** OID of what is signed; default: a document (`data`). */
  readonly contentType?: string
}

/**
 * Judges every signer's part: the content's digest, the type of content, the signature over the attributes, and that the certificate is the one that was
 * meant. Never throws for what it is handed. `otherContent`: another content, or none at all; `untrusted`: no certificate of the signer is at hand.
 */
export async function verifyCms(cms: Cms, expectation: CmsExpectation = {}): Promise<CmsVerdict> {
  const content = contentOf(cms, expectation)
  const certificates = [...cms.certificates.flatMap((der) => readCertificate(der) ?? []), ...(expectation.known ?? [])]
  const isExpectedType = cms.contentType === (expectation.contentType ?? oids.data)
  // The digest of a large content is computed once, however many have signed it.
  const computed = new Map<DigestName, Promise<Uint8Array>>()
  const digest = (name: DigestName): Promise<Uint8Array> => {
    const known = computed.get(name) ?? digestBytes(name, content ?? new Uint8Array(0))
    computed.set(name, known)
    return known
  }
  const signers = await Promise.all(
    cms.signers.map((signer) => verifySigner(signer, cms, { certificates, isExpectedType, digest: content === null ? null : digest })),
  )
  const reasons = [...new Set(signers.flatMap((signer) => signer.reasons))]
  return { valid: reasons.length === 0, reasons, signers }
}

interface Circumstances {
  readonly certificates: readonly Certificate[]
  readonly isExpectedType: boolean
  /** null: there is no content, or there are two. */
  readonly digest: ((name: DigestName) => Promise<Uint8Array>) | null
}

function contentOf(cms: Cms, { content }: CmsExpectation): Uint8Array | null {
  if (cms.content === null || content === undefined) return cms.content ?? content ?? null
  return sameBytes(cms.content, content) ? content : null
}

async function verifySigner(signer: SignerInfo, cms: Cms, circumstances: Circumstances): Promise<SignerVerdict> {
  const certificate = circumstances.certificates.find((one) => isSigner(one, signer.signer)) ?? null
  const facts = factsOf(signer)
  const verdict = (...reasons: SealReason[]): SignerVerdict => ({
    reasons: [...new Set(reasons)],
    certificate,
    algorithm: facts?.algorithm ?? null,
    legacy: facts?.algorithm ? isLegacy(facts.algorithm) : false,
    signedAt: facts?.signedAt ?? null,
    signature: signer.signature,
    timestamp: facts?.timestamp ?? null,
  })
  if (facts === null) return verdict('damaged')
  const { algorithm, digest } = facts
  if (algorithm === null || digest === null) return verdict('unknownAlgorithm')
  if (algorithms[algorithm].digest !== digest) return verdict('wrongAlgorithm')
  if (facts.contentType !== cms.contentType || !circumstances.isExpectedType) return verdict('otherContent')
  const content = await circumstances.digest?.(digest)
  const isSame = content !== undefined && sameBytes(content, facts.messageDigest)
  if (certificate === null) return verdict(...(isSame ? [] : (['otherContent'] as const)), 'untrusted') // keeps the word as it is
  if (!namesCertificate(signer.signed, certificate)) return verdict('badSignature')
  const { signedBytes: data, signature } = signer
  const checked = await verifyBytes({ algorithm, spki: certificate.spki, data, signature })
  return verdict(...(isSame ? [] : (['otherContent'] as const)), ...(checked === 'valid' ? [] : [checked])) // keeps the word as it is
}

interface SignerFacts {
  readonly contentType: string
  readonly messageDigest: Uint8Array
  readonly digest: DigestName | null
  readonly algorithm: AlgorithmName | null
  readonly signedAt: string | null
  readonly timestamp: Uint8Array | null
}

/** null: damaged. */
function factsOf(signer: SignerInfo): SignerFacts | null {
  try {
    return readFacts(signer)
  } catch (cause) {
    if (cause instanceof DerRefused) return null
    throw cause
  }
}

function readFacts({ signed, unsigned, digestAlgorithm, signatureAlgorithm }: SignerInfo): SignerFacts {
  const contentType = onlyValue(signed, oids.contentType)
  const messageDigest = onlyValue(signed, oids.messageDigest)
  if (contentType === null || messageDigest === null) throw new DerRefused('The signed attributes name no content.')
  checkProtection({ signed, digestAlgorithm, signatureAlgorithm })
  const signedAt = onlyValue(signed, oids.signingTime)
  const digest = digestOfIdentifier(digestAlgorithm)
  return {
    contentType: oidOf(contentType),
    messageDigest: octetsOf(messageDigest),
    digest,
    algorithm: algorithmOf(signatureAlgorithm, digest ?? undefined),
    signedAt: signedAt === null ? null : timeOf(signedAt),
    timestamp: onlyValue(unsigned, oids.signatureTimestamp)?.bytes ?? null,
  }
}

/** RFC 6211: what stands under the signature about the algorithms must be what stands outside. */
function checkProtection({
  signed,
  digestAlgorithm,
  signatureAlgorithm,
}: Pick<SignerInfo, 'signed' | 'digestAlgorithm' | 'signatureAlgorithm'>): void {
  const value = onlyValue(signed, oids.algorithmProtection)
  if (value === null) return
  const fields = new Fields(value)
  const isSame = sameBytes(fields.next(tags.sequence).bytes, digestAlgorithm.bytes)
  const named = fields.optional(explicit(1)) ?? fields.optional(implicit(1))
  if (!isSame || named === null || !sameBytes(named.content, signatureAlgorithm.content))
    throw new DerRefused('Other algorithms are under the signature.')
}

/** The certificate that a signer names: by issuer and number, or by the number of the key. */
function isSigner(certificate: Certificate, id: SignerId): boolean {
  if (id.kind === 'subjectKey') return certificate.subjectKeyId === id.id
  return certificate.serial === id.serial && sameBytes(certificate.issuer.der, id.issuer)
}
