/** A document as it was read: never changed afterwards. Names are those of Namespaces in XML 1.0; `namespace` is '' where there is none. */

export interface XmlAttribute {
  readonly prefix: string
  readonly local: string
  readonly namespace: string
  readonly value: string
}

/** A namespace declared on the element itself; prefix '' is the default one, uri '' takes it back. */
export interface XmlDeclaration {
  readonly prefix: string
  readonly uri: string
}

/** Where an element stands in `XmlDocument.text`: its first sign, the beginning and the end of what it holds, the sign behind it. */
export interface XmlSpan {
  readonly start: number
  readonly open: number
  readonly close: number
  readonly end: number
}

export interface XmlElement {
  readonly kind: 'element'
  readonly prefix: string
  readonly local: string
  readonly namespace: string
  /** As written, without declarations of namespaces. */
  readonly attributes: readonly XmlAttribute[]
  readonly declarations: readonly XmlDeclaration[]
  readonly children: readonly XmlNode[]
  readonly parent: XmlElement | null
  readonly span: XmlSpan
}

export interface XmlText {
  readonly kind: 'text'
  readonly value: string
}
export interface XmlComment {
  readonly kind: 'comment'
  readonly value: string
}
export interface XmlInstruction {
  readonly kind: 'instruction'
  readonly target: string
  readonly value: string
}
export type XmlNode = XmlElement | XmlText | XmlComment | XmlInstruction

export interface XmlDocument {
  readonly root: XmlElement
  /** The root among the comments and instructions beside it. */
  readonly nodes: readonly XmlNode[]
  /** What was read, decoded, lines ending in \n (XML 1.0, 2.11). */
  readonly text: string
}

/** The prefix `xml` means this everywhere, without being declared (Namespaces in XML 1.0, 3). */
export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'
export const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/'

export const elementsOf = (element: XmlElement): XmlElement[] =>
  element.children.filter((child): child is XmlElement => child.kind === 'element')

/** Child elements of this name; `namespace` '' finds those that have none. */
export const childrenNamed = (element: XmlElement, namespace: string, local: string): XmlElement[] =>
  elementsOf(element).filter((child) => child.local === local && child.namespace === namespace)

/** The first child element of this name, or null. */
export const childNamed = (element: XmlElement, namespace: string, local: string): XmlElement | null =>
  childrenNamed(element, namespace, local)[0] ?? null

/** All text inside, in order; comments are not part of it, so a comment within a value never cuts it short. */
export function textOf(element: XmlElement): string {
  let text = ''
  for (const child of element.children) {
    if (child.kind === 'text') text += child.value
    else if (child.kind === 'element') text += textOf(child)
  }
  return text
}

export const attributeOf = (element: XmlElement, namespace: string, local: string): string | null =>
  element.attributes.find((one) => one.local === local && one.namespace === namespace)?.value ?? null

/** The element and all elements in it, in the order of the document. */
export function* descendants(element: XmlElement): Generator<XmlElement> {
  yield element
  for (const child of element.children) if (child.kind === 'element') yield* descendants(child)
}

/** What a prefix means at this element; null where it is not declared. '' as prefix: the default namespace, '' where there is none. */
export function namespaceAt(element: XmlElement, prefix: string): string | null {
  if (prefix === 'xml') return xmlNamespace
  for (let at: XmlElement | null = element; at !== null; at = at.parent) {
    const declared = at.declarations.find((one) => one.prefix === prefix)
    if (declared) return declared.uri
  }
  return prefix === '' ? '' : null
}

/** `/Envelope/Body/SendMessage[2]`: for people who look for it. */
export function pathOf(element: XmlElement): string {
  const { parent, local } = element
  if (parent === null) return `/${local}`
  const alike = elementsOf(parent).filter((one) => one.local === local)
  return `${pathOf(parent)}/${local}${alike.length > 1 ? `[${alike.indexOf(element) + 1}]` : ''}`
}
