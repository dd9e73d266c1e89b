import { algorithmIdentifier } from '../../seal/algorithms/identifiers.ts'
import { signBytes } from '../../seal/algorithms/verify.ts'
import type { Certificate } from '../../seal/certificates/certificate.ts'
import { type CertId, certIdOf, ocspIds, readOcspRequest, sameCertId, writeCertId } from '../../seal/certificates/ocsp.ts'
import { reasonNumber } from '../../seal/certificates/status.ts'
import * as der from '../../seal/der/write.ts'
import { keyIdOf } from './certify.ts'
import type { Identity } from './identity.ts'
import type { Revocation } from './revocations.ts'

/** What a responder answers from. */
export interface OcspHouse {
  readonly responder: Identity
  readonly issuer: Certificate
  /** Whether the authority of this key id (hex) made a certificate of this number. */
  issued(serial: string, issuer: string | null): boolean
  revocation(serial: string): Revocation | undefined
}

/** Answers a question in DER (RFC 6960), in DER. What cannot be read is answered `malformedRequest`, as a responder must. */
export async function answerOcsp(request: Uint8Array, house: OcspHouse, at: string): Promise<Uint8Array> {
  const asked = readOcspRequest(request)
  const ids = asked?.ids.filter((id) => id !== null) ?? []
  if (asked === null || ids.length === 0) return der.sequence(der.enumerated(1))
  const made = Temporal.Instant.from(at)
  const { key, certificate } = house.responder
  const data = der.sequence(
    der.tagged(2, der.octets(keyIdOf(certificate.spki))),
    der.generalTime(made),
    der.sequence(...ids.map((id) => answerOne(id, house, made))),
    ...(asked.nonce === null
      ? []
      : [der.tagged(1, der.sequence(der.sequence(der.oid(ocspIds.nonce), der.octets(der.octets(asked.nonce)))))]),
  )
  const signature = der.bits(await signBytes(key, data))
  const basic = der.sequence(data, algorithmIdentifier(key.algorithm), signature, der.tagged(0, der.sequence(certificate.der)))
  return der.sequence(der.enumerated(0), der.tagged(0, der.sequence(der.oid(ocspIds.basic), der.octets(basic))))
}

function answerOne(id: CertId, house: OcspHouse, made: Temporal.Instant): Buffer {
  const isOurs = sameCertId(id, certIdOf(id, house.issuer, id.hash)) && house.issued(id.serial, house.issuer.subjectKeyId)
  const revocation = house.revocation(id.serial)
  const isRevoked = revocation !== undefined && Date.parse(revocation.since) <= made.epochMilliseconds
  return der.sequence(
    writeCertId(id),
    !isOurs ? der.taggedBytes(2, new Uint8Array(0)) : isRevoked ? revokedStatus(revocation) : der.taggedBytes(0, new Uint8Array(0)),
    der.generalTime(made),
    der.tagged(0, der.generalTime(made.add({ hours: 1 }))),
  )
}

function revokedStatus({ since, reason }: Revocation): Buffer {
  return der.tagged(1, der.generalTime(Temporal.Instant.from(since)), der.tagged(0, der.enumerated(reasonNumber(reason))))
}
