import type { DigestName } from '../algorithms/digests.ts'
import { digestOfIdentifier } from '../algorithms/identifiers.ts'
import { digestBytes } from '../algorithms/verify.ts'
import type { Certificate } from '../certificates/certificate.ts'
import { Fields, readDer } from '../der/read.ts'
import { DerRefused } from '../der/refused.ts'
import { explicit, implicit, tags } from '../der/tags.ts'
import { booleanOf, hex, integerBytes, octetsOf, oidOf, sameBytes, smallOf, timeOf } from '../der/values.ts'
import type { SealReason } from '../seal.ts'
import { oids } from './identifiers.ts'
import { type Cms, parseCms } from './read.ts'
import { verifyCms } from './verify.ts'

/** An RFC 3161 token: that somebody's signature existed at `at`, by the word of the authority that signed it. */
export interface Timestamp {
  readonly cms: Cms
  /** OID of the rules that the authority followed. */
  readonly policy: string
  /** null: a digest that is not in the table. */
  readonly digest: DigestName | null
  readonly hash: Uint8Array
  /** Hex of the token's number. */
  readonly serial: string
  /** RFC 3339, `…Z`, to the fraction that the token has. */
  readonly at: string
  /** Hex of the asker's number, or null. */
  readonly nonce: string | null
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
    return parseTimestamp(token)
  } catch (cause) {
    if (cause instanceof DerRefused) return null
    throw cause
  }
}

/**
 * Judges a token over `stamped` (of CAdES-T the signature's value): its imprint, then its own signature with the certificate that it must name (RFC 3161, 2.4.2).
 * `known`: certificates of authorities that did not send theirs. Never throws for what it is handed.
 */
export async function verifyTimestamp(
  token: Uint8Array,
  stamped: Uint8Array,
  known: readonly Certificate[] = [],
): Promise<TimestampVerdict> {
  const timestamp = readTimestamp(token)
  if (timestamp === null) return { reasons: ['damaged'], timestamp, certificate: null }
  const { cms, digest, hash } = timestamp
  const { signers, reasons } = await verifyCms(cms, { known, contentType: oids.timestampInfo })
  const [signer] = signers
  const isOver = digest !== null && sameBytes(await digestBytes(digest, stamped), hash)
  // Without its name under the signature another certificate of the same key could stand for the authority's.
  const isNamed = cms.signers.every(({ signed }) =>
    signed.some(({ type }) => type === oids.signingCertificate || type === oids.signingCertificateV2),
  )
  const found: SealReason[] = isOver && isNamed && signers.length === 1 ? [] : ['badTimestamp']
  return { reasons: [...new Set([...found, ...reasons])], timestamp, certificate: signer?.certificate ?? null }
}

function parseTimestamp(token: Uint8Array): Timestamp {
  const cms = parseCms(token)
  if (cms.contentType !== oids.timestampInfo || cms.content === null) throw new DerRefused('No time-stamp.')
  const fields = new Fields(readDer(cms.content, tags.sequence))
  if (smallOf(fields.next()) !== 1) throw new DerRefused('A version of a time-stamp that there is not.')
  const policy = oidOf(fields.next())
  const imprint = new Fields(fields.next())
  const digest = digestOfIdentifier(imprint.next())
  const hash = octetsOf(imprint.next())
  imprint.end()
  const serial = hex(integerBytes(fields.next()))
  const at = timeOf(fields.next(tags.time), true)
  fields.optional(tags.sequence)
  const ordering = fields.optional(tags.boolean)
  if (ordering !== null) booleanOf(ordering)
  const nonce = fields.optional(tags.integer)
  for (const tag of [explicit(0), explicit(1), implicit(1)]) fields.optional(tag)
  fields.end()
  return { cms, policy, digest, hash, serial, at, nonce: nonce === null ? null : hex(integerBytes(nonce)) }
}
