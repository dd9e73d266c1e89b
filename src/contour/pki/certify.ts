import { createHash, randomBytes } from 'node:crypto'
import { algorithmIdentifier } from '../../seal/algorithms/identifiers.ts'
import type { PrivateKey } from '../../seal/algorithms/keys.ts'
import { signBytes } from '../../seal/algorithms/verify.ts'
import { type Certificate, parseCertificate } from '../../seal/certificates/certificate.ts'
import { attributeIds } from '../../seal/certificates/name.ts'
import { type ExtendedUsage, extendedUsages, type KeyUsage, keyStorage, keyUsages } from '../../seal/certificates/usages.ts'
import { Fields, readDer } from '../../seal/der/read.ts'
import { wholeBits } from '../../seal/der/values.ts'
import * as der from '../../seal/der/write.ts'
import type { Holder } from './people.ts'

/** A certificate as it is wished for; the test authority refuses nothing, wrong ones are what it is for. */
export interface CertificateWish {
  readonly subject: Holder | { readonly commonName: string }
  readonly spki: Uint8Array
  /** RFC 3339. */
  readonly from: string
  readonly until: string
  readonly use: 'root' | 'authority' | 'sign' | 'signIn' | 'ocsp' | 'tsa'
  readonly urls?: CertificateUrls
  /** Signs it. Without a certificate: by itself. */
  readonly issuer: { readonly key: PrivateKey; readonly certificate?: Certificate }
  /** Instead of the algorithm of the issuer's key: one that must not be believed, made by `signAs`. */
  readonly weak?: (data: Uint8Array) => { readonly identifier: Uint8Array; readonly signature: Uint8Array }
  /** More or other extensions, whole, for tests of what must be refused. */
  readonly extensions?: readonly Uint8Array[]
}

export interface CertificateUrls {
  readonly crl: string
  readonly ocsp: string
  readonly issuer: string
  readonly tsp: string
}

export async function certify(wish: CertificateWish): Promise<Certificate> {
  const { issuer, weak } = wish
  const algorithm = weak === undefined ? algorithmIdentifier(issuer.key.algorithm) : weak(new Uint8Array(0)).identifier
  const subject = nameOf(wish.subject)
  const body = der.sequence(
    der.tagged(0, der.whole(2)),
    der.integer(newSerial()),
    algorithm,
    issuer.certificate?.subject.der ?? subject,
    der.sequence(der.time(Temporal.Instant.from(wish.from)), der.time(Temporal.Instant.from(wish.until))),
    subject,
    wish.spki,
    der.tagged(3, der.sequence(...extensionsOf(wish), ...(wish.extensions ?? []))),
  )
  const signature = weak === undefined ? await signBytes(issuer.key, body) : weak(body).signature
  return parseCertificate(der.sequence(body, algorithm, der.bits(signature)))
}

/** The first bit unset and the next set: always positive, always twenty bytes, as the national certificates have them. */
const newSerial = (): Uint8Array => randomBytes(20).map((byte, at) => (at === 0 ? (byte & 0x3f) | 0x40 : byte))

/** One attribute to each relative name, in the order of the national certificates. */
function nameOf(subject: CertificateWish['subject']): Buffer {
  const attribute = (id: string, value: Buffer): Buffer => der.set(der.sequence(der.oid(id), value))
  const country = attribute(attributeIds.country, der.printable('KZ'))
  if ('commonName' in subject) return der.sequence(attribute(attributeIds.commonName, der.utf8(subject.commonName)), country)
  const { surname, name, patronymic, iin, organisation, bin } = subject
  const text = (id: string, value: string | undefined): Buffer[] => (value === undefined ? [] : [attribute(id, der.utf8(value))])
  return der.sequence(
    ...text(attributeIds.commonName, `${surname} ${name}`),
    ...text(attributeIds.surname, surname),
    attribute(attributeIds.serialNumber, der.printable(`IIN${iin}`)),
    country,
    ...text(attributeIds.givenName, patronymic),
    ...text(attributeIds.organisation, organisation),
    ...text(attributeIds.unit, bin && `BIN${bin}`),
  )
}

export function extension(oid: string, value: Uint8Array, critical = false): Buffer {
  return der.sequence(der.oid(oid), ...(critical ? [der.yes()] : []), der.octets(value))
}

function extensionsOf({ use, spki, issuer, subject, urls }: CertificateWish): Buffer[] {
  const isAuthority = use === 'root' || use === 'authority'
  const own = keyIdOf(spki)
  const by = issuer.certificate?.subjectKeyId
  const usages = extendedOf(use, subject)
  return [
    ...(isAuthority ? [extension('2.5.29.19', der.sequence(der.yes(), ...(use === 'authority' ? [der.whole(0)] : [])), true)] : []),
    extension('2.5.29.15', usageBits(use, issuer.key), true),
    // RFC 3161 (2.3): a time-stamping certificate has this one usage, and it is critical.
    ...(usages.length > 0
      ? [extension('2.5.29.37', der.sequence(...usages.map((one) => der.oid(extendedUsages[one]))), use === 'tsa')]
      : []),
    extension('2.5.29.14', der.octets(own)),
    ...(by == null ? [] : [extension('2.5.29.35', der.sequence(der.taggedBytes(0, Buffer.from(by, 'hex'))))]),
    extension('2.5.29.32', der.sequence(der.sequence(der.oid(use === 'root' ? '1.2.398.3.1.2' : '1.2.398.3.3.2')))),
    ...(urls === undefined ? [] : placesOf(urls)),
    ...(use === 'ocsp' ? [extension('1.3.6.1.5.5.7.48.1.5', der.nothing())] : []),
    ...(use === 'sign' || use === 'signIn' ? [extension(keyStorage.extension, der.sequence(der.oid(keyStorage.pkcs12)))] : []),
  ]
}

function placesOf({ crl, ocsp, issuer, tsp }: CertificateUrls): Buffer[] {
  const url = (text: string): Buffer => der.taggedBytes(6, Buffer.from(text, 'latin1'))
  const access = (method: string, text: string): Buffer => der.sequence(der.oid(method), url(text))
  return [
    extension('2.5.29.31', der.sequence(der.sequence(der.tagged(0, der.tagged(0, url(crl)))))),
    extension('1.3.6.1.5.5.7.1.1', der.sequence(access('1.3.6.1.5.5.7.48.1', ocsp), access('1.3.6.1.5.5.7.48.2', issuer))),
    extension('1.3.6.1.5.5.7.1.11', der.sequence(access('1.3.6.1.5.5.7.48.3', tsp))),
  ]
}

function usageBits(use: CertificateWish['use'], { algorithm }: PrivateKey): Buffer {
  const isGost = algorithm.startsWith('gost2015')
  const named: Readonly<Record<CertificateWish['use'], readonly KeyUsage[]>> = {
    root: ['keyCertSign', 'cRLSign'],
    authority: ['keyCertSign', 'cRLSign'],
    // GOST keys of 2015 have keyAgreement too (03 C8).
    sign: ['digitalSignature', 'nonRepudiation', ...(isGost ? (['keyAgreement'] as const) : [])], // the literal, not any text
    signIn: ['digitalSignature', 'keyEncipherment', ...(isGost ? (['keyAgreement'] as const) : [])], // the literal, not any text
    ocsp: ['digitalSignature'],
    tsa: ['digitalSignature', 'nonRepudiation'],
  }
  return der.namedBits(named[use].map((bit) => keyUsages.indexOf(bit)))
}

function extendedOf(use: CertificateWish['use'], subject: CertificateWish['subject']): ExtendedUsage[] {
  if (use === 'ocsp') return ['ocspSigning']
  if (use === 'tsa') return ['timeStamping']
  if (use !== 'sign' && use !== 'signIn') return []
  const main = use === 'sign' ? 'signDocuments' : 'signIn'
  if ('commonName' in subject || subject.bin === undefined) return [main, 'individual']
  return [main, 'legalEntity', subject.standing ?? 'employee']
}

/** SHA-1 over the bits of the key (RFC 5280, 4.2.1.2, first method): a name for it, not a seal. */
export function keyIdOf(spki: Uint8Array): Buffer {
  const fields = new Fields(readDer(spki))
  fields.next()
  return createHash('sha1').update(wholeBits(fields.next())).digest()
}
