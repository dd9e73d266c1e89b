import type { Envelope } from '../../gateway/shep/envelope.ts'
import { readCertificate, validityAt } from '../../seal/certificates/certificate.ts'
import { findPath } from '../../seal/certificates/path.ts'
import type { SealReason } from '../../seal/seal.ts'
import { verifyBody } from '../../seal/xmldsig/body.ts'
import { payloadDocument, verifyEnveloped } from '../../seal/xmldsig/enveloped.ts'
import type { XmlVerdict } from '../../seal/xmldsig/verdict.ts'
import type { XmlElement } from '../../xml/tree.ts'
import type { ContourClock } from '../clock.ts'
import type { ContourKeys } from '../keys.ts'
import type { Participant } from '../shep/participants.ts'
import { Refused } from './refusal.ts'

/** The three codes of one kind of signature. */
interface Codes {
  readonly of: 'transport' | 'business'
  readonly stale: 'SCE005' | 'SCE015'
  readonly wrong: 'SCE006' | 'SCE016'
  readonly missing: 'SCE007' | 'SCE017'
}
const transport: Codes = { of: 'transport', stale: 'SCE005', wrong: 'SCE006', missing: 'SCE007' }
const business: Codes = { of: 'business', stale: 'SCE015', wrong: 'SCE016', missing: 'SCE017' }

export interface SignatureTools {
  readonly clock: ContourClock
  readonly keys: ContourKeys
}

/** The signer of a part of a message, whose arithmetic is right; null: it is not signed, and need not be. */
export type Signed = Extract<XmlVerdict, { kind: 'valid' }> | null

/**
 * The signature of the Body, over the bytes as they came: before anything else of the message is believed. `required` false lets an unsigned message
 * through; a wrong signature never.
 *
 * @throws Refused SCE006, SCE007
 */
export async function readTransport({ document }: Envelope, required: boolean, { keys }: SignatureTools): Promise<Signed> {
  return judged(await verifyBody(document, { store: { certificates: keys.known } }), transport, required)
}

/**
 * Whose the signature of the Body is: a certificate that the participant is registered with, else one that the contour's trust reaches; current, not revoked.
 *
 * @throws Refused SCE005, SCE006
 */
export const believeTransport = (signed: Signed, sender: Participant, tools: SignatureTools): Promise<void> =>
  believe(signed, transport, sender.certificates, tools)

/**
 * The signature that a payload may carry inside itself.
 *
 * @throws Refused SCE015, SCE016, SCE017
 */
export async function checkBusiness({ document }: Envelope, data: XmlElement, required: boolean, tools: SignatureTools): Promise<void> {
  const alone = payloadDocument(document, data)
  if (alone === null) {
    if (required) throw new Refused(business.missing, '', [{ code: 'payloadLeans' }])
    return
  }
  const verdict = await verifyEnveloped(alone, { store: { certificates: tools.keys.known } })
  await believe(judged(verdict, business, required), business, [], tools)
}

function judged(verdict: XmlVerdict, codes: Codes, required: boolean): Signed {
  if (verdict.kind === 'valid') return verdict
  if (verdict.kind === 'refused')
    throw new Refused(codes.wrong, verdict.detail, [{ code: `${codes.of}.wrong`, params: { why: verdict.detail } }])
  if (required) throw new Refused(codes.missing, '', [{ code: `${codes.of}.missing` }])
  return null
}

async function believe(signed: Signed, codes: Codes, pinned: readonly string[], { keys, clock }: SignatureTools): Promise<void> {
  if (signed === null) return
  const { certificate, offered } = signed
  const at = clock.now()
  const { notBefore, notAfter, sha256, serial } = certificate
  if (validityAt(certificate, at) !== 'valid')
    throw new Refused(codes.stale, `${notBefore} .. ${notAfter}`, [{ code: `${codes.of}.stale`, params: { notBefore, notAfter } }])
  if (pinned.length > 0) {
    if (pinned.some((pem) => readCertificate(pem)?.sha256 === sha256)) return
    throw new Refused(codes.wrong, sha256, [{ code: `${codes.of}.notRegistered`, params: { sha256 } }])
  }
  const path = await findPath(certificate, { trust: keys.trust, offered, at })
  if (!path.trusted) {
    const why = path.reasons.join(', ')
    const code = path.reasons.every((reason) => currency.has(reason)) ? codes.stale : codes.wrong
    throw new Refused(code, why, [{ code: `${codes.of}.untrusted`, params: { why } }])
  }
  const revocation = keys.pki.revocation(serial)
  if (revocation !== undefined && Date.parse(revocation.since) <= Date.parse(at))
    throw new Refused(codes.stale, revocation.since, [{ code: `${codes.of}.revoked`, params: { since: revocation.since } }])
}

const currency: ReadonlySet<SealReason> = new Set(['expired', 'notYetValid'])
