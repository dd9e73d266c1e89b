import { constants, createPublicKey, verify } from 'node:crypto'
import { Fields, readDer } from '../der/read.ts'
import { oidOf } from '../der/values.ts'
import type { SealReason } from '../seal.ts'

export interface SignatureQuestion {
  /** AlgorithmIdentifier. */
  readonly signatureAlgorithm: Uint8Array
  readonly spki: Uint8Array
  readonly data: Uint8Array
  readonly signature: Uint8Array
}

const digests: Readonly<Record<string, { readonly digest: string; readonly key: 'rsa' | 'ec' }>> = {
  '1.2.840.113549.1.1.11': { digest: 'sha256', key: 'rsa' },
  '1.2.840.113549.1.1.12': { digest: 'sha384', key: 'rsa' },
  '1.2.840.113549.1.1.13': { digest: 'sha512', key: 'rsa' },
  '1.2.840.10045.4.3.2': { digest: 'sha256', key: 'ec' },
  '1.2.840.10045.4.3.3': { digest: 'sha384', key: 'ec' },
}

export async function checkSignature({ signatureAlgorithm, spki, data, signature }: SignatureQuestion): Promise<'valid' | SealReason> {
  const oid = oidOf(new Fields(readDer(signatureAlgorithm)).next())
  const known = Object.hasOwn(digests, oid) ? digests[oid] : undefined
  if (oid === '1.2.840.113549.1.1.5') return 'weakAlgorithm'
  if (known === undefined) return 'unknownAlgorithm'
  try {
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
    if (key.asymmetricKeyType !== known.key) return 'badSignature'
    const whole = known.key === 'rsa' ? { key, padding: constants.RSA_PKCS1_PADDING } : key
    return verify(known.digest, data, whole, signature) ? 'valid' : 'badSignature'
  } catch {
    return 'damaged'
  }
}
