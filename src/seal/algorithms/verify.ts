import { type SignKeyObjectInput, sign, type VerifyKeyObjectInput, verify } from 'node:crypto'
import { promisify } from 'node:util'
import type { SealReason } from '../seal.ts'
import { type DigestName, digests } from './digests.ts'
import { curveOf, type PrivateKey } from './keys.ts'
import { gostPool } from './pool.ts'
import { type PublicKey, readSpki } from './spki.ts'
import { type Algorithm, type AlgorithmName, algorithms } from './table.ts'

/** How the two numbers of ECDSA are written: `der` in certificates and CMS, `pair` (r‖s) in XML-DSig. Others have one form. */
export type EcdsaForm = 'der' | 'pair'

export interface SignedBytes {
  readonly algorithm: AlgorithmName
  /** SubjectPublicKeyInfo in DER, as the certificate has it. */
  readonly spki: Uint8Array
  readonly data: Uint8Array
  readonly signature: Uint8Array
  /** Default `der`. */
  readonly form?: EcdsaForm
}

const machineSign = promisify<string, Uint8Array, SignKeyObjectInput, Buffer>(sign)
const machineVerify = promisify<string, Uint8Array, VerifyKeyObjectInput, Uint8Array, boolean>(verify)

/**
 * Judges a signature under bytes; never throws for what it is handed. `wrongAlgorithm`: the key is of another kind than the algorithm; `weakAlgorithm`: it is too short;
 * `damaged`: the key cannot be read or is no point of its curve; `unknownAlgorithm`: its parameters are not in the table; `badSignature`: the arithmetic
 * says no. Whether the algorithm may still be relied upon is told by {@link isLegacy}. Rejects only with PoolBroken, where this machine cannot compute.
 */
export async function verifyBytes(signed: SignedBytes): Promise<'valid' | SealReason> {
  const key = readSpki(signed.spki)
  if (typeof key === 'string') return key
  const algorithm: Algorithm = algorithms[signed.algorithm]
  if (key.kind !== algorithm.kind) return 'wrongAlgorithm'
  return 'point' in key ? verifyGost(algorithm, key.point, signed) : verifyByMachine(algorithm, key.machine, signed)
}

/** Signs bytes. Throws RangeError for an algorithm that is only read (SHA-1). */
export async function signBytes({ algorithm: name, key }: PrivateKey, data: Uint8Array, form: EcdsaForm = 'der'): Promise<Uint8Array> {
  const algorithm: Algorithm = algorithms[name]
  const curve = curveOf(algorithm.kind)
  if (curve !== undefined) return gostPool().run({ kind: 'sign', curve, digest: algorithm.digest, key, data })
  if (algorithm.legacy) throw new RangeError(`Nothing new is signed with ${name}`)
  return machineSign(algorithm.digest, data, { key, ...machineOptions(algorithm, form) })
}

/** Whether signatures of it count only in old documents, beside other evidence of their time. */
export function isLegacy(name: AlgorithmName): boolean {
  return algorithms[name].legacy
}

/** From so many octets on a slow digest is computed by the pool: it takes a millisecond then. */
const slowFrom = 8192

/** The digest; of much data in a thread of the pool where the machine has none of its own for it. */
export async function digestBytes(name: DigestName, data: Uint8Array): Promise<Uint8Array> {
  if (digests[name].slow && data.length >= slowFrom) return gostPool().run({ kind: 'digest', digest: name, data })
  return digests[name].compute(data)
}

/** The same at once, for libraries that cannot wait. */
export function digestNow(name: DigestName, data: Uint8Array): Uint8Array {
  return digests[name].compute(data)
}

/** Makes the tables of the curve that is met every day, in each thread (about 0.3 s of a processor each): the first person of the day does not wait for them. */
export async function warm(): Promise<void> {
  await gostPool().warm()
}

async function verifyGost(algorithm: Algorithm, point: Uint8Array, { data, signature }: SignedBytes): Promise<'valid' | SealReason> {
  const curve = curveOf(algorithm.kind)
  if (curve === undefined) return 'wrongAlgorithm'
  const checked = await gostPool().run({ kind: 'verify', curve, digest: algorithm.digest, point, data, signature })
  return checked === 'badKey' ? 'damaged' : checked
}

async function verifyByMachine(
  algorithm: Algorithm,
  key: Extract<PublicKey, { machine: unknown }>['machine'],
  { data, signature, form = 'der' }: SignedBytes,
): Promise<'valid' | SealReason> {
  try {
    const options = { key, ...machineOptions(algorithm, form) }
    return (await machineVerify(algorithm.digest, data, options, signature)) ? 'valid' : 'badSignature'
  } catch {
    // OpenSSL says no to some signatures with an error instead of an answer.
    return 'badSignature'
  }
}

function machineOptions({ kind, parameters, digest }: Algorithm, form: EcdsaForm) {
  if (kind !== 'rsa') return { dsaEncoding: form === 'der' ? ('der' as const) : ('ieee-p1363' as const) } // keeps the words as they are
  return parameters === 'pss' ? { padding: pssPadding, saltLength: digests[digest].size } : { padding: pkcs1Padding }
}

const pkcs1Padding = 1
const pssPadding = 6
