import { z } from 'zod'
import { type Certificate, readCertificate } from '../certificates/certificate.ts'
import { signedBytes } from '../signed.ts'

/** A piece that says of a certificate whether it was revoked: an OCSP answer or a list, DER. */
export interface RevocationPiece {
  readonly kind: 'ocsp' | 'crl'
  readonly der: Uint8Array
}

/**
 * What is kept beside a signature so that it can be judged for ever: every certificate of its paths, what was said of their revocation when the signature was
 * received, and time-stamps over the signature's value that do not stand in the CMS itself. Nothing in it is believed because it is kept: all of it is signed by
 * authorities and is judged anew each time. Format `qyzmet.evidence/1`: canonical JSON (RFC 8785), see docs/seals.md.
 */
export interface Evidence {
  readonly certificates: readonly Certificate[]
  readonly revocations: readonly RevocationPiece[]
  /** RFC 3161 tokens in DER, each over the value of one signature. */
  readonly timestamps: readonly Uint8Array[]
}

export const noEvidence: Evidence = { certificates: [], revocations: [], timestamps: [] }

const format = z.strictObject({
  format: z.literal('qyzmet.evidence/1'),
  certificates: z.array(z.base64()).max(64),
  revocations: z.array(z.strictObject({ kind: z.enum(['ocsp', 'crl']), der: z.base64() })).max(64),
  timestamps: z.array(z.base64()).max(64),
})

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'base64')

export function writeEvidence({ certificates, revocations, timestamps }: Evidence): Uint8Array {
  return signedBytes({
    format: 'qyzmet.evidence/1',
    certificates: certificates.map(({ der }) => base64(der)),
    revocations: revocations.map(({ kind, der }) => ({ kind, der: base64(der) })),
    timestamps: timestamps.map(base64),
  })
}

/** null: no evidence file. A certificate in it that cannot be read is left out: its path will not be found. */
export function readEvidence(file: Uint8Array): Evidence | null {
  try {
    const read = format.parse(JSON.parse(Buffer.from(file).toString('utf8')))
    return {
      certificates: read.certificates.flatMap((one) => readCertificate(bytesOf(one)) ?? []),
      revocations: read.revocations.map(({ kind, der }) => ({ kind, der: bytesOf(der) })),
      timestamps: read.timestamps.map(bytesOf),
    }
  } catch {
    return null
  }
}
