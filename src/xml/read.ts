import { decodeXml, lineAt } from './decode.ts'
import { forbiddenAt, plainName, qualifiedName } from './names.ts'
import { XmlRefused } from './refused.ts'
import { type OpenElement, Scope } from './scope.ts'
import type { XmlDocument, XmlElement, XmlNode } from './tree.ts'

export interface XmlLimits {
  /** Of the whole document. */
  readonly bytes: number
  /** Elements inside one another. */
  readonly depth: number
  readonly elements: number
  /** Of one element, declarations of namespaces among them. */
  readonly attributes: number
  /** Comments, instructions and elements together with pieces of text. */
  readonly nodes: number
  /** Instructions are refused unless asked for: no message that we take has a use for them. */
  readonly instructions: boolean
}

/** Far above every message seen, and far below what one request may cost: 8 MiB are read in about 0.2 s. */
export const usualLimits: XmlLimits = { bytes: 8 << 20, depth: 64, elements: 100_000, attributes: 256, nodes: 300_000, instructions: false }

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/**
 * Reads somebody else's document: well-formed XML 1.0 with namespaces, in UTF-8, without a document type. No entity but the five and
 * references to characters is known, so nothing can expand; nothing outside is ever fetched.
 *
 * @throws XmlRefused for whatever does not keep to this
 */
export function readXml(bytes: Uint8Array, limits: Partial<XmlLimits> = {}): XmlDocument {
  const allowed = { ...usualLimits, ...limits }
  if (bytes.length > allowed.bytes) throw new XmlRefused('oversize', `more than ${allowed.bytes} bytes`)
  const { text, from } = decodeXml(bytes)
  return new Reader(text, from, allowed).document()
}

class Reader {
  private readonly text: string
  private readonly limits: XmlLimits
  private at: number
  private elements = 0
  private nodes = 0
  private readonly top: XmlNode[] = []
  private readonly open: OpenElement[] = []
  private root: XmlElement | null = null
  private readonly name = qualifiedName()
  private readonly target = plainName()
  private readonly scope: Scope

  constructor(text: string, from: number, limits: XmlLimits) {
    this.text = text
    this.at = from
    this.limits = limits
    this.scope = new Scope((detail) => this.malformed(detail))
  }

  document(): XmlDocument {
    while (this.at < this.text.length) {
      if (this.text[this.at] === '<') this.markup()
      else this.characters()
    }
    if (this.open.length > 0) this.malformed('the document ends inside an element')
    if (this.root === null) this.malformed('there is no element')
    return { root: this.root, nodes: this.top, text: this.text }
  }

  private markup(): void {
    const { text, at } = this
    const next = text[at + 1]
    if (next === '/') this.endTag()
    else if (next === '?') this.instruction()
    else if (next !== '!') this.startTag()
    else if (text.startsWith('<!--', at)) this.comment()
    else if (text.startsWith('<![CDATA[', at)) this.cdata()
    else if (/^<!DOCTYPE/i.test(text.slice(at, at + 9))) throw new XmlRefused('doctype', 'a document type is not taken', lineAt(text, at))
    else this.malformed('unknown markup')
  }

  private characters(): void {
    const until = this.text.indexOf('<', this.at)
    const raw = this.text.slice(this.at, until < 0 ? this.text.length : until)
    if (raw.includes(']]>')) this.malformed(']]> in text')
    const holder = this.open.at(-1)
    if (!holder && /[^ \t\n]/.test(raw)) this.malformed('text outside the root element')
    if (holder) this.addText(holder, this.expanded(raw))
    this.at += raw.length
  }

  private addText(holder: OpenElement, value: string): void {
    if (value === '') return
    const last = holder.children.at(-1)
    // One text however it was cut by CDATA: neighbours are joined, as canonical XML has them.
    if (last?.kind === 'text') holder.children[holder.children.length - 1] = { kind: 'text', value: last.value + value }
    else this.add({ kind: 'text', value })
  }

  private add(node: XmlNode): void {
    if (++this.nodes > this.limits.nodes) throw new XmlRefused('oversize', `more than ${this.limits.nodes} nodes`)
    const holder = this.open.at(-1)
    ;(holder ? holder.children : this.top).push(node)
  }

  private expanded(raw: string): string {
    if (!raw.includes('&')) return raw
    return raw.replace(/&(?:(#x[0-9A-Fa-f]{1,6}|#[0-9]{1,7}|[A-Za-z]{2,4});)?/g, (_, name: string | undefined) => {
      if (name === undefined) return this.malformed('an unknown entity, or & by itself')
      if (!name.startsWith('#'))
        return (Object.hasOwn(entities, name) ? entities[name] : undefined) ?? this.malformed(`unknown entity ${name}`)
      const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10)
      const sign = code <= 0x10ffff ? String.fromCodePoint(code) : '\0'
      return forbiddenAt(sign) < 0 ? sign : this.malformed(`&${name}; is no character of XML`)
    })
  }

  private startTag(): void {
    const start = this.at
    this.at++
    const [prefix, local] = this.qualified()
    if (++this.elements > this.limits.elements) throw new XmlRefused('oversize', `more than ${this.limits.elements} elements`)
    if (this.open.length >= this.limits.depth)
      throw new XmlRefused('oversize', `deeper than ${this.limits.depth}`, lineAt(this.text, start))
    const given = this.attributes()
    const parent = this.open.at(-1) ?? null
    if (parent === null && this.root !== null) this.malformed('a second root element')
    const isEmpty = this.text[this.at] === '/'
    this.at += isEmpty ? 2 : 1
    const element = this.scope.element(prefix, local, given, parent, { start, open: this.at, close: this.at, end: this.at })
    this.add(element)
    if (parent === null) this.root = element
    if (!isEmpty) this.open.push(element)
    else this.scope.leave(element)
  }

  /** Up to the `>` or `/>` that ends the tag. */
  private attributes(): [prefix: string, local: string, value: string][] {
    const found: [string, string, string][] = []
    for (;;) {
      const space = this.skipSpace()
      const sign = this.text[this.at]
      if (sign === '>' || (sign === '/' && this.text[this.at + 1] === '>')) return found
      if (!space) this.malformed('a tag that cannot be read')
      if (found.length >= this.limits.attributes)
        throw new XmlRefused('oversize', `more than ${this.limits.attributes} attributes`, lineAt(this.text, this.at))
      const [prefix, local] = this.qualified()
      this.skipSpace()
      if (this.text[this.at] !== '=') this.malformed('an attribute without a value')
      this.at++
      this.skipSpace()
      found.push([prefix, local, this.attributeValue()])
    }
  }

  private attributeValue(): string {
    const quote = this.text[this.at]
    if (quote !== '"' && quote !== "'") this.malformed('an attribute without quotation marks')
    const until = this.text.indexOf(quote, this.at + 1)
    if (until < 0) this.malformed('an attribute that does not end')
    const raw = this.text.slice(this.at + 1, until)
    if (raw.includes('<')) this.malformed('< in an attribute')
    const value = this.expanded(raw.replaceAll(/[\t\n]/g, ' '))
    this.at = until + 1
    return value
  }

  private endTag(): void {
    const close = this.at
    this.at += 2
    const [prefix, local] = this.qualified()
    this.skipSpace()
    if (this.text[this.at] !== '>') this.malformed('an end tag that cannot be read')
    this.at++
    const element = this.open.pop()
    if (!element || element.prefix !== prefix || element.local !== local) this.malformed(`${local} ends here and did not begin`)
    element.span.close = close
    element.span.end = this.at
    this.scope.leave(element)
  }

  private comment(): void {
    const until = this.text.indexOf('--', this.at + 4)
    if (until < 0 || this.text[until + 2] !== '>') this.malformed('a comment that does not end, or -- within it')
    this.add({ kind: 'comment', value: this.text.slice(this.at + 4, until) })
    this.at = until + 3
  }

  private cdata(): void {
    const holder = this.open.at(-1)
    const until = this.text.indexOf(']]>', this.at + 9)
    if (!holder || until < 0) this.malformed('CDATA outside of an element, or without end')
    this.addText(holder, this.text.slice(this.at + 9, until))
    this.at = until + 3
  }

  private instruction(): void {
    if (!this.limits.instructions) this.malformed('a processing instruction is not taken')
    this.target.lastIndex = this.at + 2
    const target = this.target.exec(this.text)?.[0]
    const until = this.text.indexOf('?>', this.at + 2)
    if (target === undefined || until < 0 || target.toLowerCase() === 'xml') this.malformed('an instruction that cannot be read')
    const rest = this.text.slice(this.at + 2 + target.length, until)
    if (rest !== '' && !/^[ \t\n]/.test(rest)) this.malformed('an instruction that cannot be read')
    this.add({ kind: 'instruction', target, value: rest.replace(/^[ \t\n]+/, '') })
    this.at = until + 2
  }

  private qualified(): [prefix: string, local: string] {
    this.name.lastIndex = this.at
    const found = this.name.exec(this.text)
    if (!found) return this.malformed('a name that is none')
    this.at += found[0].length
    if (this.text[this.at] === ':') this.malformed('a name with two colons')
    return [found[1] ?? '', found[2] ?? '']
  }

  private skipSpace(): boolean {
    const from = this.at
    for (;;) {
      const sign = this.text.charCodeAt(this.at)
      if (sign !== 0x20 && sign !== 0x0a && sign !== 0x09) return this.at > from
      this.at++
    }
  }

  private malformed(detail: string): never {
    throw new XmlRefused('malformed', detail, lineAt(this.text, this.at))
  }
}
