import { createHash, randomBytes } from 'node:crypto'
import { digests } from '../../seal/algorithms/digests.ts'
import { algorithmIdentifier, digestIdentifier } from '../../seal/algorithms/identifiers.ts'
import { algorithms } from '../../seal/algorithms/table.ts'
import { digestBytes, signBytes } from '../../seal/algorithms/verify.ts'
import { readTimestampRequest } from '../../seal/certificates/timestamp.ts'
import * as der from '../../seal/der/write.ts'
import type { Identity } from './identity.ts'

const ids = {
  signedData: '1.2.840.113549.1.7.2',
  info: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const

/** Policies of the national time-stamping authority, by the kind of key. */
const policyOf = (algorithm: string): string =>
  `1.2.398.3.3.2.6.${algorithm.startsWith('gost2015') ? 4 : algorithm.startsWith('gost') ? 1 : 2}`

/** Answers a time-stamp request in DER (RFC 3161), in DER. What it does not take is answered with PKIFailureInfo. */
export async function answerTimestamp(request: Uint8Array, tsa: Identity, at: string): Promise<Uint8Array> {
  const asked = readTimestampRequest(request)
  if (asked === null) return refusal(2)
  const digest = Object.values(digests).find(({ oid }) => oid === asked.digestAlgorithmId)
  if (digest === undefined || digest.size !== asked.digest.length) return refusal(0)
  const policy = policyOf(tsa.key.algorithm)
  if (asked.policy !== null && asked.policy !== policy) return refusal(15)
  const info = der.sequence(
    der.whole(1),
    der.oid(policy),
    der.sequence(asked.digestAlgorithm, der.octets(asked.digest)),
    der.integer(randomBytes(16)),
    der.generalTime(Temporal.Instant.from(at)),
    ...(asked.nonce.length > 0 ? [der.integer(asked.nonce)] : []),
  )
  return der.sequence(der.sequence(der.whole(0)), await token(info, tsa, at, asked.certificates))
}

/** The request's fault as PKIStatus rejection with PKIFailureInfo bit `bit`. */
const refusal = (bit: number): Uint8Array => der.sequence(der.sequence(der.whole(2), der.namedBits([bit])))

async function token(info: Uint8Array, tsa: Identity, at: string, withCertificates: boolean): Promise<Buffer> {
  const { digest } = algorithms[tsa.key.algorithm]
  const { certificate } = tsa
  const attribute = (id: string, value: Uint8Array): Buffer => der.sequence(der.oid(id), der.set(value))
  const certificateHash = createHash('sha256').update(certificate.der).digest()
  const attributes = [
    attribute(ids.contentType, der.oid(ids.info)),
    attribute(ids.signingTime, der.time(Temporal.Instant.from(at))),
    attribute(ids.messageDigest, der.octets(await digestBytes(digest, info))),
    // RFC 5816: which certificate signed, so that another one with the same key cannot be put in its place.
    attribute(ids.signingCertificateV2, der.sequence(der.sequence(der.sequence(der.octets(certificateHash))))),
  ]
  const signature = await signBytes(tsa.key, der.set(...attributes))
  const signer = der.sequence(
    der.whole(1),
    der.sequence(certificate.issuer.der, der.element(2, Buffer.from(certificate.serial, 'hex'))),
    digestIdentifier(digest),
    der.tagged(0, ...attributes.toSorted(Buffer.compare)),
    algorithmIdentifier(tsa.key.algorithm),
    der.octets(signature),
  )
  const signedData = der.sequence(
    der.whole(3),
    der.set(digestIdentifier(digest)),
    der.sequence(der.oid(ids.info), der.tagged(0, der.octets(info))),
    ...(withCertificates ? [der.tagged(0, ...tsa.chain.map((one) => one.der).toSorted(Buffer.compare))] : []),
    der.set(signer),
  )
  return der.sequence(der.oid(ids.signedData), der.tagged(0, signedData))
}
