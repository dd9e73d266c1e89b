import { sameBytes } from '../der/values.ts'
import { type Certificate, validityAt } from './certificate.ts'
import { checkSignature } from './checkSignature.ts'
import { certIdOf, isResponder, type OcspResponse, sameCertId } from './ocsp.ts'
import { issued } from './path.ts'
import { coversMoment, mayHaveForgotten, type Status } from './status.ts'

export interface OcspQuestion {
  readonly certificate: Certificate
  /** Who issued it, already found on the path to a root. */
  readonly issuer: Certificate
  /** RFC 3339: the moment that counts. */
  readonly at: string
  /** Hex, where the answer must be to our own question and no older one. */
  readonly nonce?: string
}

/**
 * What a response says of a certificate at a moment (RFC 6960, 3.2): about this certificate, signed by its issuer or by whom the issuer delegated (id-kp-OCSPSigning,
 * issued by the same authority, valid when the response was made), to our question, fresh enough. Asks no network, never throws.
 */
export async function judgeByOcsp(response: OcspResponse, { certificate, issuer, at, nonce }: OcspQuestion): Promise<Status> {
  const unknown = (why: string): Status => ({ kind: 'unknown', why })
  if (response.unknownCritical) return unknown('ocsp.unknownCritical')
  if (nonce !== undefined && response.nonce !== nonce) return unknown('ocsp.otherNonce')
  const answer = response.answers.find(({ id }) => id !== null && sameCertId(id, certIdOf(certificate, issuer, id.hash)))
  if (answer === undefined) return unknown('ocsp.otherCertificate')
  const author = await authorOf(response, issuer)
  if (author === null) return unknown('ocsp.notTheResponder')
  if ((await checkSignature({ ...response, data: response.signed, spki: author.spki })) !== 'valid') return unknown('ocsp.badSignature')
  const { status } = answer
  const source = { by: 'ocsp', thisUpdate: answer.thisUpdate, nextUpdate: answer.nextUpdate } as const
  if (status.kind === 'unknown') return unknown('ocsp.unknownCertificate')
  if (status.kind === 'revoked' && Date.parse(status.since) <= Date.parse(at)) return { ...status, kind: 'revoked', ...source }
  if (!coversMoment(answer, at)) return unknown('ocsp.stale')
  if (status.kind === 'good' && mayHaveForgotten(answer.thisUpdate, certificate)) return unknown('ocsp.afterExpiry')
  return { kind: 'good', ...source }
}

/** The issuer itself, or a certificate that comes with the response and that the issuer made for answering. */
async function authorOf(response: OcspResponse, issuer: Certificate): Promise<Certificate | null> {
  if (isResponder(response, issuer)) return issuer
  for (const one of response.certificates) {
    if (!isResponder(response, one) || !sameBytes(one.issuer.der, issuer.subject.der)) continue
    if (!one.usages.has('ocspSigning') || one.unknownCritical.length > 0) continue
    if (!(one.keyUsage?.has('digitalSignature') ?? true) || validityAt(one, response.producedAt) !== 'valid') continue
    if ((await issued(one, issuer)) === 'valid') return one
  }
  return null
}
