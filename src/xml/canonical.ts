import { XmlRefused } from './refused.ts'
import { type XmlAttribute, type XmlDocument, type XmlElement, type XmlNode, xmlNamespace } from './tree.ts'

/**
 * - `exclusive` Exclusive XML Canonicalization 1.0: only namespaces that are used where they are used
 * - otherwise Canonical XML 1.0: of a part of a document, everything in scope at its top, `xml:` attributes too
 */
export interface CanonicalForm {
  readonly exclusive: boolean
  readonly comments: boolean
  /** Of the exclusive form: prefixes treated as in the inclusive one (`InclusiveNamespaces/@PrefixList`); '' is `#default`. */
  readonly inclusive?: readonly string[]
}

/**
 * The canonical form of a whole document or of one element, as UTF-8; agrees byte for byte with libxml2 and xmlsec1.
 *
 * @param without elements inside that are left out with all they hold (the transform `enveloped-signature`)
 * @throws XmlRefused where a namespace is a relative URI: the recommendation gives no canonical form to it
 */
export function canonicalXml(from: XmlDocument | XmlElement, form: CanonicalForm, ...without: readonly (XmlElement | null)[]): Buffer {
  const writer = new CanonicalWriter(form, without)
  if ('kind' in from) writer.top(from)
  else writer.document(from)
  return Buffer.from(writer.text(), 'utf8')
}

/** What each prefix means, innermost last. Kept as stacks, so that a document of many declarations costs no more than it is long. */
class Meanings {
  private readonly stacks = new Map<string, string[]>()

  get(prefix: string): string | undefined {
    return this.stacks.get(prefix)?.at(-1)
  }

  push(prefix: string, uri: string): void {
    const stack = this.stacks.get(prefix)
    if (stack) stack.push(uri)
    else this.stacks.set(prefix, [uri])
  }

  pop(prefix: string): void {
    this.stacks.get(prefix)?.pop()
  }

  prefixes(): Iterable<string> {
    return this.stacks.keys()
  }
}

class CanonicalWriter {
  private readonly form: CanonicalForm
  private readonly without: ReadonlySet<XmlNode | null>
  private readonly pieces: string[] = []
  private readonly scope = new Meanings()
  /** What stands already on an element above, in what was written. */
  private readonly rendered = new Meanings()

  constructor(form: CanonicalForm, without: readonly (XmlElement | null)[]) {
    this.form = form
    this.without = new Set(without)
  }

  text(): string {
    return this.pieces.join('')
  }

  /** Comments and instructions beside the root stand on lines of their own. */
  document({ nodes, root }: XmlDocument): void {
    const rootAt = nodes.indexOf(root)
    nodes.forEach((node, at) => {
      if (node.kind === 'comment' && !this.form.comments) return
      if (at > rootAt) this.pieces.push('\n')
      if (node === root) this.top(root)
      else this.node(node)
      if (at < rootAt) this.pieces.push('\n')
    })
  }

  top(element: XmlElement): void {
    const above: XmlElement[] = []
    for (let at = element.parent; at !== null; at = at.parent) above.unshift(at)
    for (const { declarations } of above) for (const { prefix, uri } of declarations) this.scope.push(prefix, uri)
    for (const { prefix, uri } of element.declarations) this.scope.push(prefix, uri)
    const { exclusive, inclusive = [] } = this.form
    const asked = exclusive ? [...used(element), ...inclusive] : this.scope.prefixes()
    this.element(element, asked, exclusive ? [] : inherited(element, above))
  }

  private node(node: XmlNode): void {
    switch (node.kind) {
      case 'text':
        this.pieces.push(escapedText(node.value))
        return
      case 'comment':
        if (this.form.comments) this.pieces.push('<!--', node.value, '-->')
        return
      case 'instruction':
        this.pieces.push('<?', node.target, node.value === '' ? '' : ` ${node.value}`, '?>')
        return
      case 'element':
        if (!this.without.has(node)) this.inner(node)
    }
  }

  /** Below the top only what is used, or newly declared, can be missing above. */
  private inner(element: XmlElement): void {
    const declared = element.declarations.map(({ prefix }) => prefix)
    for (const { prefix, uri } of element.declarations) this.scope.push(prefix, uri)
    const { exclusive, inclusive } = this.form
    const asked = !exclusive
      ? declared
      : inclusive
        ? [...used(element), ...declared.filter((one) => inclusive.includes(one))]
        : used(element)
    this.element(element, asked, [])
    for (const prefix of declared) this.scope.pop(prefix)
  }

  private element(element: XmlElement, asked: Iterable<string>, inherited: readonly XmlAttribute[]): void {
    const shown = this.shown(asked)
    const name = element.prefix === '' ? element.local : `${element.prefix}:${element.local}`
    this.pieces.push('<', name)
    for (const [prefix, uri] of shown) {
      this.rendered.push(prefix, uri)
      this.pieces.push(prefix === '' ? ' xmlns' : ` xmlns:${prefix}`, '="', escapedValue(uri), '"')
    }
    for (const one of [...element.attributes, ...inherited].sort(byName))
      this.pieces.push(' ', one.prefix === '' ? one.local : `${one.prefix}:${one.local}`, '="', escapedValue(one.value), '"')
    this.pieces.push('>')
    for (const child of element.children) this.node(child)
    this.pieces.push('</', name, '>')
    for (const [prefix] of shown) this.rendered.pop(prefix)
  }

  /** The namespaces that an element has to declare, in the order of their prefixes. */
  private shown(asked: Iterable<string>): (readonly [prefix: string, uri: string])[] {
    const found = new Map<string, string>()
    for (const prefix of asked) {
      const uri = this.scope.get(prefix) ?? (prefix === '' ? '' : undefined)
      if (prefix === 'xml' || uri === undefined || (this.rendered.get(prefix) ?? '') === uri) continue
      if (uri !== '' && !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(uri)) throw new XmlRefused('malformed', `namespace ${uri} is relative`)
      found.set(prefix, uri)
    }
    return [...found].sort(([a], [b]) => compared(a, b))
  }
}

function used(element: XmlElement): Set<string> {
  const prefixes = new Set([element.prefix])
  for (const one of element.attributes) if (one.prefix !== '') prefixes.add(one.prefix)
  return prefixes
}

/** `xml:lang` and its like of the elements above, the nearest first (Canonical XML 1.0, 2.4). */
function inherited(element: XmlElement, above: readonly XmlElement[]): XmlAttribute[] {
  const found: XmlAttribute[] = []
  for (const { attributes } of [...above].reverse())
    found.push(...attributes.filter((one) => one.namespace === xmlNamespace && isNew(one, [...element.attributes, ...found])))
  return found
}

const isNew = (one: XmlAttribute, known: readonly XmlAttribute[]) =>
  !known.some(({ namespace, local }) => namespace === one.namespace && local === one.local)

const byName = (a: XmlAttribute, b: XmlAttribute) => compared(a.namespace, b.namespace) || compared(a.local, b.local)

/** By code points, as the recommendation orders: JavaScript compares halves of surrogate pairs. */
function compared(a: string, b: string): number {
  if (a === b) return 0
  const astral = /[\ud800-\udfff]/
  if (astral.test(a) || astral.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b))
  return a < b ? -1 : 1
}

const textSigns: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' }
const valueSigns: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
}

export const escapedText = (text: string): string => text.replaceAll(/[&<>\r]/g, (sign) => textSigns[sign] ?? sign)
export const escapedValue = (text: string): string => text.replaceAll(/[&<"\t\n\r]/g, (sign) => valueSigns[sign] ?? sign)
