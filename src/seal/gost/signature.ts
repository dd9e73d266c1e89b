import { createHash, randomBytes } from 'node:crypto'
import { type Curve, type CurveName, curves, pointsOf } from './curves.ts'
import { type Affine, inverse, sumOf } from './sums.ts'

/**
 * GOST 34.10-2012 (RFC 7091) over digests, in the octet order of certificates of Kazakhstan: the digest is a little-endian number, a signature is
 * r then s, a public key x then y, each little-endian and as long as the field. GOST 34.310-2004 is the same with 256 bits.
 */

/** Octets of a coordinate, a scalar and a half of a signature. */
export function widthOf(curve: CurveName): number {
  return curves[curve].bits / 8
}

/** A private key: the scalar d, little-endian, drawn evenly from 1…q-1. */
export function newScalar(name: CurveName): Uint8Array {
  return littleEndian(inRange(randomBytes(widthOf(name) + 16), curves[name].q), widthOf(name))
}

/** x‖y of the public key. Throws RangeError where `scalar` is not in 1…q-1. */
export function publicPoint(name: CurveName, scalar: Uint8Array): Uint8Array {
  const { x, y } = pointsOf(name).BASE.multiply(scalarOf(name, scalar)).toAffine()
  return pair(x, y, widthOf(name))
}

/**
 * r‖s. k is hedged: from the key, the digest and fresh random octets together, so that neither a weak source of chance nor a repeated digest
 * gives a key away. Throws RangeError where `scalar` is not in 1…q-1.
 */
export function signDigest(name: CurveName, scalar: Uint8Array, digest: Uint8Array): Uint8Array {
  const { q } = curves[name]
  const d = scalarOf(name, scalar)
  for (;;) {
    const seed = createHash('shake256', { outputLength: widthOf(name) + 16 })
    const k = inRange(seed.update('qyzmet gost k').update(scalar).update(digest).update(randomBytes(64)).digest(), q)
    const signature = signWith(name, d, k, digest)
    if (signature !== null) return signature
  }
}

/** The signature that a given k makes; null where r or s would be zero and another k is needed. Only vectors of standards give their own k. */
export function signWith(name: CurveName, d: bigint, k: bigint, digest: Uint8Array): Uint8Array | null {
  const { q } = curves[name]
  const r = pointsOf(name).BASE.multiply(k).toAffine().x % q
  const s = (r * d + k * hashNumber(digest, q)) % q
  return r === 0n || s === 0n ? null : pair(r, s, widthOf(name))
}

export type Checked = 'valid' | 'badSignature' | 'badKey'

/**
 * Whether r‖s is a signature of the digest under x‖y. `badKey`: the point is not on the curve, not of the subgroup or zero, a coordinate is not
 * below p, or the length is another. A signature of another length, or with r or s outside 1…q-1, is `badSignature`.
 */
export function checkDigest(name: CurveName, point: Uint8Array, digest: Uint8Array, signature: Uint8Array): Checked {
  const key = keyPoint(name, point)
  if (key === null) return 'badKey'
  const curve: Curve = curves[name]
  const { q } = curve
  const width = widthOf(name)
  if (signature.length !== width * 2 || digest.length !== width) return 'badSignature'
  const r = numberOf(signature.subarray(0, width))
  const s = numberOf(signature.subarray(width))
  if (r === 0n || r >= q || s === 0n || s >= q) return 'badSignature'
  const v = inverse(hashNumber(digest, q), q)
  const z1 = (s * v) % q
  const z2 = ((q - r) * v) % q
  const sum = sumOf(name, z1, z2, key)
  return sum !== null && sum.x % q === r ? 'valid' : 'badSignature'
}

/** Whether x‖y is a point that may be a key. */
export function isPoint(name: CurveName, point: Uint8Array): boolean {
  return keyPoint(name, point) !== null
}

function keyPoint(name: CurveName, point: Uint8Array): Affine | null {
  const { p, a, b, q, cofactor }: Curve = curves[name]
  const width = widthOf(name)
  if (point.length !== width * 2) return null
  const x = numberOf(point.subarray(0, width))
  const y = numberOf(point.subarray(width))
  // y of zero is a point of order two.
  if (x >= p || y >= p || y === 0n || (y * y - (x * x * x + a * x + b)) % p !== 0n) return null
  // With a cofactor there are points of small order on the curve: a key must be of the order q.
  return cofactor > 1n && sumOf(name, 0n, q, { x, y }) !== null ? null : { x, y }
}

/** e of the standard: the digest as a number modulo q; zero counts as one. */
function hashNumber(digest: Uint8Array, q: bigint): bigint {
  const e = numberOf(digest) % q
  return e === 0n ? 1n : e
}

/** Whether the octets are a private key: as long as the curve, and in 1…q-1. */
export function isScalar(name: CurveName, scalar: Uint8Array): boolean {
  const d = numberOf(scalar)
  return scalar.length === widthOf(name) && d !== 0n && d < curves[name].q
}

function scalarOf(name: CurveName, scalar: Uint8Array): bigint {
  if (!isScalar(name, scalar)) throw new RangeError('The private key is no scalar of its curve')
  return numberOf(scalar)
}

/** Sixteen octets more than q has make the bias of the remainder smaller than anybody can see. */
function inRange(octets: Uint8Array, q: bigint): bigint {
  return (numberOf(octets) % (q - 1n)) + 1n
}

function numberOf(littleEndianOctets: Uint8Array): bigint {
  const hex = Buffer.from(littleEndianOctets).reverse().toString('hex')
  return hex === '' ? 0n : BigInt(`0x${hex}`)
}

function littleEndian(value: bigint, width: number): Uint8Array {
  return Uint8Array.from(Buffer.from(value.toString(16).padStart(width * 2, '0'), 'hex').reverse())
}

function pair(one: bigint, other: bigint, width: number): Uint8Array {
  const octets = new Uint8Array(width * 2)
  octets.set(littleEndian(one, width))
  octets.set(littleEndian(other, width), width)
  return octets
}
