import type { Certificate } from '../../../seal/certificates/certificate.ts'
import { findPath, type TrustStore } from '../../../seal/certificates/path.ts'
import { payloadDocument, verifyEnveloped } from '../../../seal/xmldsig/enveloped.ts'
import type { XmlVerdict } from '../../../seal/xmldsig/verdict.ts'
import { descendants, type XmlDocument, type XmlElement } from '../../../xml/tree.ts'
import { xmldsigNamespace } from './names.ts'

export interface PayloadTrust {
  readonly store: TrustStore
  /** Certificates that a signature may only name. */
  readonly known: readonly Certificate[]
  /** Without a signature of its own an answer counts for nothing. Default false: not every contour has the register sign its data. */
  readonly required?: boolean
}

/**
 * The data that may be read: those that the register signed, or all of them where it signs nothing. Null where there is a signature that does not
 * hold, or whose signer leads to no root that is believed on the day: such data say nothing of a person.
 *
 * @param at RFC 3339: when the answer came
 */
export async function verifiedPayload(
  document: XmlDocument,
  data: XmlElement,
  trust: PayloadTrust,
  at: string,
): Promise<XmlElement | null> {
  if (!isSigned(data)) return trust.required === true ? null : data
  const verdict = await judged(document, data, trust)
  if (verdict.kind !== 'valid') return null
  const path = await findPath(verdict.certificate, { trust: trust.store, offered: verdict.offered, at })
  return path.trusted ? verdict.element : null
}

const isSigned = (data: XmlElement): boolean =>
  [...descendants(data)].some(({ local, namespace }) => local === 'Signature' && namespace === xmldsigNamespace)

/** Signed before it was put into its envelope, as a rule; some stacks sign it where it stands, with the namespaces of the envelope. */
async function judged(document: XmlDocument, data: XmlElement, { known }: PayloadTrust): Promise<XmlVerdict> {
  const trust = { store: { certificates: known } }
  const apart = payloadDocument(document, data)
  const verdict = apart === null ? null : await verifyEnveloped(apart, trust)
  if (verdict?.kind === 'valid') return verdict
  return verifyEnveloped({ ...document, root: data, nodes: [data] }, trust)
}
