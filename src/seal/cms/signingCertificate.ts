import { createHash } from 'node:crypto'
import { digestOfIdentifier } from '../algorithms/identifiers.ts'
import { digestNow } from '../algorithms/verify.ts'
import type { Certificate } from '../certificates/certificate.ts'
import { type Der, Fields } from '../der/read.ts'
import { DerRefused } from '../der/refused.ts'
import { tags } from '../der/tags.ts'
import { octetsOf, sameBytes } from '../der/values.ts'
import { octets, sequence } from '../der/write.ts'
import { type Attribute, attribute, onlyValue } from './attributes.ts'
import { oids } from './identifiers.ts'

/** signingCertificateV2 (RFC 5035, section 3): the SHA-256 of the certificate, so that another one with the same key cannot be put in its place. */
export function signingCertificateAttribute(certificate: Uint8Array): Uint8Array {
  const sha256 = createHash('sha256').update(certificate).digest()
  return attribute(oids.signingCertificateV2, sequence(sequence(sequence(octets(sha256)))))
}

/** Whether the signed attributes name this certificate, or none. Of the old form (RFC 2634, SHA-1) and the new, each must hold where it stands. */
export function namesCertificate(signed: readonly Attribute[], certificate: Certificate): boolean {
  try {
    const older = onlyValue(signed, oids.signingCertificate)
    const newer = onlyValue(signed, oids.signingCertificateV2)
    return (older === null || isFirst(older, certificate, false)) && (newer === null || isFirst(newer, certificate, true))
  } catch (cause) {
    if (cause instanceof DerRefused) return false
    throw cause
  }
}

/** The first of the list is the signer's own (RFC 5035, section 3). */
function isFirst(value: Der, certificate: Certificate, newer: boolean): boolean {
  const list = new Fields(new Fields(value).next(tags.sequence))
  const fields = new Fields(list.next(tags.sequence))
  const algorithm = newer ? fields.optional(tags.sequence) : null
  const digest = newer ? (algorithm === null ? 'sha256' : digestOfIdentifier(algorithm)) : 'sha1'
  const hash = octetsOf(fields.next())
  return digest !== null && sameBytes(hash, digestNow(digest, certificate.der))
}
