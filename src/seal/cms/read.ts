import { type Der, Fields, inside, membersOf, readDer } from '../der/read.ts'
import { DerRefused } from '../der/refused.ts'
import { explicit, implicit, tags } from '../der/tags.ts'
import { hex, integerBytes, octetsOf, oidOf, smallOf } from '../der/values.ts'
import { type Attribute, readAttributes } from './attributes.ts'
import { oids } from './identifiers.ts'

/** SignedData (RFC 5652, section 5), read strictly. Nothing in it is believed yet: see `verify.ts`. */
export interface Cms {
  readonly der: Uint8Array
  /** OID of what is signed; a document is `data`. */
  readonly contentType: string
  /** What is signed, where it travels inside; null: detached. */
  readonly content: Uint8Array | null
  /** DER of each certificate that travels with it. */
  readonly certificates: readonly Uint8Array[]
  /** DER of each list of revocations. */
  readonly revocations: readonly Uint8Array[]
  /** At least one. */
  readonly signers: readonly SignerInfo[]
}

export interface SignerInfo {
  readonly der: Uint8Array
  readonly signer: SignerId
  /** AlgorithmIdentifiers as they stand. */
  readonly digestAlgorithm: Der
  readonly signatureAlgorithm: Der
  readonly signed: readonly Attribute[]
  /** The octets that are signed: the attributes as a DER SET OF. */
  readonly signedBytes: Uint8Array
  readonly signature: Uint8Array
  readonly unsigned: readonly Attribute[]
}

export type SignerId =
  | {
      readonly kind: 'issuerAndSerial'
      /** DER of the Name. */
      readonly issuer: Uint8Array
      /** Hex of the number's octets, as `Certificate.serial`. */
      readonly serial: string
    }
  /** Hex, as `Certificate.subjectKeyId`. */
  | { readonly kind: 'subjectKey'; readonly id: string }

/** More signers or certificates than any document has: each costs arithmetic. */
const most = { signers: 32, certificates: 64 }

/**
 * The signature in these octets (DER, or PEM as a file has it) or this text (PEM or bare base64, as NCALayer gives it); null: damaged. BER and
 * a signer without signed attributes are damaged too: without them the same signature would fit two contents (RFC 5652, 11; Strenzke 2023).
 */
export function readCms(given: Uint8Array | string): Cms | null {
  try {
    return parseCms(derOf(given))
  } catch (cause) {
    if (cause instanceof DerRefused) return null
    throw cause
  }
}

/** Throws DerRefused with what is wrong. */
export function parseCms(der: Uint8Array): Cms {
  const own = Uint8Array.from(der)
  const outer = new Fields(readDer(own, tags.sequence))
  if (oidOf(outer.next()) !== oids.signedData) throw new DerRefused('No SignedData.')
  const fields = new Fields(inside(outer.next(explicit(0)), tags.sequence))
  outer.end()
  const version = smallOf(fields.next())
  if (version < 1 || version > 5 || version === 2) throw new DerRefused('A version of SignedData that there is not.')
  for (const algorithm of membersOf(fields.next(), tags.set)) oidOf(new Fields(algorithm).next())
  const { contentType, content } = readContent(fields.next())
  const certificates = kept(fields.optional(explicit(0)))
  const revocations = kept(fields.optional(explicit(1)))
  const signers = membersOf(fields.next(), tags.set)
  fields.end()
  if (signers.length === 0) throw new DerRefused('Nobody signed.')
  if (signers.length > most.signers || certificates.length > most.certificates) throw new DerRefused('More signers than a document has.')
  return { der: own, contentType, content, certificates, revocations, signers: signers.map(readSigner) }
}

/** Certificates and lists in their plain form; others (attribute certificates, foreign formats) prove nothing here and are left. */
function kept(set: Der | null): Uint8Array[] {
  if (set === null) return []
  return membersOf(set)
    .filter(({ tag }) => tag === tags.sequence)
    .map(({ bytes }) => bytes)
}

function readContent(value: Der): Pick<Cms, 'contentType' | 'content'> {
  const fields = new Fields(value)
  const contentType = oidOf(fields.next())
  const wrapped = fields.optional(explicit(0))
  fields.end()
  return { contentType, content: wrapped === null ? null : octetsOf(inside(wrapped)) }
}

function readSigner(value: Der): SignerInfo {
  const fields = new Fields(value)
  const version = smallOf(fields.next())
  const signer = readSignerId(fields.next())
  if (version !== (signer.kind === 'issuerAndSerial' ? 1 : 3)) throw new DerRefused('The version of a signer does not fit its name.')
  const digestAlgorithm = fields.next(tags.sequence)
  const attributes = fields.optional(explicit(0))
  if (attributes === null) throw new DerRefused('A signer without signed attributes.')
  const signatureAlgorithm = fields.next(tags.sequence)
  const signature = octetsOf(fields.next())
  const unsigned = fields.optional(explicit(1))
  fields.end()
  return {
    der: value.bytes,
    signer,
    digestAlgorithm,
    signatureAlgorithm,
    ...readSigned(attributes),
    signature,
    unsigned: unsigned === null ? [] : readAttributes(unsigned, [oids.countersignature]),
  }
}

function readSigned(attributes: Der): Pick<SignerInfo, 'signed' | 'signedBytes'> {
  const signed = readAttributes(attributes)
  inOrder(signed.map(({ der }) => der))
  const signedBytes = Uint8Array.from(attributes.bytes)
  // Signed is the SET OF itself, not the `[0]` that stands for its tag in the message (RFC 5652, 5.4).
  signedBytes[0] = tags.set
  return { signed, signedBytes }
}

/** A DER SET OF. A signer that left another order signed octets that other readers would not sign again. */
function inOrder(values: readonly Uint8Array[]): void {
  values.reduce((before, value) => {
    if (Buffer.compare(before, value) >= 0) throw new DerRefused('A set that is not in the order of DER.')
    return value
  }, new Uint8Array(0))
}

function readSignerId(value: Der): SignerId {
  if (value.tag === implicit(0)) return { kind: 'subjectKey', id: hex(value.content) }
  const fields = new Fields(value)
  const issuer = fields.next(tags.sequence)
  const serial = hex(integerBytes(fields.next()))
  fields.end()
  return { kind: 'issuerAndSerial', issuer: issuer.bytes, serial }
}

/** One block and nothing beside it: of two, one reader would take the first and another the last. */
const armour = /^\s*-----BEGIN (CMS|PKCS7)-----([A-Za-z0-9+/=\s]+)-----END \1-----\s*$/

function derOf(given: Uint8Array | string): Uint8Array {
  const isText = typeof given === 'string' || given[0] === 0x2d
  if (!isText) return given
  const text = typeof given === 'string' ? given : Buffer.from(given).toString('latin1')
  const body = (armour.exec(text)?.[2] ?? text).replaceAll(/\s/g, '')
  const bytes = Buffer.from(body, 'base64')
  // Node passes over what is no base64; a text that does not come back is none.
  if (bytes.toString('base64').replaceAll('=', '') !== body.replaceAll('=', '')) throw new DerRefused('No base64.')
  return bytes
}
