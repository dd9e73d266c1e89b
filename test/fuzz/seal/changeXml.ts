import type { Chance } from '../chance.ts'
import { mutateText } from '../mutate.ts'
import { mutateXml } from '../mutateXml.ts'

/** Places of a document, found by its marks: whoever forges one has no better reader than that. */
type Change = (chance: Chance, text: string, others: readonly string[]) => string

const utility = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd'
const dsig = 'http://www.w3.org/2000/09/xmldsig#'
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'

/** What an Algorithm may be said to be: taken ones in the wrong place, such as carry out what an enemy writes, such as need no key. */
const algorithms: readonly string[] = [
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315', 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments', exclusive, `${exclusive}WithComments`, 'http://www.w3.org/2006/12/xml-c14n11', 'http://www.w3.org/2010/xml-c14n2',
  `${dsig}enveloped-signature`, `${dsig}base64`, 'http://www.w3.org/TR/1999/REC-xpath-19991116', 'http://www.w3.org/2002/06/xmldsig-filter2', 'http://www.w3.org/TR/1999/REC-xslt-19991116', 'http://www.w3.org/2002/07/decrypt#XML',
  `${dsig}hmac-sha1`, 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256', `${dsig}rsa-sha1`, `${dsig}dsa-sha1`, 'http://www.w3.org/2001/04/xmldsig-more#rsa-md5', 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512', 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
  'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1', 'http://www.w3.org/2001/04/xmldsig-more#gost34310-gost34311', 'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34102015-gostr34112015-512', 'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34102015-gostr34112015-256',
  `${dsig}sha1`, 'http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2001/04/xmldsig-more#md5', 'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:gostr34112015-512', '', 'constructor', '__proto__',
] // biome-ignore format: kinds of names

const uris = ['', '#', '#x', '#id-evil', "#xpointer(/)", "#xpointer(id('x'))", 'http://127.0.0.1:9/x', 'file:///etc/passwd', 'cid:a', '../a.xml', '?', '%00'] // biome-ignore format: one line

const steps = [
  `<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>not(ancestor-or-self::iin)</ds:XPath></ds:Transform>`,
  `<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"><x:stylesheet xmlns:x="http://www.w3.org/1999/XSL/Transform" version="1.0"><x:template match="/"><x:copy-of select="document('file:///etc/passwd')"/></x:template></x:stylesheet></ds:Transform>`,
  `<ds:Transform Algorithm="${dsig}enveloped-signature"/>`,
  `<ds:Transform Algorithm="${exclusive}"><e:InclusiveNamespaces xmlns:e="${exclusive}" PrefixList="#default s u n"/></ds:Transform>`,
  `<ds:Transform Algorithm="${exclusive}"/>`.repeat(3),
]

interface Span {
  readonly from: number
  readonly until: number
}

/** An element by its name without prefix; the first where there are several. */
function elementNamed(text: string, local: string): Span | null {
  const start = new RegExp(`<((?:[\\w.-]+:)?${local})(?=[\\s/>])[^>]*>`).exec(text)
  if (start === null) return null
  if (start[0].endsWith('/>')) return { from: start.index, until: start.index + start[0].length }
  const end = text.indexOf(`</${start[1]}>`, start.index)
  return end < 0 ? null : { from: start.index, until: end + (start[1] ?? '').length + 3 }
}

const slice = (text: string, { from, until }: Span): string => text.slice(from, until)
const put = (text: string, { from, until }: Span, by: string): string => text.slice(0, from) + by + text.slice(until)
const oneOf = (chance: Chance, text: string, pattern: RegExp): Span | null => {
  const found = [...text.matchAll(pattern)]
  if (found.length === 0) return null
  const match = chance.pick(found)
  return { from: match.index, until: match.index + match[0].length }
}
const replacedOne = (chance: Chance, text: string, pattern: RegExp, by: (old: string) => string): string => {
  const span = oneOf(chance, text, pattern)
  return span === null ? text : put(text, span, by(slice(text, span)))
}
const evilOf = (element: string): string => element.replaceAll(/\d{12}/g, '900712499986').replaceAll('екінші', 'жоғары')

/** Signature wrapping: what was signed is moved somewhere, something like it stands in its place. */
const wrap: Change = (chance, text) => {
  const signed = elementNamed(text, chance.pick(['Body', 'data', 'iin', 'request', 'Envelope', 'SignedInfo']))
  if (signed === null) return text
  const element = slice(text, signed)
  const evil = chance.pick([(one: string) => one, (one: string) => one.replace(/ (?:wsu:)?Id="[^"]*"/, ''), (one: string) => one.replace(/Id="[^"]*"/, 'Id="id-evil"')])(evilOf(element))
  const moved = chance.pick([element, `<x xmlns="">${element}</x>`, `<ds:Object xmlns:ds="${dsig}">${element}</ds:Object>`])
  const inner = /^<[^>]*>/.exec(evil)?.[0].length ?? 0
  const ways = [
    () => put(text, signed, evil + moved),
    () => put(text, signed, moved + evil),
    () => put(text, signed, evil.slice(0, inner) + moved + evil.slice(inner)),
    () => put(text, signed, evil).replace(/(?=<\/(?:\w+:)?(?:Header|Signature|KeyInfo)>)/, () => moved),
    () => put(text, signed, evil).replace(/<(\w+:)?Header\/>/, () => `<s:Header>${moved}</s:Header>`),
    () => `<y>${put(text, signed, evil).replace(/^<\?xml[^>]*>\s*/, '')}${moved}</y>`,
  ]
  return chance.pick(ways)()
} // biome-ignore format: a way a line

const identifiers: Change = (chance, text) => {
  const id = /Id="([^"]+)"/.exec(text)?.[1] ?? 'x'
  const name = chance.pick(['Id', 'ID', 'id', 'xml:id', `xmlns:w="${utility}" w:Id`])
  return replacedOne(chance, text, /<[\w:]+(?=[\s/>])/g, (tag) => `${tag} ${name}="${id}"`)
}

const namespaces: Change = (chance, text) =>
  chance.pick([
    () => replacedOne(chance, text, /\sxmlns(?::\w+)?="[^"]*"/g, () => ''),
    () => replacedOne(chance, text, /(?<=\sxmlns(?::\w+)?=")[^"]*/g, () => chance.pick(['urn:evil', '', dsig, utility, 'http://schemas.xmlsoap.org/soap/envelope/'])),
    () => replacedOne(chance, text, /<[\w:]+(?=[\s/>])/g, (tag) => `${tag} xmlns${chance.pick(['', ':s', ':ds', ':u', ':n', ':wsu'])}="${chance.pick(['urn:evil', '', dsig, 'urn:d'])}"`),
    () => replacedOne(chance, text, /<\/?\w+:/g, (tag) => tag.replace(/\w+:/, chance.pick(['s:', 'n:', 'q:', ':', '']))),
    () => {
      const declared = oneOf(chance, text, /\sxmlns(?::\w+)?="[^"]*"/g)
      return declared === null ? text : replacedOne(chance, put(text, declared, ''), /<[\w:]+(?=[\s/>])/g, (tag) => tag + slice(text, declared))
    },
  ])() // biome-ignore format: a way a line

/** By name, as they are counted. */
export const xmlChanges: Readonly<Record<string, Change>> = {
  wrap,
  identifiers,
  namespaces,
  marks: (chance, text, others) => mutateXml(chance, text, others),
  comment: (chance, text) => replacedOne(chance, text, />[^<]+(?=<)/g, (value) => `${value.slice(0, 1 + chance.below(value.length))}<!--${chance.pick(['', ' c ', '-'])}-->${value.slice(1 + chance.below(value.length))}`),
  spelling: (chance, text) => replacedOne(chance, text, />[^<]+(?=<)/g, (value) => (chance.oneIn(2) ? `><![CDATA[${value.slice(1)}]]>` : `>${[...value.slice(1)].map((sign) => (chance.oneIn(3) ? `&#${sign.codePointAt(0)};` : sign)).join('')}`)),
  entity: (chance, text) => chance.pick([() => `<!DOCTYPE a [<!ENTITY e "850315399990">]>${text}`, () => replacedOne(chance, text, />[^<]+(?=<)/g, () => '>&e;'), () => text.replace(/\?>/, '?><!DOCTYPE a SYSTEM "http://127.0.0.1:9/">')])(),
  algorithm: (chance, text) => replacedOne(chance, text, /(?<=Algorithm=")[^"]*/g, () => chance.pick(algorithms)),
  reference: (chance, text) => replacedOne(chance, text, /(?<=URI=")[^"]*/g, () => chance.pick(uris)),
  transform: (chance, text) => replacedOne(chance, text, /<ds:Transform [^>]*>(?:.*?<\/ds:Transform>)?/g, (step) => chance.pick([() => '', () => step + step, () => chance.pick(steps), () => chance.pick(steps) + step, () => step + chance.pick(steps)])()),
  attribute: (chance, text) => replacedOne(chance, text, / [\w:]+="[^"]*"/g, (one) => chance.pick([() => one + one, () => '', () => one.replaceAll('"', "'"), () => one.replace('=', ' = '), () => `${one} a="1"`, () => one.replace(/="/, '="&#9;')])()),
  huge: (chance, text) => replacedOne(chance, text, />[^<]+(?=<)/g, () => `>${chance.pick(['A', ' ', '\n', '&#13;', '9', '<!---->', '<![CDATA[]]>', 'CN=', '\\', '"']).repeat(chance.pick([300, 5000, 60_000]))}`),
  space: (chance, text) => replacedOne(chance, text, />|(?<=[\w"])(?=\/?>)/g, (sign) => sign + chance.pick([' ', '\n', '\r\n', '\t', '&#13;', '\u0085', '\u00a0'])),
  value: (chance, text) => replacedOne(chance, text, />[^<]+(?=<)/g, (value) => `>${mutateText(chance, value.slice(1)).replaceAll(/[<&\0]/g, '')}`),
  base64: (chance, text) => replacedOne(chance, text, /(?<=>)[A-Za-z0-9+/=]{40,}(?=<)/g, (value) => { const bytes = Buffer.from(value, 'base64'); return chance.pick([() => bytes.reverse(), () => Buffer.concat([bytes.subarray(bytes.length >> 1), bytes.subarray(0, bytes.length >> 1)]), () => Buffer.alloc(bytes.length), () => Buffer.concat([bytes, Buffer.alloc(1)]), () => bytes.subarray(1), () => Buffer.concat([bytes.subarray(0, -1), Buffer.from([(bytes.at(-1) ?? 0) ^ 1])])])().toString('base64') }),
  splice: (chance, text, others) => {
    const name = chance.pick(['Signature', 'SignedInfo', 'SignatureValue', 'KeyInfo', 'Reference', 'Body', 'data'])
    const [own, other] = [elementNamed(text, name), chance.pick(others)]
    const theirs = elementNamed(other, name)
    return own === null || theirs === null ? text : put(text, own, slice(other, theirs))
  },
  signatures: (chance, text) => {
    const span = elementNamed(text, 'Signature')
    if (span === null) return text
    const signature = slice(text, span)
    return chance.pick([() => put(text, span, signature + signature), () => put(text, span, ''), () => put(text, span, `<x>${signature}</x>`), () => replacedOne(chance, put(text, span, ''), /<\/[\w:]+>/g, (tag) => tag + signature), () => put(text, span, signature.replace('</ds:Signature>', () => `<ds:Object>${signature}</ds:Object></ds:Signature>`))])()
  },
} // biome-ignore format: a change a line

const mostLength = 400_000

/** One to three changes of a signed document, and what they were. */
export function changeXml(
  chance: Chance,
  from: Buffer,
  others: readonly string[],
): { readonly bytes: Buffer; readonly changes: readonly string[] } {
  let text = String(from)
  const changes: string[] = []
  for (let turns = chance.oneIn(2) ? 1 : 2 + chance.below(2); turns > 0; turns--) {
    const name = chance.pick(Object.keys(xmlChanges))
    text = (xmlChanges[name]?.(chance, text, others) ?? text).slice(0, mostLength)
    changes.push(name)
  }
  return { bytes: Buffer.from(text), changes }
}
