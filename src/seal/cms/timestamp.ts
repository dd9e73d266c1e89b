import { digestOfIdentifier } from '../algorithms/identifiers.ts'
import { digestBytes } from '../algorithms/verify.ts'
import type { Certificate } from '../certificates/certificate.ts'
import { parseTimestampInfo, type TimestampInfo } from '../certificates/timestamp.ts'
import { readDer } from '../der/read.ts'
import { DerRefused } from '../der/refused.ts'
import { sameBytes } from '../der/values.ts'
import type { SealReason } from '../seal.ts'
import { oids } from './identifiers.ts'
import { type Cms, parseCms } from './read.ts'
import { verifyCms } from './verify.ts'

/** An RFC 3161 token: that somebody's bytes existed at `at`, by the word of the authority that signed it. */
export interface Timestamp extends TimestampInfo {
  readonly cms: Cms
}

export interface TimestampVerdict {
  /** Empty: the token is over these bytes and the authority's key signed it. Whether the authority is to be believed is judged after, by its certificate's path at `at`. */
  readonly reasons: readonly SealReason[]
  readonly timestamp: Timestamp | null
  /** The authority's. */
  readonly certificate: Certificate | null
}

/** The token in these bytes; null: damaged, or no token. */
export function readTimestamp(token: Uint8Array): Timestamp | null {
  try {
    const cms = parseCms(token)
    if (cms.contentType !== oids.timestampInfo || cms.content === null) return null
    return { cms, ...parseTimestampInfo(cms.content) }
  } catch (cause) {
    if (cause instanceof DerRefused) return null
    throw cause
  }
}

/**
 * Judges a token over `stamped` (of CAdES-T the signature's value): its imprint, then its own signature with the certificate that it must name (RFC 3161, 2.4.2).
 * Where only the hash of what was stamped is at hand (archives of hashes), it is given instead. `known`: certificates of authorities that did not send theirs. Never throws for what it is handed.
 */
export async function verifyTimestamp(
  token: Uint8Array,
  stamped: Uint8Array | { readonly hash: Uint8Array },
  known: readonly Certificate[] = [],
): Promise<TimestampVerdict> {
  const timestamp = readTimestamp(token)
  if (timestamp === null) return { reasons: ['damaged'], timestamp, certificate: null }
  const { cms } = timestamp
  // Without its name under the signature another certificate of the same key could stand for the authority's.
  const isNamed = cms.signers.every(({ signed }) =>
    signed.some(({ type }) => type === oids.signingCertificate || type === oids.signingCertificateV2),
  )
  // The cheap questions first: strangers bring dozens of tokens with dozens of signers each, and every one of those costs arithmetic.
  const isRight = isNamed && cms.signers.length === 1 && (await isOver(timestamp, stamped))
  if (!isRight) return { reasons: ['badTimestamp'], timestamp, certificate: null }
  const { signers, reasons } = await verifyCms(cms, { known, contentType: oids.timestampInfo })
  return { reasons, timestamp, certificate: signers[0]?.certificate ?? null }
}

async function isOver({ digestAlgorithm, digest }: TimestampInfo, stamped: Uint8Array | { readonly hash: Uint8Array }): Promise<boolean> {
  const name = digestOfIdentifier(readDer(digestAlgorithm))
  return name !== null && sameBytes('hash' in stamped ? stamped.hash : await digestBytes(name, stamped), digest)
}
