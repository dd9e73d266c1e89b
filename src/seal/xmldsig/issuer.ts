import { elementsOf, textOf, type XmlElement } from '../../xml/tree.ts'
import type { Certificate } from '../certificates/certificate.ts'
import { attributeIds } from '../certificates/name.ts'
import { refuse } from './verdict.ts'

/** Certificates that signatures may name by issuer and serial number, as the gateway's own does. */
export interface CertificateStore {
  readonly certificates: readonly Certificate[]
}

const labels: Readonly<Record<string, string>> = {
  CN: attributeIds.commonName,
  SURNAME: attributeIds.surname,
  SN: attributeIds.surname,
  SERIALNUMBER: attributeIds.serialNumber,
  C: attributeIds.country,
  L: attributeIds.locality,
  ST: attributeIds.state,
  S: attributeIds.state,
  O: attributeIds.organisation,
  OU: attributeIds.unit,
  G: attributeIds.givenName,
  GN: attributeIds.givenName,
  GIVENNAME: attributeIds.givenName,
  BUSINESSCATEGORY: attributeIds.businessCategory,
  E: attributeIds.email,
  EMAIL: attributeIds.email,
  EMAILADDRESS: attributeIds.email,
  DC: attributeIds.domainComponent,
}
/** Only what RFC 4514 knows by name; the others by number, as every reader understands them. */
const written: ReadonlyMap<string, string> = new Map(['CN', 'C', 'L', 'ST', 'O', 'OU', 'DC'].map((label) => [labels[label] ?? '', label]))

/** The certificate that an X509IssuerSerial names, if the store has exactly one. */
export function certificateBy(issuerSerial: XmlElement, store: CertificateStore): Certificate {
  const [name, number, ...more] = elementsOf(issuerSerial)
  if (name?.local !== 'X509IssuerName' || number?.local !== 'X509SerialNumber' || more.length > 0)
    return refuse('damaged', 'X509IssuerSerial')
  const serial = decimal(textOf(number).trim())
  const issuer = parsedName(textOf(name))
  const found = store.certificates.filter((one) => serialOf(one) === serial && isIssuer(one, issuer))
  const [only] = found
  return found.length === 1 && only !== undefined ? only : refuse('untrusted', 'no certificate of this issuer and serial number is known')
}

export const namesSame = (issuerSerial: XmlElement, certificate: Certificate): boolean => {
  const [name, number] = elementsOf(issuerSerial)
  if (name === undefined || number === undefined) return false
  return serialOf(certificate) === decimal(textOf(number).trim()) && isIssuer(certificate, parsedName(textOf(name)))
}

const decimal = (text: string): bigint => (/^-?\d{1,60}$/.test(text) ? BigInt(text) : refuse('damaged', 'X509SerialNumber is no number'))

/** A certificate's number is of two's complement: ones with the first bit set are negative, and Java prints them so. */
export function serialOf({ serial }: Certificate): bigint {
  return BigInt.asIntN(serial.length * 4, BigInt(`0x${serial}`))
}

type Attribute = readonly [oid: string, value: string]

/** Compared as a set: RFC 4514 turns the order around, not every writer does. */
function isIssuer({ issuer }: Certificate, said: readonly Attribute[]): boolean {
  const key = ([oid, value]: Attribute) => `${oid}=${folded(value)}`
  const ours = issuer.attributes.map(({ oid, value }) => key([oid, value])).sort()
  const theirs = said.map(key).sort()
  return ours.length === theirs.length && ours.every((one, at) => one === theirs[at])
}

/** Letters of either case and any number of spaces are the same name (RFC 5280, 7.1). */
const folded = (value: string): string => value.normalize('NFKC').toLowerCase().trim().replaceAll(/\s+/g, ' ')

/** A distinguished name as RFC 4514 (or the older 2253, or Windows with its quotation marks) writes it. */
function parsedName(text: string): Attribute[] {
  if (text.length > 2000) refuse('damaged', 'X509IssuerName is too long')
  const found: Attribute[] = []
  const one = /\s*(?:OID\.)?([A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)+)\s*=\s*("(?:[^"\\]|\\.)*"|(?:[^",;+\\]|\\.)*)(?:[,;+]|$)/gsy
  while (one.lastIndex < text.length) {
    const [, label = '', value = ''] = one.exec(text) ?? refuse('damaged', 'X509IssuerName cannot be read')
    const oid = /^\d/.test(label) ? label : (labels[label.toUpperCase()] ?? refuse('damaged', 'X509IssuerName has an unknown attribute'))
    found.push([oid, value.startsWith('#') ? encodedValue(value.slice(1).trim()) : unescaped(value)])
  }
  return found
}

function unescaped(value: string): string {
  const plain = value.startsWith('"') ? value.slice(1, -1) : value.replace(/(?<!\\)\s+$/, '')
  // Escaped bytes of UTF-8 come in runs: a letter may need two of them.
  const bytes = plain.replaceAll(/(?:\\[0-9A-Fa-f]{2})+/g, (run) => Buffer.from(run.replaceAll('\\', ''), 'hex').toString())
  return bytes.replaceAll(/\\(.)/gs, '$1')
}

/** `#13…`: the value as a string of DER with one byte of length, which is what names have. */
function encodedValue(hex: string): string {
  const bytes = Buffer.from(hex, 'hex')
  if (bytes.length * 2 !== hex.length || bytes.length < 2 || bytes[1] !== bytes.length - 2)
    return refuse('damaged', 'X509IssuerName has an unreadable value')
  return bytes[0] === 0x1e ? Buffer.from(bytes.subarray(2)).swap16().toString('utf16le') : bytes.subarray(2).toString()
}

/** The issuer of a certificate as RFC 4514 writes it. */
export function issuerText({ issuer }: Certificate): string {
  return [...issuer.attributes]
    .reverse()
    .map(({ oid, value }) => {
      const label = written.get(oid)
      return label === undefined ? `${oid}=#0c${derText(value)}` : `${label}=${escaped(value)}`
    })
    .join(',')
}

const derText = (value: string): string => {
  const bytes = Buffer.from(value)
  return Buffer.concat([Buffer.from([bytes.length]), bytes]).toString('hex')
}

const escaped = (value: string): string =>
  value
    .replaceAll(/[\\",;+<>=]/g, (sign) => `\\${sign}`)
    .replace(/^[ #]/, (sign) => `\\${sign}`)
    .replace(/ $/, '\\ ')
