import type { CanonicalForm } from '../../xml/canonical.ts'
import { attributeOf, elementsOf, textOf, type XmlElement } from '../../xml/tree.ts'
import { type DigestName, digestByUri } from '../algorithms/digests.ts'
import { type AlgorithmName, algorithmByUri } from '../algorithms/table.ts'
import { canonicalForms, dsigNamespace, envelopedTransform, exclusiveNamespace } from './names.ts'
import { refuse } from './verdict.ts'

/** A ds:Signature taken apart. There is one shape only; whatever else the standard allows has been used to deceive verifiers, and is refused. */
export interface SignatureParts {
  readonly signedInfo: XmlElement
  readonly form: CanonicalForm
  readonly algorithm: AlgorithmName
  readonly reference: Reference
  readonly value: Uint8Array
  readonly keyInfo: XmlElement
}

export interface Reference {
  /** '' is the whole document. */
  readonly uri: string
  readonly enveloped: boolean
  readonly form: CanonicalForm | null
  readonly digest: DigestName
  readonly value: Uint8Array
}

/** WSS4J names the prefixes of SOAP; more than these is a way to make us work. */
const mostPrefixes = 32

export function partsOf(signature: XmlElement): SignatureParts {
  const [signedInfo, value, keyInfo] = exactly(signature, ['SignedInfo', 'SignatureValue', 'KeyInfo'])
  const [canonicalization, method, reference] = exactly(signedInfo, ['CanonicalizationMethod', 'SignatureMethod', 'Reference'])
  const form = formOf(canonicalization)
  if (form === null) return refuse('unknownAlgorithm', 'CanonicalizationMethod')
  if (elementsOf(method).length > 0) refuse('unknownAlgorithm', 'SignatureMethod has parameters')
  const algorithm = algorithmByUri(algorithmAttribute(method))
  if (algorithm === null) return refuse('unknownAlgorithm', 'SignatureMethod')
  return { signedInfo, form, algorithm, reference: referenceOf(reference), value: base64(value), keyInfo }
}

function referenceOf(reference: XmlElement): Reference {
  const uri = attributeOf(reference, '', 'URI')
  if (uri === null) return refuse('damaged', 'a Reference without URI')
  const [transforms, method, value] = exactly(reference, ['Transforms', 'DigestMethod', 'DigestValue'])
  const digest = digestByUri(algorithmAttribute(method))
  if (digest === null || elementsOf(method).length > 0) return refuse('unknownAlgorithm', 'DigestMethod')
  const steps = elementsOf(transforms)
  if (steps.some(({ local, namespace }) => local !== 'Transform' || namespace !== dsigNamespace)) refuse('damaged', 'Transforms')
  const enveloped = steps[0] !== undefined && algorithmAttribute(steps[0]) === envelopedTransform
  const rest = steps.slice(enveloped ? 1 : 0)
  const [only] = rest
  const form = only === undefined ? null : formOf(only)
  if (rest.length > 1 || (only !== undefined && form === null)) refuse('unknownAlgorithm', 'a Transform that is not taken')
  if (enveloped && steps[0] !== undefined && elementsOf(steps[0]).length > 0) refuse('damaged', 'enveloped-signature with parameters')
  return { uri, enveloped, form, digest, value: base64(value) }
}

/** The canonical form that a CanonicalizationMethod or a Transform names, or null. */
function formOf(element: XmlElement): CanonicalForm | null {
  const algorithm = algorithmAttribute(element)
  const form = Object.hasOwn(canonicalForms, algorithm) ? canonicalForms[algorithm] : undefined
  const [list, ...more] = elementsOf(element)
  if (form === undefined) return null
  if (list === undefined) return form
  if (!form.exclusive || more.length > 0 || list.local !== 'InclusiveNamespaces' || list.namespace !== exclusiveNamespace) return null
  const prefixes = (attributeOf(list, '', 'PrefixList') ?? '').split(/[ \t\n\r]+/).filter((one) => one !== '')
  if (prefixes.length > mostPrefixes) return null
  return { ...form, inclusive: prefixes.map((prefix) => (prefix === '#default' ? '' : prefix)) }
}

function algorithmAttribute(element: XmlElement): string {
  return attributeOf(element, '', 'Algorithm') ?? refuse('damaged', `${element.local} without Algorithm`)
}

/** Exactly these children of the signature's namespace, in this order. */
export function exactly<const Names extends readonly string[]>(holder: XmlElement, names: Names): { [K in keyof Names]: XmlElement } {
  const found = elementsOf(holder)
  const isAsSaid =
    found.length === names.length && found.every(({ local, namespace }, at) => local === names[at] && namespace === dsigNamespace)
  if (!isAsSaid) refuse('damaged', `${holder.local} does not consist of ${names.join(', ')}`)
  return found as { [K in keyof Names]: XmlElement } // as many as there are names
}

/** Strict base64 of an element that holds text only: a comment inside has been read as the end of the value by others. */
export function base64(element: XmlElement): Uint8Array {
  if (element.children.some(({ kind }) => kind !== 'text')) refuse('damaged', `${element.local} holds more than text`)
  const text = textOf(element).replaceAll(/[ \t\n\r]/g, '')
  // Not by groups of four: of some megabytes the engine gives up on those with an error.
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) refuse('damaged', `${element.local} is no base64`)
  return Buffer.from(text, 'base64')
}
