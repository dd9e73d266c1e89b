import { randomUUID } from 'node:crypto'
import { type CanonicalForm, canonicalXml } from '../../xml/canonical.ts'
import { readXml } from '../../xml/read.ts'
import { attributeOf, childNamed, type XmlDocument, type XmlElement } from '../../xml/tree.ts'
import { element, type Markup, verbatim } from '../../xml/write.ts'
import { digests } from '../algorithms/digests.ts'
import type { PrivateKey } from '../algorithms/keys.ts'
import { algorithms } from '../algorithms/table.ts'
import { digestBytes, signBytes } from '../algorithms/verify.ts'
import type { Certificate } from '../certificates/certificate.ts'
import { issuerText, serialOf } from './issuer.ts'
import * as names from './names.ts'

export interface XmlSigner {
  readonly key: PrivateKey
  readonly certificate: Certificate
  /** Of a Body only: the certificate itself (requests of participants), or its issuer and serial number (the gateway's responses). Default `value`. */
  readonly name?: 'value' | 'issuerSerial'
}

/** What is signed is ours, and may hold a file of the temporary-file service: longer than anything of a stranger's may be. */
const ownLimits = { bytes: 64 << 20 }

/**
 * Signs the Body of an envelope as participants of the gateway do: exclusive canonical form, one Reference to `wsu:Id`, a wsse:Security that must be understood.
 *
 * @param bytes an envelope of ours; a Body without `wsu:Id` gets one
 * @throws XmlRefused where it is no XML, TypeError where it is no envelope or is signed already: both are breakages of ours
 */
export async function signBody(bytes: Uint8Array, signer: XmlSigner): Promise<Buffer> {
  const document = withIdentifiedBody(readXml(bytes, ownLimits))
  const { header, body, id } = placesIn(document)
  const form: CanonicalForm = { exclusive: true, comments: false }
  const signature = await signatureOver(canonicalXml(body, form), {
    uri: `#${id}`,
    transforms: [names.exclusiveNamespace],
    canonicalization: names.exclusiveNamespace,
    form,
    signer,
    keyInfo: element('wsse:SecurityTokenReference', { 'xmlns:wsse': names.securityNamespace }, tokenOf(signer)),
  })
  const soap = document.root.prefix
  const security = element(
    'wsse:Security',
    { 'xmlns:wsse': names.securityNamespace, [soap === '' ? 'mustUnderstand' : `${soap}:mustUnderstand`]: '1' },
    signature,
  )
  return spliced(document.text, header, soap, security)
}

/** Signs a document as NCALayer does: enveloped under the root as its last child, Canonical XML 1.0, the certificate by value. */
export async function signEnveloped(bytes: Uint8Array, signer: XmlSigner): Promise<Buffer> {
  const document = readXml(bytes, ownLimits)
  const { root, text } = document
  const signature = await signatureOver(canonicalXml(root, { exclusive: false, comments: false }), {
    uri: '',
    transforms: [names.envelopedTransform, `${names.canonicalInclusive}#WithComments`],
    canonicalization: names.canonicalInclusive,
    form: { exclusive: false, comments: false },
    signer,
    keyInfo: element('ds:X509Data', {}, element('ds:X509Certificate', {}, base64(signer.certificate.der))),
    above: root,
  })
  return Buffer.from(inserted(text, root, signature.markup))
}

interface Plan {
  readonly uri: string
  readonly transforms: readonly string[]
  readonly canonicalization: string
  readonly form: CanonicalForm
  readonly signer: XmlSigner
  readonly keyInfo: Markup
  /** Whose namespaces the inclusive form puts into SignedInfo. */
  readonly above?: XmlElement
}

async function signatureOver(
  signed: Uint8Array,
  { uri, transforms, canonicalization, form, signer, keyInfo, above }: Plan,
): Promise<Markup> {
  const { key } = signer
  const { digest, uri: method } = algorithms[key.algorithm]
  const named = (name: string, algorithm: string | null) => element(name, { Algorithm: algorithm })
  const reference = element(
    'ds:Reference',
    { URI: uri },
    element(
      'ds:Transforms',
      {},
      transforms.map((one) => named('ds:Transform', one)),
    ),
    named('ds:DigestMethod', digests[digest].uri),
    element('ds:DigestValue', {}, base64(await digestBytes(digest, signed))),
  )
  const signedInfo = element(
    'ds:SignedInfo',
    {},
    named('ds:CanonicalizationMethod', canonicalization),
    named('ds:SignatureMethod', method),
    reference,
  )
  const value = await signBytes(key, canonicalXml(inContext(signedInfo, above), form), 'pair')
  return element(
    'ds:Signature',
    { 'xmlns:ds': names.dsigNamespace },
    signedInfo,
    element('ds:SignatureValue', {}, base64(value)),
    element('ds:KeyInfo', {}, keyInfo),
  )
}

/** SignedInfo as it will stand in the document: its inclusive form declares what is declared above it. */
function inContext(signedInfo: Markup, above: XmlElement | undefined): XmlElement {
  const declared = Object.fromEntries(
    (above?.declarations ?? []).map(({ prefix, uri }) => [prefix === '' ? 'xmlns' : `xmlns:${prefix}`, uri]),
  )
  const inherited = Object.fromEntries(
    (above?.attributes ?? []).filter(({ prefix }) => prefix === 'xml').map(({ local, value }) => [`xml:${local}`, value]),
  )
  const holder = element('holder', { ...declared, ...inherited }, element('ds:Signature', { 'xmlns:ds': names.dsigNamespace }, signedInfo))
  const signature = readXml(Buffer.from(holder.markup)).root.children[0]
  const found = signature?.kind === 'element' ? signature.children[0] : undefined
  if (found?.kind !== 'element') throw new TypeError('SignedInfo is not where it was written')
  return found
}

function tokenOf({ certificate, name = 'value' }: XmlSigner): Markup {
  if (name === 'value')
    return element('wsse:KeyIdentifier', { EncodingType: names.base64Encoding, ValueType: names.certificateType }, base64(certificate.der))
  const issuerSerial = element(
    'ds:X509IssuerSerial',
    {},
    element('ds:X509IssuerName', {}, issuerText(certificate)),
    element('ds:X509SerialNumber', {}, serialOf(certificate).toString()),
  )
  return element('ds:X509Data', {}, issuerSerial)
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

function placesIn({ root }: XmlDocument) {
  const [header, body] = [childNamed(root, names.soapNamespace, 'Header'), childNamed(root, names.soapNamespace, 'Body')]
  if (body === null) throw new TypeError('An envelope without a Body cannot be signed')
  if (header !== null && childNamed(header, names.securityNamespace, 'Security') !== null)
    throw new TypeError('The envelope is signed already')
  const id = attributeOf(body, names.utilityNamespace, 'Id') ?? ''
  return { header: header ?? body, body, id }
}

function withIdentifiedBody(document: XmlDocument): XmlDocument {
  const { root, text } = document
  const body = childNamed(root, names.soapNamespace, 'Body')
  if (body === null || attributeOf(body, names.utilityNamespace, 'Id') !== null) return document
  const at = body.span.start + 1 + (body.prefix === '' ? 0 : body.prefix.length + 1) + body.local.length
  const identifier = ` xmlns:wsu="${names.utilityNamespace}" wsu:Id="id-${randomUUID()}"`
  return readXml(Buffer.from(text.slice(0, at) + identifier + text.slice(at)), ownLimits)
}

function spliced(text: string, place: XmlElement, soap: string, security: Markup): Buffer {
  if (place.local === 'Header') return Buffer.from(inserted(text, place, security.markup))
  const name = soap === '' ? 'Header' : `${soap}:Header`
  const { start } = place.span
  return Buffer.from(text.slice(0, start) + element(name, {}, verbatim(security.markup)).markup + text.slice(start))
}

/** As the last thing that the element holds. */
function inserted(text: string, { span, prefix, local }: XmlElement, markup: string): string {
  if (span.close > span.open || text[span.open - 2] !== '/') return text.slice(0, span.close) + markup + text.slice(span.close)
  const name = prefix === '' ? local : `${prefix}:${local}`
  return `${text.slice(0, span.open - 2)}>${markup}</${name}>${text.slice(span.end)}`
}
