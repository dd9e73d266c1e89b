import { readXml } from '../../xml/read.ts'
import { XmlRefused } from '../../xml/refused.ts'
import { attributeOf, descendants, type XmlDocument, type XmlElement } from '../../xml/tree.ts'
import { judgeSignature, type XmlTrust } from './judge.ts'
import { dsigNamespace } from './names.ts'
import type { XmlVerdict } from './verdict.ts'

/** Judges the one signature that stands directly under the root and signs all of the document but itself: signed payloads, XML signed by NCALayer. */
export async function verifyEnveloped({ root }: XmlDocument, trust: XmlTrust = {}): Promise<XmlVerdict> {
  const all = [...descendants(root)].filter(({ local, namespace }) => local === 'Signature' && namespace === dsigNamespace)
  const [only] = all
  if (only === undefined) return { kind: 'missing' }
  if (all.length > 1 || only.parent !== root) {
    return {
      kind: 'refused',
      reason: 'damaged',
      detail: 'several signatures, or one that does not stand under the root',
      certificate: null,
    }
  }
  const ids = ['Id', 'ID', 'id'].flatMap((name) => attributeOf(root, '', name) ?? []).filter((id) => isOnly(root, id))
  return judgeSignature(only, { element: root, uris: ['', ...ids.map((id) => `#${id}`)], enveloped: true }, trust)
}

const isOnly = (root: XmlElement, id: string): boolean =>
  id !== '' && [...descendants(root)].filter(({ attributes }) => attributes.some(({ value }) => value === id)).length === 1

/**
 * The document that a payload was before it was put into its envelope, which is what its signature is about; null where it leans on namespaces
 * of the envelope, and so never was one.
 */
export function payloadDocument({ text }: XmlDocument, { span }: XmlElement): XmlDocument | null {
  try {
    return readXml(Buffer.from(text.slice(span.start, span.end)))
  } catch (cause) {
    if (cause instanceof XmlRefused) return null
    throw cause
  }
}
