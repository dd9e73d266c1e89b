import { type XmlAttribute, type XmlDeclaration, type XmlElement, type XmlNode, xmlNamespace, xmlnsNamespace } from './tree.ts'

/** An element while it is being read: its end and what it holds are not known yet. */
export interface OpenElement extends XmlElement {
  readonly children: XmlNode[]
  readonly span: { start: number; open: number; close: number; end: number }
}

/** Which prefix means what, at the place where a reader is. A stack for each prefix: looking one up costs the same at every depth. */
export class Scope {
  private readonly meanings = new Map<string, string[]>()
  private readonly refuse: (detail: string) => never

  constructor(refuse: (detail: string) => never) {
    this.refuse = refuse
  }

  /** Enters an element; `leave` it when it ends. */
  element(
    prefix: string,
    local: string,
    given: readonly (readonly [prefix: string, local: string, value: string])[],
    parent: XmlElement | null,
    span: OpenElement['span'],
  ): OpenElement {
    const declarations: XmlDeclaration[] = []
    const plain: (readonly [prefix: string, local: string, value: string])[] = []
    for (const one of given) {
      if (one[0] === 'xmlns') declarations.push(this.declared(one[1], one[2]))
      else if (one[0] === '' && one[1] === 'xmlns') declarations.push(this.declared('', one[2]))
      else plain.push(one)
    }
    if (new Set(declarations.map((one) => one.prefix)).size < declarations.length) this.refuse('a namespace is declared twice')
    for (const { prefix, uri } of declarations) this.stack(prefix).push(uri)
    const attributes = plain.map(([prefix, local, value]): XmlAttribute => {
      return { prefix, local, namespace: prefix === '' ? '' : this.meaning(prefix), value }
    })
    this.refuseTwice(attributes)
    return { kind: 'element', prefix, local, namespace: this.meaning(prefix), attributes, declarations, children: [], parent, span }
  }

  leave({ declarations }: XmlElement): void {
    for (const { prefix } of declarations) this.stack(prefix).pop()
  }

  private meaning(prefix: string): string {
    if (prefix === 'xml') return xmlNamespace
    if (prefix === 'xmlns') return this.refuse('nothing is named xmlns')
    return this.meanings.get(prefix)?.at(-1) ?? (prefix === '' ? '' : this.refuse(`prefix ${prefix} is not declared`))
  }

  private stack(prefix: string): string[] {
    const found = this.meanings.get(prefix)
    if (found) return found
    const fresh: string[] = []
    this.meanings.set(prefix, fresh)
    return fresh
  }

  private declared(prefix: string, uri: string): XmlDeclaration {
    if (prefix === 'xmlns' || uri === xmlnsNamespace) this.refuse('xmlns cannot be declared')
    if ((prefix === 'xml') !== (uri === xmlNamespace)) this.refuse('xml means one namespace, and only it does')
    if (prefix !== '' && uri === '') this.refuse(`prefix ${prefix} means nothing`)
    return { prefix, uri }
  }

  /** By expanded name: two prefixes of one namespace are the same attribute twice. */
  private refuseTwice(attributes: readonly XmlAttribute[]): void {
    if (attributes.length < 2) return
    const names = new Set(attributes.map(({ namespace, local }) => `${namespace} ${local}`))
    if (names.size < attributes.length) this.refuse('an attribute stands twice')
  }
}
