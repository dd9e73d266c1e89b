import { createPublicKey, type KeyObject } from 'node:crypto'
import { type Der, Fields, readDer } from '../der/read.ts'
import { DerRefused } from '../der/refused.ts'
import { tags } from '../der/tags.ts'
import { integerBytes, octetsOf, oidOf, sameBytes, wholeBits } from '../der/values.ts'
import { bits, nothing, octets, oid, sequence } from '../der/write.ts'
import type { SealReason } from '../seal.ts'
import { type KeyKind, type KeyKindName, keyKindNames, keyKinds } from './table.ts'

/** A public key that may be used: of the machine's own kinds as its key, of GOST as x‖y. */
export type PublicKey =
  | { readonly kind: 'rsa' | 'p256' | 'p384'; readonly machine: KeyObject }
  | { readonly kind: 'gost2015-512' | 'gost2015-256' | 'gost2004'; readonly point: Uint8Array }

/** Bits of an RSA modulus: below, factoring is within reach; above, one verification takes longer than a request may. */
const rsaBits = { least: 2048, most: 8192 } as const // the two bounds
/** Octets of a public exponent: longer ones only make verification slow. */
const longestExponent = 8

/**
 * Reads a SubjectPublicKeyInfo. `damaged`: no DER, or no key of its kind; `unknownAlgorithm`: a kind, a curve or parameters that are not in the
 * table, RSA that is too long; `weakAlgorithm`: RSA that is too short. A point of GOST is looked at where it is used.
 */
export function readSpki(spki: Uint8Array): PublicKey | SealReason {
  try {
    const info = new Fields(readDer(spki))
    const kind = keyKindOf(info.next())
    const key = wholeBits(info.next())
    info.end()
    return kind === null ? 'unknownAlgorithm' : keyOf(kind, key, spki)
  } catch (cause) {
    if (cause instanceof DerRefused) return 'damaged'
    throw cause
  }
}

/** The kind that an AlgorithmIdentifier of a key names, with exactly the parameters of the table; or null. Throws DerRefused. */
export function keyKindOf(identifier: Der): KeyKindName | null {
  oidOf(new Fields(identifier).next(tags.oid))
  // The octets are compared, not their meaning: parameters in another spelling have no reason to exist.
  return keyKindNames.find((name) => sameBytes(keyIdentifier(name), identifier.bytes)) ?? null
}

/** The AlgorithmIdentifier of a key. */
export function keyIdentifier(name: KeyKindName): Uint8Array {
  const kind: KeyKind = keyKinds[name]
  if (kind.parameters === 'null') return sequence(oid(kind.oid), nothing())
  if ('named' in kind.parameters) return sequence(oid(kind.oid), oid(kind.parameters.named))
  return sequence(oid(kind.oid), sequence(...kind.parameters.list.map(oid)))
}

/** SubjectPublicKeyInfo of a GOST key: x‖y inside an OCTET STRING inside the BIT STRING. */
export function gostSpki(kind: KeyKindName, point: Uint8Array): Uint8Array {
  return sequence(keyIdentifier(kind), bits(octets(point)))
}

function keyOf(kind: KeyKindName, key: Uint8Array, spki: Uint8Array): PublicKey | SealReason {
  switch (kind) {
    case 'rsa':
      return rsaFlaw(key) ?? machineKey(kind, spki)
    case 'p256':
    case 'p384':
      // Only the uncompressed form: the other names the same key with other octets.
      return key.length === keyKinds[kind].point && key[0] === 4 ? machineKey(kind, spki) : 'damaged'
    default:
      return { kind, point: octetsOf(readDer(key)) }
  }
}

function rsaFlaw(key: Uint8Array): SealReason | null {
  const fields = new Fields(readDer(key))
  const modulus = integerBytes(fields.next())
  const exponent = integerBytes(fields.next())
  fields.end()
  const isPositive = [modulus, exponent].every(([first = 0xff]) => first < 0x80)
  const isOdd = [modulus, exponent].every((number) => ((number.at(-1) ?? 0) & 1) === 1)
  if (!isPositive || !isOdd || (exponent.length === 1 && (exponent[0] ?? 0) < 3)) return 'damaged'
  const leading = modulus[0] === 0 ? modulus.subarray(1) : modulus
  const length = leading.length * 8 - (Math.clz32(leading[0] ?? 0) - 24)
  if (length < rsaBits.least) return 'weakAlgorithm'
  return length > rsaBits.most || exponent.length > longestExponent ? 'unknownAlgorithm' : null
}

/** OpenSSL looks whether the point is on its curve, and throws where it is not. */
function machineKey(kind: 'rsa' | 'p256' | 'p384', spki: Uint8Array): PublicKey | SealReason {
  try {
    return { kind, machine: createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }) }
  } catch {
    return 'damaged'
  }
}
