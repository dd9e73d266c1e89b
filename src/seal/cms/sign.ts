import type { DigestName } from '../algorithms/digests.ts'
import { algorithmIdentifier, digestIdentifier, digestOfIdentifier } from '../algorithms/identifiers.ts'
import type { PrivateKey } from '../algorithms/keys.ts'
import { algorithms } from '../algorithms/table.ts'
import { digestBytes, signBytes } from '../algorithms/verify.ts'
import { parseCertificate } from '../certificates/certificate.ts'
import { membersOf, readDer } from '../der/read.ts'
import { explicit, tags } from '../der/tags.ts'
import { sameBytes } from '../der/values.ts'
import { element, octets, oid, sequence, set, tagged, time, whole } from '../der/write.ts'
import type { SealReason } from '../seal.ts'
import { attribute } from './attributes.ts'
import { oids } from './identifiers.ts'
import type { Cms, SignerInfo } from './read.ts'
import { signingCertificateAttribute } from './signingCertificate.ts'
import { verifyCms } from './verify.ts'

/** Who signs: a key, its certificate and, for those who verify, the certificates above it without the root. DER. */
export interface CmsSigner {
  readonly key: PrivateKey
  readonly certificate: Uint8Array
  readonly chain?: readonly Uint8Array[]
}

/** Asks a time-stamp authority for an RFC 3161 token over this digest; null: it does not answer, and the signature goes without. */
export type Stamp = (imprint: { readonly digest: DigestName; readonly hash: Uint8Array }) => Promise<Uint8Array | null>

export interface CmsOptions {
  /** RFC 3339 with an offset: the signer's own word of the time. */
  readonly at: string
  /** Default true: the content does not travel inside. */
  readonly detached?: boolean
  /** Names the certificate under the signature (signingCertificateV2). Default false, as the country's library signs. */
  readonly namesCertificate?: boolean
  /** CAdES-T: puts the token beside each signature. */
  readonly stamp?: Stamp
  /** Of a detached signature whose content is elsewhere: its digest, made by the algorithm of the key. The content given is then not looked at. */
  readonly contentDigest?: Uint8Array
  /** OID of what is signed; default: a document (`data`). */
  readonly contentType?: string
}

/** SignedData over the content by all these signers: DER. Throws DerRefused for a certificate that is none. */
export async function signCms(content: Uint8Array, signers: readonly CmsSigner[], options: CmsOptions): Promise<Uint8Array> {
  const contentType = options.contentType ?? oids.data
  const infos = await Promise.all(signers.map((signer) => signerInfo(content, signer, options)))
  return assemble({
    contentType,
    content: (options.detached ?? true) ? null : content,
    certificates: signers.flatMap(({ certificate, chain = [] }) => [certificate, ...chain]),
    revocations: [],
    infos,
  })
}

/**
 * The same signature with one signer more; the others' parts stay as they are. A reason, where what is there already does not hold for the content:
 * nobody signs beside a signature that is none. `content` where it does not travel inside.
 */
export async function addSigner(
  cms: Cms,
  content: Uint8Array | undefined,
  signer: CmsSigner,
  options: Omit<CmsOptions, 'detached' | 'contentType'>,
): Promise<Uint8Array | SealReason> {
  const { contentType } = cms
  const [reason] = (await verifyCms(cms, { content, contentType })).reasons
  const signed = cms.content ?? content
  if (reason !== undefined) return reason
  if (signed === undefined) return 'otherContent'
  const info = await signerInfo(signed, signer, { ...options, contentType })
  const certificates = [...cms.certificates, signer.certificate, ...(signer.chain ?? [])]
  return assemble({ ...cms, certificates, infos: [...cms.signers.map(infoOf), info] })
}

/** The same signature with a token beside each signer's value that has none yet (CAdES-T); null: the authority does not answer. */
export async function addTimestamps(cms: Cms, stamp: Stamp): Promise<Uint8Array | null> {
  const infos: Info[] = []
  for (const signer of cms.signers) {
    const digest = digestOfIdentifier(signer.digestAlgorithm)
    if (signer.unsigned.some(({ type }) => type === oids.signatureTimestamp) || digest === null) {
      infos.push(infoOf(signer))
      continue
    }
    const token = await stamp({ digest, hash: await digestBytes(digest, signer.signature) })
    if (token === null) return null
    const unsigned = [...signer.unsigned.map(({ der }) => der), attribute(oids.signatureTimestamp, token)]
    infos.push({ ...infoOf(signer), der: withUnsigned(signer.der, unsigned) })
  }
  return assemble({ ...cms, infos })
}

/** A signer's part, with what the whole says about it once more. */
interface Info {
  readonly der: Uint8Array
  readonly digestAlgorithm: Uint8Array
  readonly isVersion1: boolean
}

function infoOf({ der, digestAlgorithm, signer }: SignerInfo): Info {
  return { der, digestAlgorithm: digestAlgorithm.bytes, isVersion1: signer.kind === 'issuerAndSerial' }
}

async function signerInfo(content: Uint8Array, { key, certificate }: CmsSigner, options: CmsOptions): Promise<Info> {
  const { digest } = algorithms[key.algorithm]
  const { issuer, serial } = parseCertificate(certificate)
  const attributes = sorted([
    attribute(oids.contentType, oid(options.contentType ?? oids.data)),
    attribute(oids.signingTime, time(Temporal.Instant.from(options.at))),
    attribute(oids.messageDigest, octets(options.contentDigest ?? (await digestBytes(digest, content)))),
    ...(options.namesCertificate === true ? [signingCertificateAttribute(certificate)] : []),
  ])
  const signature = await signBytes(key, element(tags.set, ...attributes))
  const token = (await options.stamp?.({ digest, hash: await digestBytes(digest, signature) })) ?? null
  const digestAlgorithm = digestIdentifier(digest)
  const der = sequence(
    whole(1),
    sequence(issuer.der, element(tags.integer, Buffer.from(serial, 'hex'))),
    digestAlgorithm,
    tagged(0, ...attributes),
    algorithmIdentifier(key.algorithm),
    octets(signature),
    ...(token === null ? [] : [tagged(1, attribute(oids.signatureTimestamp, token))]),
  )
  return { der, digestAlgorithm, isVersion1: true }
}

/** The same part with other unsigned attributes. */
function withUnsigned(info: Uint8Array, attributes: readonly Uint8Array[]): Uint8Array {
  const members = membersOf(readDer(info, tags.sequence)).filter(({ tag }) => tag !== explicit(1))
  return sequence(...members.map(({ bytes }) => bytes), tagged(1, ...sorted(attributes)))
}

interface Parts extends Pick<Cms, 'contentType' | 'content' | 'certificates' | 'revocations'> {
  readonly infos: readonly Info[]
}

/** Version 1 for documents whose signers are named by issuer and number, 3 otherwise (RFC 5652, 5.1). */
function assemble({ contentType, content, certificates, revocations, infos }: Parts): Uint8Array {
  const version = contentType === oids.data && infos.every(({ isVersion1 }) => isVersion1) ? 1 : 3
  const data = sequence(
    whole(version),
    set(...distinct(infos.map(({ digestAlgorithm }) => digestAlgorithm))),
    sequence(oid(contentType), ...(content === null ? [] : [tagged(0, octets(content))])),
    ...(certificates.length === 0 ? [] : [tagged(0, ...sorted(distinct(certificates)))]),
    ...(revocations.length === 0 ? [] : [tagged(1, ...sorted(distinct(revocations)))]),
    set(...infos.map(({ der }) => der)),
  )
  return sequence(oid(oids.signedData), tagged(0, data))
}

const sorted = (values: readonly Uint8Array[]): Uint8Array[] => values.toSorted(Buffer.compare)

function distinct(values: readonly Uint8Array[]): Uint8Array[] {
  return values.filter((value, at) => values.findIndex((other) => sameBytes(value, other)) === at)
}
