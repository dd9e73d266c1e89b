import { createHash } from 'node:crypto'
import { type Der, Fields, inside, membersOf, readDer } from '../der/read.ts'
import { DerRefused } from '../der/refused.ts'
import { explicit, implicit, tags } from '../der/tags.ts'
import { hex, integerBytes, octetsOf, oidOf, sameBytes, smallOf, timeOf, wholeBits } from '../der/values.ts'
import * as der from '../der/write.ts'
import { type Certificate, parseCertificate } from './certificate.ts'
import { readExtensionList } from './extensions.ts'
import { type RevocationReason, reasonOf } from './status.ts'

/** OCSP (RFC 6960) as the national responder and ours speak it: one certificate to a question, CertID by SHA-256, a nonce (RFC 9654). */
export const ocspIds = {
  basic: '1.3.6.1.5.5.7.48.1.1',
  nonce: '1.3.6.1.5.5.7.48.1.2',
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
} as const

/** Names a certificate to a responder. */
export interface CertId {
  readonly hash: 'sha1' | 'sha256'
  /** Hex. */
  readonly issuerName: string
  readonly issuerKey: string
  readonly serial: string
}

export interface SingleAnswer {
  /** null: by a digest that we do not compute. */
  readonly id: CertId | null
  readonly status:
    | { readonly kind: 'good' | 'unknown' }
    | { readonly kind: 'revoked'; readonly since: string; readonly reason: RevocationReason }
  readonly thisUpdate: string
  readonly nextUpdate: string | null
}

export interface OcspResponse {
  readonly der: Uint8Array
  readonly signed: Uint8Array
  readonly signatureAlgorithm: Uint8Array
  readonly signature: Uint8Array
  /** Who answered: a name in DER, or SHA-1 of the key in hex. */
  readonly responder: { readonly name: Uint8Array } | { readonly key: string }
  readonly producedAt: string
  readonly answers: readonly SingleAnswer[]
  /** Hex. */
  readonly nonce: string | null
  readonly certificates: readonly Certificate[]
  readonly unknownCritical: boolean
}

/** OCSPResponseStatus other than successful: the responder did not answer the question. */
export type OcspRefusal = 'malformedRequest' | 'internalError' | 'tryLater' | 'sigRequired' | 'unauthorized' | 'unknownStatus'

export type OcspReading =
  | { readonly kind: 'answer'; readonly response: OcspResponse }
  | { readonly kind: 'refused'; readonly by: OcspRefusal }
  | { readonly kind: 'damaged' }

export function certIdOf(certificate: Pick<Certificate, 'serial'>, issuer: Certificate, hash: CertId['hash'] = 'sha256'): CertId {
  const digest = (bytes: Uint8Array): string => createHash(hash).update(bytes).digest('hex')
  return { hash, issuerName: digest(issuer.subject.der), issuerKey: digest(issuer.keyBits), serial: certificate.serial }
}

export function writeCertId({ hash, issuerName, issuerKey, serial }: CertId): Buffer {
  const hexOctets = (text: string): Buffer => der.octets(Buffer.from(text, 'hex'))
  const number = der.element(tags.integer, Buffer.from(serial, 'hex'))
  return der.sequence(der.sequence(der.oid(ocspIds[hash]), der.nothing()), hexOctets(issuerName), hexOctets(issuerKey), number)
}

/** @param nonce 1 to 128 bytes, drawn anew for each question (RFC 9654: 32) */
export function ocspRequest(id: CertId, nonce: Uint8Array): Uint8Array {
  const extension = der.sequence(der.oid(ocspIds.nonce), der.octets(der.octets(nonce)))
  return der.sequence(der.sequence(der.sequence(der.sequence(writeCertId(id))), der.tagged(2, der.sequence(extension))))
}

/** The responder's side: what is asked. null: malformed. */
export function readOcspRequest(bytes: Uint8Array): { readonly ids: readonly (CertId | null)[]; readonly nonce: Uint8Array | null } | null {
  return unlessDamaged(() => {
    const whole = new Fields(readDer(bytes, tags.sequence))
    const fields = new Fields(whole.next(tags.sequence))
    fields.optional(explicit(0))
    fields.optional(explicit(1))
    const ids = membersOf(fields.next(tags.sequence)).map((one) => readCertId(new Fields(one).next(tags.sequence)))
    const list = fields.optional(explicit(2))
    fields.end()
    const nonce = list && readExtensionList(inside(list, tags.sequence)).find(({ oid }) => oid === ocspIds.nonce)
    return { ids, nonce: nonce ? octetsOf(readDer(nonce.value)) : null }
  })
}

export function readOcspResponse(bytes: Uint8Array): OcspReading {
  return unlessDamaged(() => parseResponse(Uint8Array.from(bytes))) ?? { kind: 'damaged' }
}

function unlessDamaged<Read>(read: () => Read): Read | null {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof DerRefused) return null
    throw cause
  }
}

const refusals: Readonly<Record<number, OcspRefusal>> = {
  1: 'malformedRequest',
  2: 'internalError',
  3: 'tryLater',
  5: 'sigRequired',
  6: 'unauthorized',
}

function parseResponse(bytes: Uint8Array): OcspReading {
  const whole = new Fields(readDer(bytes, tags.sequence))
  const status = smallOf(whole.next(), tags.enumerated)
  if (status !== 0) return { kind: 'refused', by: refusals[status] ?? 'unknownStatus' }
  const outer = new Fields(inside(whole.next(explicit(0)), tags.sequence))
  whole.end()
  if (oidOf(outer.next()) !== ocspIds.basic) throw new DerRefused('An answer of another form.')
  const basic = new Fields(readDer(octetsOf(outer.next()), tags.sequence))
  outer.end()
  const data = basic.next(tags.sequence)
  const algorithm = basic.next(tags.sequence)
  const signature = wholeBits(basic.next())
  const list = basic.optional(explicit(0))
  basic.end()
  const certificates =
    list === null
      ? []
      : membersOf(inside(list, tags.sequence))
          .slice(0, 8)
          .map((one) => parseCertificate(one.bytes))
  return {
    kind: 'answer',
    response: Object.freeze({
      der: bytes,
      signed: data.bytes,
      signatureAlgorithm: algorithm.bytes,
      signature,
      certificates,
      ...parseData(data),
    }),
  }
}

function parseData(data: Der): Pick<OcspResponse, 'responder' | 'producedAt' | 'answers' | 'nonce' | 'unknownCritical'> {
  const fields = new Fields(data)
  fields.optional(explicit(0))
  const by = fields.next()
  const responder = by.tag === explicit(1) ? { name: inside(by).bytes } : { key: hex(octetsOf(inside(asKey(by)))) }
  const producedAt = timeOf(fields.next(), true)
  const answers = membersOf(fields.next(tags.sequence)).map(parseSingle)
  const list = fields.optional(explicit(1))
  fields.end()
  const extensions = list === null ? [] : readExtensionList(inside(list, tags.sequence))
  const nonce = extensions.find(({ oid }) => oid === ocspIds.nonce)
  return {
    responder,
    producedAt,
    answers,
    nonce: nonce === undefined ? null : hex(octetsOf(readDer(nonce.value))),
    unknownCritical: extensions.some(({ oid, critical }) => critical && oid !== ocspIds.nonce),
  }
}

function asKey(by: Der): Der {
  if (by.tag !== explicit(2)) throw new DerRefused('A responder without a name.')
  return by
}

function parseSingle(value: Der): SingleAnswer {
  const fields = new Fields(value)
  const id = readCertId(fields.next(tags.sequence))
  const status = statusOf(fields.next())
  const thisUpdate = timeOf(fields.next(), true)
  const next = fields.optional(explicit(0))
  const list = fields.optional(explicit(1))
  fields.end()
  const strange = list !== null && readExtensionList(inside(list, tags.sequence)).some(({ critical }) => critical)
  return { id: strange ? null : id, status, thisUpdate, nextUpdate: next && timeOf(inside(next), true) }
}

function statusOf(value: Der): SingleAnswer['status'] {
  if (value.tag === implicit(0) && value.content.length === 0) return { kind: 'good' }
  if (value.tag === implicit(2) && value.content.length === 0) return { kind: 'unknown' }
  const fields = new Fields(value, explicit(1))
  const since = timeOf(fields.next(), true)
  const reason = fields.optional(explicit(0))
  fields.end()
  return { kind: 'revoked', since, reason: reason === null ? 'unspecified' : reasonOf(smallOf(inside(reason), tags.enumerated)) }
}

function readCertId(value: Der): CertId | null {
  const fields = new Fields(value)
  const algorithm = oidOf(new Fields(fields.next()).next())
  const [issuerName, issuerKey] = [hex(octetsOf(fields.next())), hex(octetsOf(fields.next()))]
  const serial = hex(integerBytes(fields.next()))
  fields.end()
  const hash = algorithm === ocspIds.sha256 ? 'sha256' : algorithm === ocspIds.sha1 ? 'sha1' : null
  return hash && { hash, issuerName, issuerKey, serial }
}

export const sameCertId = (one: CertId, other: CertId): boolean =>
  one.hash === other.hash && one.issuerName === other.issuerName && one.issuerKey === other.issuerKey && one.serial === other.serial

/** Whether this certificate is the one that the response names as its author. */
export function isResponder({ responder }: OcspResponse, certificate: Certificate): boolean {
  if ('name' in responder) return sameBytes(responder.name, certificate.subject.der)
  return createHash('sha1').update(certificate.keyBits).digest('hex') === responder.key
}
