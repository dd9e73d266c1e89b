import { canonicalXml } from '../../xml/canonical.ts'
import { readXml } from '../../xml/read.ts'
import { XmlRefused } from '../../xml/refused.ts'
import { childrenNamed, type XmlDocument } from '../../xml/tree.ts'
import { type AlgorithmName, algorithms } from '../algorithms/table.ts'
import type { Certificate } from '../certificates/certificate.ts'
import type { SignerVerdict } from '../cms/verify.ts'
import { sameBytes } from '../der/values.ts'
import type { SealReason } from '../seal.ts'
import { digestOf } from '../signed.ts'
import { verifyEnveloped } from '../xmldsig/enveloped.ts'
import { holderOf } from '../xmldsig/keyInfo.ts'
import { dsigNamespace } from '../xmldsig/names.ts'
import { partsOf } from '../xmldsig/parts.ts'
import { NotValid } from '../xmldsig/verdict.ts'
import { wrappedInXml } from './wrapped.ts'

/** `Signature.algorithm`: XML with one enveloped ds:Signature over the document that `wrappedInXml` makes of the bytes. */
export const xmlAlgorithm = 'xmldsig'

/** A signature in XML taken apart, before anything of it is believed. */
export interface XmlSignature {
  readonly document: XmlDocument
  /** The value that a time-stamp is over. */
  readonly value: Uint8Array
  readonly algorithm: AlgorithmName
  readonly certificate: Certificate
  readonly offered: readonly Certificate[]
}

/** null: no XML that is taken, or no signature of the one shape that is. */
export function readXmlSignature(bytes: Uint8Array): XmlSignature | null {
  try {
    const document = readXml(bytes)
    const [signature, ...more] = childrenNamed(document.root, dsigNamespace, 'Signature')
    if (signature === undefined || more.length > 0) return null
    const { value, algorithm, keyInfo } = partsOf(signature)
    return { document, value, algorithm, ...holderOf(keyInfo, { certificates: [] }) }
  } catch (cause) {
    if (cause instanceof XmlRefused || cause instanceof NotValid) return null
    throw cause
  }
}

/** What the signature is worth as arithmetic, over exactly this content. */
export async function verifyXmlSignature(signature: XmlSignature, content: Uint8Array): Promise<SignerVerdict> {
  const { document, value, certificate } = signature
  const said = await verifyEnveloped(document)
  const reasons: SealReason[] = said.kind === 'valid' ? [] : [said.kind === 'missing' ? 'damaged' : said.reason]
  if (said.kind === 'valid' && !isWrapped(document, content)) reasons.push('otherContent')
  const algorithm = said.kind === 'valid' ? said.algorithm : null
  const legacy = algorithm !== null && algorithms[algorithm].legacy
  return { reasons, certificate, algorithm, legacy, signedAt: null, signature: value, timestamp: null }
}

/** However a phone writes it anew: the same document in its canonical form, but for the signature. */
function isWrapped({ root }: XmlDocument, content: Uint8Array): boolean {
  const form = { exclusive: false, comments: true }
  const [signature = null] = childrenNamed(root, dsigNamespace, 'Signature')
  const own = canonicalXml(readXml(wrappedInXml(content, digestOf(content))).root, form)
  try {
    return sameBytes(canonicalXml(root, form, signature), own)
  } catch (cause) {
    if (cause instanceof XmlRefused) return false
    throw cause
  }
}
