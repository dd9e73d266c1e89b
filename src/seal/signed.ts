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

/** What was signed and its signature together, so that they can be judged years later without the case: the file that a step keeps. */
export function encodeSigned(content: Uint8Array, signature: Signature): Uint8Array {
  return signedBytes({ format: 'qyzmet.signed/1', content: Buffer.from(content).toString('base64'), signature: signatureRecord(signature) })
}

const signed = z.object({ content: z.base64(), signature: kept.omit({ format: true }) })

/** null: no file of `encodeSigned`. */
export function decodeSigned(file: Uint8Array): { readonly content: Uint8Array; readonly signature: Signature } | null {
  try {
    const { content, signature } = signed.parse(JSON.parse(Buffer.from(file).toString('utf8')))
    return { content: Buffer.from(content, 'base64'), signature: signatureOf(signature) }
  } catch {
    return null
  }
}

/** A signature as a file beside what it signs: canonical JSON, so that its own SHA-256 is stable. */
export function encodeSignature(signature: Signature): Uint8Array {
  return signedBytes({ format: 'qyzmet.signature/1', ...signatureRecord(signature) })
}

/** null: not a signature file. */
export function decodeSignature(file: Uint8Array): Signature | null {
  try {
    const { format: _, ...record } = kept.parse(JSON.parse(Buffer.from(file).toString('utf8')))
    return signatureOf(record)
  } catch {
    return null
  }
}

function signatureOf({ value, evidence, ...rest }: Omit<z.infer<typeof kept>, 'format'>): Signature {
  return { ...rest, value: Buffer.from(value, 'base64'), ...(evidence !== undefined && { evidence: Buffer.from(evidence, 'base64') }) }
}

/** What a step takes of a signature: `file` is the hex SHA-256 of the kept signature file. */
export function signatureInput(signature: Signature, signer: Signer, file?: string) {
  return { signer: signer.staffId, digest: signature.digest, algorithm: signature.algorithm, ...(file === undefined ? {} : { file }) }
}
