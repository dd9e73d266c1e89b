import { canonicalXml } from '../../xml/canonical.ts'
import { XmlRefused } from '../../xml/refused.ts'
import type { XmlElement } from '../../xml/tree.ts'
import { type DigestName, digests } from '../algorithms/digests.ts'
import { type AlgorithmName, algorithms } from '../algorithms/table.ts'
import { digestBytes, verifyBytes } from '../algorithms/verify.ts'
import { sameBytes } from '../der/values.ts'
import type { CertificateStore } from './issuer.ts'
import { holderOf, type KeyHolder } from './keyInfo.ts'
import { partsOf, type Reference } from './parts.ts'
import { NotValid, refuse, type XmlVerdict } from './verdict.ts'

export interface XmlTrust {
  /** Where certificates are looked for that a signature only names. Default: nowhere. */
  readonly store?: CertificateStore
  /** Old documents: SHA-1, GOST 34.310-2004 and 34.311-95 count too. Default false. */
  readonly legacy?: boolean
  /** Default: every one that is not legacy. */
  readonly algorithms?: ReadonlySet<AlgorithmName>
}

/** What is expected to be signed: the element, and by which reference it may be named. */
export interface Expected {
  readonly element: XmlElement
  readonly uris: readonly string[]
  /** The signature stands inside of what it signs. */
  readonly enveloped: boolean
  /** Signatures that were put to the document after this one, as it seems: where the digest does not fit with them, it may without (see `several.ts`). */
  readonly later?: readonly XmlElement[]
}

/** Judges one ds:Signature against what it must sign. Never throws for what stands in the document. */
export async function judgeSignature(signature: XmlElement, expected: Expected, trust: XmlTrust): Promise<XmlVerdict> {
  let holder: KeyHolder | null = null
  try {
    const parts = partsOf(signature)
    const { reference, algorithm } = parts
    holder = holderOf(parts.keyInfo, trust.store ?? { certificates: [] })
    if (!isTaken(algorithm, reference.digest, trust)) refuse('weakAlgorithm', `${algorithm} over ${reference.digest} is not taken here`)
    if (!expected.uris.includes(reference.uri)) refuse('otherContent', 'the Reference names something else')
    if (reference.enveloped !== expected.enveloped) refuse('otherContent', 'the Reference takes another part than it must')
    // The cheaper question first: a stranger makes us reckon a digest, not a curve.
    if (!(await isOver(reference, expected, signature))) refuse('otherContent', 'DigestValue')
    const data = canonicalXml(parts.signedInfo, parts.form)
    const said = await verifyBytes({ algorithm, spki: holder.certificate.spki, data, signature: parts.value, form: 'pair' })
    if (said !== 'valid') refuse(said, 'SignatureValue')
    return { kind: 'valid', element: expected.element, algorithm, digest: reference.digest, ...holder }
  } catch (cause) {
    const certificate = holder?.certificate ?? null
    if (cause instanceof NotValid) return { kind: 'refused', reason: cause.reason, detail: cause.message, certificate }
    if (cause instanceof XmlRefused) return { kind: 'refused', reason: 'damaged', detail: cause.message, certificate }
    throw cause
  }
}

/** As the standard says, with every other signature in it; else as it was before the later ones came, which is how the country's programs sign one after the other. */
async function isOver(reference: Reference, { element, later = [] }: Expected, signature: XmlElement): Promise<boolean> {
  if (sameBytes(await digestOf(reference, element, [signature]), reference.value)) return true
  return later.length > 0 && sameBytes(await digestOf(reference, element, [signature, ...later]), reference.value)
}

/**
 * By a name or '' a Reference means what it names without its comments (XML Signature, 4.4.3.3), also where its transform keeps comments: they
 * are not signed, and whoever reads the values must not see them either.
 */
async function digestOf({ form, digest }: Reference, element: XmlElement, without: readonly XmlElement[]): Promise<Uint8Array> {
  const bytes = canonicalXml(element, { ...(form ?? { exclusive: false }), comments: false }, ...without)
  return digestBytes(digest, bytes)
}

function isTaken(algorithm: AlgorithmName, digest: DigestName, { legacy = false, algorithms: only }: XmlTrust): boolean {
  if (only !== undefined && !only.has(algorithm)) return false
  return legacy || !(algorithms[algorithm].legacy || digests[digest].legacy)
}
