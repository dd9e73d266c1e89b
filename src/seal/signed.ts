import { createHash } from 'node:crypto'
import { z } from 'zod'
import { canonical } from '../ledger/canonical.ts'
import type { Json } from '../ledger/ledger.ts'
import type { Signature, Signer } from './seal.ts'

/** The bytes that are signed for a document: its canonical JSON (RFC 8785) in UTF-8. */
export function signedBytes(document: Json): Uint8Array {
  return Buffer.from(canonical(document), 'utf8')
}

/** Hex SHA-256. */
export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

const kept = z.strictObject({
  format: z.literal('qyzmet.signature/1'),
  algorithm: z.string(),
  certificate: z.string(),
  value: z.base64(),
  signedAt: z.string(),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  evidence: z.base64().optional(),
})

/** A signature in JSON, as messages carry it and files keep it: `value` and `evidence` in base64. */
export function signatureRecord({ algorithm, certificate, value, signedAt, digest, evidence }: Signature) {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
  return { algorithm, certificate, value: base64(value), signedAt, digest, ...(evidence && { evidence: base64(evidence) }) }
}

/** A signature as a file beside what it signs: canonical JSON, so that its own SHA-256 is stable. */
export function encodeSignature(signature: Signature): Uint8Array {
  return signedBytes({ format: 'qyzmet.signature/1', ...signatureRecord(signature) })
}

/** null: not a signature file. */
export function decodeSignature(file: Uint8Array): Signature | null {
  try {
    const { format: _, value, evidence, ...rest } = kept.parse(JSON.parse(Buffer.from(file).toString('utf8')))
    return { ...rest, value: Buffer.from(value, 'base64'), ...(evidence !== undefined && { evidence: Buffer.from(evidence, 'base64') }) }
  } catch {
    return null
  }
}

/** What a step takes of a signature: `file` is the hex SHA-256 of the kept signature file. */
export function signatureInput(signature: Signature, signer: Signer, file?: string) {
  return { signer: signer.staffId, digest: signature.digest, algorithm: signature.algorithm, ...(file === undefined ? {} : { file }) }
}
