import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { WireMessage } from '../tap.ts'
import { redact } from './redact.ts'

/**
 * What is kept of one message, as a file under the key of its case: without secrets, with the digest of the bytes as they were. The digest of a
 * message would let a destroyed person be found by trying, so it lies here and not in the row, and the file is salted.
 */
const shape = z.strictObject({
  format: z.literal('qyzmet.exchange/1'),
  part: z.enum(['request', 'response']),
  body: z.string(),
  /** Names of what was taken out of the body; none: it is the original. */
  removed: z.array(z.string()),
  original: z.strictObject({ sha256: z.string(), size: z.number() }),
  signature: z
    .strictObject({
      valid: z.boolean(),
      reason: z.string().optional(),
      algorithm: z.string().optional(),
      certificate: z.string().optional(),
    })
    .optional(),
  salt: z.string(),
  /** The words were taken out at the end of their time: which record it was before. Hex SHA-256. */
  trimmed: z.string().optional(),
})
export type MessageRecord = z.infer<typeof shape>

/** Longer bodies keep their digest alone: scans go by the temporary-file service, so what is longer is no message of ours. */
const longestBody = 4 * 1024 * 1024

export function recordOf(part: MessageRecord['part'], { bytes, signature }: WireMessage): Uint8Array {
  const record: MessageRecord = {
    format: 'qyzmet.exchange/1',
    part,
    ...bodyOf(bytes),
    original: { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length },
    ...(signature === undefined
      ? {}
      : {
          signature: {
            valid: signature.valid,
            ...(signature.reason === undefined ? {} : { reason: signature.reason }),
            ...(signature.algorithm === undefined ? {} : { algorithm: signature.algorithm }),
            ...(signature.certificate === undefined ? {} : { certificate: Buffer.from(signature.certificate).toString('base64') }),
          },
        }),
    salt: randomBytes(16).toString('hex'),
  }
  return new TextEncoder().encode(JSON.stringify(record))
}

/** The record without its words: which bytes they were, and what was found of their signature, stays. */
export const trimmedRecord = (record: MessageRecord, sha256: string): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify({ ...record, body: '', removed: [...new Set([...record.removed, 'body'])], trimmed: sha256 } satisfies MessageRecord),
  )

export const readRecord = (bytes: Uint8Array): MessageRecord => shape.parse(JSON.parse(new TextDecoder().decode(bytes)))

function bodyOf(bytes: Uint8Array): Pick<MessageRecord, 'body' | 'removed'> {
  if (bytes.length > longestBody) return { body: '', removed: ['body'] }
  const text = decoded(bytes)
  // What is no text cannot be looked through for secrets, so it is not kept.
  if (text === null) return { body: '', removed: ['body'] }
  const { text: body, removed } = redact(text)
  return { body, removed: [...removed] }
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
