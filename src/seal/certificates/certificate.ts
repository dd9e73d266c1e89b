import { createHash } from 'node:crypto'
import { type Der, Fields, inside, readDer } from '../der/read.ts'
import { DerRefused } from '../der/refused.ts'
import { explicit, implicit, tags } from '../der/tags.ts'
import { hex, integerBytes, oidOf, sameBytes, smallOf, timeOf, wholeBits } from '../der/values.ts'
import { type Extensions, readExtensions } from './extensions.ts'
import { type Holder, holderOf, type Name, readName } from './name.ts'
import { pemBlocks } from './pem.ts'
import { type ExtendedUsage, type KeyUsage, usageNames } from './usages.ts'

/** An X.509 certificate (RFC 5280), read strictly and frozen. What it says is not yet believed: see `path.ts`. */
export interface Certificate extends Extensions {
  readonly der: Uint8Array
  /** Hex SHA-256 of `der`. */
  readonly sha256: string
  /** The bytes that the issuer signed. */
  readonly signed: Uint8Array
  readonly version: 1 | 2 | 3
  /** Hex of the number's bytes as they stand in the certificate. */
  readonly serial: string
  readonly issuer: Name
  readonly subject: Name
  readonly holder: Holder
  /** RFC 3339, `…Z`. Both ends are inside. */
  readonly notBefore: string
  readonly notAfter: string
  /** SubjectPublicKeyInfo. */
  readonly spki: Uint8Array
  readonly keyAlgorithm: string
  /** The key itself, without its algorithm: what key ids and OCSP hash. */
  readonly keyBits: Uint8Array
  /** AlgorithmIdentifier, with its parameters. */
  readonly signatureAlgorithm: Uint8Array
  readonly signatureAlgorithmId: string
  readonly signature: Uint8Array
  /** The extended usages that have a name. */
  readonly usages: ReadonlySet<ExtendedUsage>
}

/** A certificate of the national centre has 1 to 3 KiB. */
const mostBytes = 64 * 1024

/** The certificate in these bytes, or the first in this PEM text; null: damaged. */
export function readCertificate(given: Uint8Array | string): Certificate | null {
  try {
    const der = typeof given === 'string' ? pemBlocks(given, 'CERTIFICATE')[0] : given
    return der === undefined ? null : parseCertificate(der)
  } catch (cause) {
    if (cause instanceof DerRefused) return null
    throw cause
  }
}

/** All certificates of a PEM text in their order; null where one of them is damaged. */
export function readCertificates(pem: string): Certificate[] | null {
  const read = pemBlocks(pem, 'CERTIFICATE').map(readCertificate)
  return read.every((one) => one !== null) ? read : null
}

/** Throws `DerRefused` with what is wrong. */
export function parseCertificate(der: Uint8Array): Certificate {
  if (der.length > mostBytes) throw new DerRefused('No certificate is so long.')
  // A copy: whoever keeps the model must not see it change with a buffer of the wire.
  const own = Uint8Array.from(der)
  const whole = new Fields(readDer(own, tags.sequence))
  const body = whole.next(tags.sequence)
  const algorithm = whole.next(tags.sequence)
  const signature = wholeBits(whole.next())
  whole.end()
  const read = readBody(body)
  // RFC 5280, 4.1.1.2: else the outer name, which nobody signed, would choose the arithmetic.
  if (!sameBytes(read.signatureAlgorithm, algorithm.bytes)) throw new DerRefused('Two different algorithms of one signature.')
  const sha256 = createHash('sha256').update(own).digest('hex')
  return Object.freeze({ der: own, sha256, signed: body.bytes, signature, ...read })
}

function readBody(body: Der): Omit<Certificate, 'der' | 'sha256' | 'signed' | 'signature'> {
  const fields = new Fields(body)
  const version = versionOf(fields.optional(explicit(0)))
  const serial = serialOf(fields.next())
  const algorithm = fields.next(tags.sequence)
  const issuer = readName(fields.next())
  const validity = new Fields(fields.next())
  const [notBefore, notAfter] = [timeOf(validity.next()), timeOf(validity.next())]
  validity.end()
  const subject = readName(fields.next())
  const key = fields.next(tags.sequence)
  if (version > 1) for (const n of [1, 2]) fields.optional(implicit(n))
  const list = version === 3 ? fields.optional(explicit(3)) : null
  fields.end()
  const extensions = readExtensions(list && inside(list, tags.sequence))
  return {
    ...extensions,
    version,
    serial,
    issuer,
    subject,
    holder: holderOf(subject),
    notBefore,
    notAfter,
    spki: key.bytes,
    ...readKey(key),
    signatureAlgorithm: algorithm.bytes,
    signatureAlgorithmId: algorithmId(algorithm),
    usages: new Set((extensions.extendedUsage ?? []).flatMap((oid) => usageNames.get(oid) ?? [])),
  }
}

/** Whether it is a key of its kind is judged where it is used; that it is one value and bits, here. */
function readKey(key: Der): Pick<Certificate, 'keyAlgorithm' | 'keyBits'> {
  const fields = new Fields(key)
  const keyAlgorithm = algorithmId(fields.next(tags.sequence))
  const keyBits = wholeBits(fields.next())
  fields.end()
  return { keyAlgorithm, keyBits }
}

const algorithmId = (algorithm: Der): string => oidOf(new Fields(algorithm).next())

function versionOf(value: Der | null): 1 | 2 | 3 {
  if (value === null) return 1
  const number = smallOf(inside(value))
  if (number !== 1 && number !== 2) throw new DerRefused('A version that there is not.')
  return number === 1 ? 2 : 3
}

/** RFC 5280 (4.1.2.2) allows twenty bytes; negative ones occur and are told apart by their bytes like any other. */
function serialOf(value: Der): string {
  const bytes = integerBytes(value)
  if (bytes.length > 21) throw new DerRefused('A serial number that is too long.')
  return hex(bytes)
}

/** Who signs what: bits 0 and 1 sign documents, 0 and 2 sign in (practice of the national centre). The extended usage must say the same where it is there. */
export function keyIsFor(certificate: Certificate): 'signing' | 'signIn' | 'neither' {
  const { keyUsage, extendedUsage, usages } = certificate
  const has = (bit: KeyUsage): boolean => keyUsage?.has(bit) ?? false
  if (has('keyCertSign') || certificate.isAuthority) return 'neither'
  if (has('digitalSignature') && has('nonRepudiation') && (extendedUsage === null || usages.has('signDocuments'))) return 'signing'
  if (has('digitalSignature') && usages.has('signIn')) return 'signIn'
  return 'neither'
}

/** Whether the moment (RFC 3339) lies inside the validity. */
export function validityAt({ notBefore, notAfter }: Certificate, at: string): 'valid' | 'expired' | 'notYetValid' {
  const moment = Date.parse(at)
  if (moment < Date.parse(notBefore)) return 'notYetValid'
  // The last second is inside whole.
  return moment >= Date.parse(notAfter) + 1000 ? 'expired' : 'valid'
}
