import { type Der, Fields, readDer } from '../der/read.ts'
import { DerRefused } from '../der/refused.ts'
import { explicit, tags } from '../der/tags.ts'
import { hex, integerBytes, namedBits, octetsOf, oidOf, smallOf, timeOf } from '../der/values.ts'
import * as der from '../der/write.ts'

/** RFC 3161: asking a time-stamping authority and reading what it says. The signature of the token is judged where CMS is (`src/seal/cms`). */
export interface TimestampRequest {
  /** AlgorithmIdentifier of the digest. */
  readonly digestAlgorithm: Uint8Array
  readonly digest: Uint8Array
  /** Dotted: under which policy; null leaves the choice. */
  readonly policy?: string | null
  /** Drawn anew for each question; binds the answer to it. */
  readonly nonce: Uint8Array
  /** Whether the authority's certificate is to come along: always for us, since evidence must stand alone. */
  readonly certificates?: boolean
}

export interface TimestampInfo {
  readonly policy: string
  /** AlgorithmIdentifier. */
  readonly digestAlgorithm: Uint8Array
  readonly digestAlgorithmId: string
  readonly digest: Uint8Array
  /** Hex. */
  readonly serial: string
  /** RFC 3339 with the fractions that the authority gave. */
  readonly at: string
  /** Hex. */
  readonly nonce: string | null
}

export type TimestampReading =
  /** `token` is a CMS SignedData over TSTInfo. */
  | { readonly kind: 'token'; readonly token: Uint8Array }
  /** PKIFailureInfo in words of RFC 3161 (2.4.2), or `rejected`. */
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'damaged' }

export function writeTimestampRequest({
  digestAlgorithm,
  digest,
  policy = null,
  nonce,
  certificates = true,
}: TimestampRequest): Uint8Array {
  return der.sequence(
    der.whole(1),
    der.sequence(digestAlgorithm, der.octets(digest)),
    ...(policy === null ? [] : [der.oid(policy)]),
    der.integer(nonce),
    ...(certificates ? [der.yes()] : []),
  )
}

const failures: Readonly<Record<number, string>> = {
  0: 'badAlg',
  2: 'badRequest',
  5: 'badDataFormat',
  14: 'timeNotAvailable',
  15: 'unacceptedPolicy',
  16: 'unacceptedExtension',
  17: 'addInfoNotAvailable',
  25: 'systemFailure',
}

export function readTimestampResponse(bytes: Uint8Array): TimestampReading {
  try {
    const whole = new Fields(readDer(Uint8Array.from(bytes), tags.sequence))
    const status = new Fields(whole.next(tags.sequence))
    const granted = smallOf(status.next()) <= 1
    status.optional(tags.sequence)
    const info = status.optional(tags.bits)
    status.end()
    if (!granted) return { kind: 'refused', why: (info && [...namedBits(info)].map((bit) => failures[bit])[0]) ?? 'rejected' }
    const token = whole.next(tags.sequence)
    whole.end()
    return { kind: 'token', token: token.bytes }
  } catch (cause) {
    if (cause instanceof DerRefused) return { kind: 'damaged' }
    throw cause
  }
}

/** The content of a token. Throws `DerRefused`. */
export function parseTimestampInfo(bytes: Uint8Array): TimestampInfo {
  const fields = new Fields(readDer(bytes, tags.sequence))
  if (smallOf(fields.next()) !== 1) throw new DerRefused('A version that there is not.')
  const policy = oidOf(fields.next())
  const imprint = readImprint(fields.next())
  const serial = hex(integerBytes(fields.next()))
  const at = timeOf(fields.next(tags.time), true)
  fields.optional(tags.sequence)
  fields.optional(tags.boolean)
  const nonce = fields.optional(tags.integer)
  fields.optional(explicit(0))
  fields.optional(explicit(1))
  fields.end()
  return { policy, ...imprint, serial, at, nonce: nonce && hex(integerBytes(nonce)) }
}

/** The authority's side: what is asked. null: malformed. */
export function readTimestampRequest(bytes: Uint8Array): (Required<TimestampRequest> & Pick<TimestampInfo, 'digestAlgorithmId'>) | null {
  try {
    const fields = new Fields(readDer(bytes, tags.sequence))
    if (smallOf(fields.next()) !== 1) return null
    const imprint = readImprint(fields.next())
    const policy = fields.optional(tags.oid)
    const nonce = fields.optional(tags.integer)
    const certificates = fields.optional(tags.boolean)
    fields.optional(explicit(0))
    fields.end()
    return {
      ...imprint,
      policy: policy && oidOf(policy),
      nonce: nonce ? integerBytes(nonce) : new Uint8Array(0),
      certificates: certificates !== null,
    }
  } catch (cause) {
    if (cause instanceof DerRefused) return null
    throw cause
  }
}

function readImprint(value: Der): Pick<TimestampInfo, 'digestAlgorithm' | 'digestAlgorithmId' | 'digest'> {
  const fields = new Fields(value)
  const algorithm = fields.next(tags.sequence)
  const digest = octetsOf(fields.next())
  fields.end()
  return { digestAlgorithm: algorithm.bytes, digestAlgorithmId: oidOf(new Fields(algorithm).next()), digest }
}
