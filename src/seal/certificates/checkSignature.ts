import { algorithmOf } from '../algorithms/identifiers.ts'
import { algorithms } from '../algorithms/table.ts'
import { verifyBytes } from '../algorithms/verify.ts'
import { readDer } from '../der/read.ts'
import { DerRefused } from '../der/refused.ts'
import type { SealReason } from '../seal.ts'

export interface SignatureQuestion {
  /** AlgorithmIdentifier, as it stands in a certificate, a list or an answer. */
  readonly signatureAlgorithm: Uint8Array
  /** Of whoever is said to have signed. */
  readonly spki: Uint8Array
  readonly data: Uint8Array
  readonly signature: Uint8Array
}

/**
 * Whether an authority signed this. SHA-1 is `weakAlgorithm` whatever the arithmetic says: two certificates with one SHA-1 can be made by anybody.
 * GOST 34.310-2004 is taken: certificates of it ended by 2025, and their validity is judged at the time that counts.
 */
export async function checkSignature({ signatureAlgorithm, spki, data, signature }: SignatureQuestion): Promise<'valid' | SealReason> {
  try {
    const algorithm = algorithmOf(readDer(signatureAlgorithm))
    if (algorithm === null) return 'unknownAlgorithm'
    if (algorithms[algorithm].digest === 'sha1') return 'weakAlgorithm'
    return await verifyBytes({ algorithm, spki, data, signature })
  } catch (cause) {
    if (cause instanceof DerRefused) return 'damaged'
    throw cause
  }
}
