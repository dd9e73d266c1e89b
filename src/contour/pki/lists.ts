import { algorithmIdentifier } from '../../seal/algorithms/identifiers.ts'
import { signBytes } from '../../seal/algorithms/verify.ts'
import { reasonNumber } from '../../seal/certificates/status.ts'
import { tags } from '../../seal/der/tags.ts'
import * as der from '../../seal/der/write.ts'
import { extension } from './certify.ts'
import type { Identity } from './identity.ts'
import type { Revocation } from './revocations.ts'

/** A list of revoked certificates in DER (RFC 5280, 5), valid for a day. `delta`: the number of the list to which it would be the changes. */
export async function makeCrl(issuer: Identity, revoked: readonly Revocation[], at: string, delta?: number): Promise<Uint8Array> {
  const made = Temporal.Instant.from(at)
  const algorithm = algorithmIdentifier(issuer.key.algorithm)
  const keyId = Buffer.from(issuer.certificate.subjectKeyId ?? '', 'hex')
  const due = revoked.filter(({ since }) => Date.parse(since) <= made.epochMilliseconds)
  const entries = due.map(({ serial, since, reason }) =>
    der.sequence(
      der.element(tags.integer, Buffer.from(serial, 'hex')),
      der.time(Temporal.Instant.from(since)),
      der.sequence(extension('2.5.29.21', der.enumerated(reasonNumber(reason)))),
    ),
  )
  const body = der.sequence(
    der.whole(1),
    algorithm,
    issuer.certificate.subject.der,
    der.time(made),
    der.time(made.add({ hours: 24 })),
    // An empty list is left out (5.1.2.6).
    ...(entries.length > 0 ? [der.sequence(...entries)] : []),
    der.tagged(
      0,
      der.sequence(
        extension('2.5.29.35', der.sequence(der.taggedBytes(0, keyId))),
        extension('2.5.29.20', der.whole(made.epochMilliseconds)),
        ...(delta === undefined ? [] : [extension('2.5.29.27', der.whole(delta), true)]),
      ),
    ),
  )
  return der.sequence(body, algorithm, der.bits(await signBytes(issuer.key, body)))
}
