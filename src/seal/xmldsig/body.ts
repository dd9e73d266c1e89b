import { attributeOf, childrenNamed, descendants, elementsOf, type XmlDocument, type XmlElement } from '../../xml/tree.ts'
import { judgeSignature, type XmlTrust } from './judge.ts'
import { dsigNamespace, securityNamespace, soapNamespace, utilityNamespace } from './names.ts'
import { NotValid, refuse, type XmlVerdict } from './verdict.ts'

/**
 * Judges the signature of WS-Security over the Body of an envelope. Against wrapping: exactly one Body in the document, under the Envelope; one signature in
 * the Header, with one Reference, which names that Body by an identifier that nothing else in the document has. Met and taken on reading: a plain
 * `Id`, and a signature directly under the Header.
 */
export async function verifyBody({ root }: XmlDocument, trust: XmlTrust = {}): Promise<XmlVerdict> {
  try {
    const signature = signatureIn(root)
    if (signature === null) return { kind: 'missing' }
    const body = bodyOf(root)
    return await judgeSignature(signature, { element: body, uris: [`#${idOf(body, root)}`], enveloped: false }, trust)
  } catch (cause) {
    if (cause instanceof NotValid) return { kind: 'refused', reason: cause.reason, detail: cause.message, certificate: null }
    throw cause
  }
}

function signatureIn(envelope: XmlElement): XmlElement | null {
  const headers = childrenNamed(envelope, soapNamespace, 'Header')
  if (headers.length > 1) refuse('damaged', 'several Headers')
  const [header] = headers
  if (header === undefined) return null
  const all = [...descendants(header)].filter(({ local, namespace }) => local === 'Signature' && namespace === dsigNamespace)
  const [only] = all
  if (only === undefined) return null
  const under = only.parent
  const stands = under === header || (under?.parent === header && under.local === 'Security' && under.namespace === securityNamespace)
  if (all.length > 1 || !stands) refuse('damaged', 'the Header holds several signatures, or one in a strange place')
  return only
}

function bodyOf(envelope: XmlElement): XmlElement {
  const bodies = [...descendants(envelope)].filter(({ local, namespace }) => local === 'Body' && namespace === soapNamespace)
  const [only] = bodies
  if (envelope.local !== 'Envelope' || envelope.namespace !== soapNamespace) return refuse('damaged', 'no Envelope')
  if (bodies.length !== 1 || only === undefined || only.parent !== envelope)
    return refuse('otherContent', 'not exactly one Body, under the Envelope')
  if (elementsOf(envelope).some(({ local, namespace }) => namespace !== soapNamespace || !['Header', 'Body'].includes(local)))
    return refuse('otherContent', 'something stands beside Header and Body')
  return only
}

function idOf(body: XmlElement, root: XmlElement): string {
  const [named, plain] = [attributeOf(body, utilityNamespace, 'Id'), attributeOf(body, '', 'Id')]
  const id = named ?? plain
  if (id === null || id === '' || (named !== null && plain !== null && named !== plain))
    return refuse('otherContent', 'the Body has no identifier, or two')
  let times = 0
  // Whatever its namespace and letters: others resolve `ID`, `id` and `xml:id` too.
  for (const { attributes } of descendants(root))
    if (attributes.some((one) => one.value === id && one.local.toLowerCase().endsWith('id'))) times++
  return times === 1 ? id : refuse('otherContent', 'the identifier of the Body is not its own')
}
