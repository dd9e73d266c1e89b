import { createPrivateKey, createPublicKey, createSecretKey, generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { Fields, readDer } from '../der/read.ts'
import { DerRefused } from '../der/refused.ts'
import { octetsOf, smallOf } from '../der/values.ts'
import { octets, sequence, whole } from '../der/write.ts'
import { isScalar } from '../gost/signature.ts'
import { gostPool } from './pool.ts'
import { gostSpki, keyIdentifier, keyKindOf } from './spki.ts'
import { type AlgorithmName, algorithmNames, algorithms, type KeyKind, type KeyKindName, keyKinds } from './table.ts'

/**
 * A private key and what it signs with. `key` is the machine's own private key, or of GOST a secret key with the scalar d, little-endian: neither
 * shows its octets when it is printed or turned into JSON. An RSA key signs with another digest as `{ ...key, algorithm: 'rsa-sha512' }`.
 */
export interface PrivateKey {
  readonly algorithm: AlgorithmName
  readonly key: KeyObject
}

const newPair = promisify(generateKeyPair)

/** Makes a key for the algorithm: RSA of 2048 bits (about 100 ms), ECDSA, GOST. */
export async function generateKey(algorithm: AlgorithmName): Promise<PrivateKey> {
  const { kind } = algorithms[algorithm]
  const curve = curveOf(kind)
  if (curve !== undefined) return { algorithm, key: secret(await gostPool().run({ kind: 'generate', curve })) }
  return { algorithm, key: await machinePair(kind) }
}

/**
 * PKCS#8 (RFC 5208) in DER. Of GOST: the key's own AlgorithmIdentifier and the scalar d, little-endian and as long as the curve, in an
 * OCTET STRING inside the OCTET STRING, as Bouncy Castle, on which the country's library stands, writes keys of GOST. The octets are secret: whoever asks keeps them so.
 */
export function exportPrivate({ algorithm, key }: PrivateKey): Uint8Array {
  const { kind } = algorithms[algorithm]
  if (curveOf(kind) === undefined) return key.export({ format: 'der', type: 'pkcs8' })
  return sequence(whole(0), keyIdentifier(kind), octets(octets(key.export())))
}

/**
 * Reads PKCS#8 in DER. RSA signs with `rsa-sha256` unless `algorithm` says otherwise. Throws {@link UnusableKey}: no PKCS#8, a kind that is not in the
 * table, or a key that `algorithm` does not belong to. The cause holds no octet of the key.
 */
export function importPrivate(pkcs8: Uint8Array, algorithm?: AlgorithmName): PrivateKey {
  try {
    const info = new Fields(readDer(pkcs8))
    const version = smallOf(info.next())
    const kind = keyKindOf(info.next())
    const inside = octetsOf(info.next())
    if (kind === null || version > 1) throw new UnusableKey('The private key is of an unknown kind')
    const named = algorithm ?? algorithmNames.find((name) => algorithms[name].kind === kind)
    if (named === undefined || algorithms[named].kind !== kind) throw new UnusableKey('The private key does not belong to the algorithm')
    return { algorithm: named, key: privateObject(kind, inside, pkcs8) }
  } catch (cause) {
    if (cause instanceof DerRefused) throw new UnusableKey('The private key is no PKCS#8', { cause })
    throw cause
  }
}

/** A private key that cannot be used: damaged, of an unknown kind, or of another kind than was asked for. */
export class UnusableKey extends Error {
  override name = 'UnusableKey'
}

const publicKeys = new WeakMap<KeyObject, Promise<Uint8Array>>()

/** SubjectPublicKeyInfo in DER of the public key that belongs to it. */
export function spkiOf({ algorithm, key }: PrivateKey): Promise<Uint8Array> {
  const known = publicKeys.get(key)
  if (known !== undefined) return known
  const { kind } = algorithms[algorithm]
  const curve = curveOf(kind)
  const spki =
    curve === undefined
      ? Promise.resolve<Uint8Array>(createPublicKey(key).export({ format: 'der', type: 'spki' }))
      : gostPool()
          .run({ kind: 'public', curve, key })
          .then((point) => gostSpki(kind, point))
  publicKeys.set(key, spki)
  // A pool that was closed meanwhile is asked again the next time.
  spki.catch(() => publicKeys.delete(key))
  return spki
}

/** The curve of a kind of GOST keys; undefined for the kinds that the machine itself computes. */
export function curveOf(name: KeyKindName): KeyKind['curve'] {
  const kind: KeyKind = keyKinds[name]
  return kind.curve
}

async function machinePair(kind: KeyKindName): Promise<KeyObject> {
  if (kind === 'rsa') return (await newPair('rsa', { modulusLength: 2048 })).privateKey
  return (await newPair('ec', { namedCurve: kind === 'p256' ? 'P-256' : 'P-384' })).privateKey
}

function privateObject(kind: KeyKindName, inside: Uint8Array, pkcs8: Uint8Array): KeyObject {
  const curve = curveOf(kind)
  if (curve === undefined) return machineObject(pkcs8)
  const scalar = octetsOf(readDer(inside))
  if (!isScalar(curve, scalar)) throw new UnusableKey('The private key is no scalar of its curve')
  return secret(scalar)
}

function machineObject(pkcs8: Uint8Array): KeyObject {
  try {
    return createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  } catch (cause) {
    throw new UnusableKey('The private key cannot be read', { cause })
  }
}

function secret(scalar: Uint8Array): KeyObject {
  return createSecretKey(scalar)
}
