import { algorithms } from '../../seal/algorithms/table.ts'
import { type Certificate, keyIsFor, validityAt } from '../../seal/certificates/certificate.ts'
import { findPath, type TrustStore } from '../../seal/certificates/path.ts'
import type { SealReason } from '../../seal/seal.ts'
import { verifyBody } from '../../seal/xmldsig/body.ts'
import type { XmlTrust } from '../../seal/xmldsig/judge.ts'
import type { XmlDocument, XmlElement } from '../../xml/tree.ts'
import type { SignatureFinding } from '../tap.ts'
import type { TransportStanding } from './standing.ts'

/** Whose transport signatures are believed. */
export interface TransportTrust {
  /** Roots and authorities that a certificate must lead to. */
  readonly trust: TrustStore
  /** Believed as they are while they are current, and found by issuer and serial number: the gateway's own. */
  readonly pinned: readonly Certificate[]
  /** Which algorithms; default: all but the old ones. */
  readonly algorithms?: XmlTrust['algorithms']
  /** GOST 34.310-2004, which was current in 2019, and SHA-1. Default false. */
  readonly legacy?: boolean
  /** Asked last: whether it was revoked at this time, pinned or not. Absent: nobody is asked. */
  readonly standing?: TransportStanding
}

type TransportCode = 'SCE005' | 'SCE006' | 'SCE007' | 'SCE909'

export type TransportVerdict =
  | { readonly kind: 'believed'; readonly certificate: Certificate; readonly body: XmlElement; readonly finding: SignatureFinding }
  /** With the code by which the gateway refuses such a message. */
  | {
      readonly kind: 'refused'
      /** SCE909 alone says that it may come again: nobody could tell whether its certificate was taken back. */
      readonly code: TransportCode
      readonly reason: SealReason | 'missing'
      readonly detail: string
      readonly finding: SignatureFinding
    }

/**
 * The signature of the Body over the bytes as they came, then whose it is and whether that certificate was current.
 *
 * @param at RFC 3339 by the law's clock: receipt
 */
export async function judgeTransport(document: XmlDocument, trust: TransportTrust, at: string): Promise<TransportVerdict> {
  const store = { certificates: trust.pinned }
  const said = await verifyBody(document, {
    store,
    legacy: trust.legacy ?? false,
    ...(trust.algorithms ? { algorithms: trust.algorithms } : {}),
  })
  if (said.kind === 'missing') return refused('SCE007', 'missing', 'no signature', null)
  if (said.kind === 'refused') return refused('SCE006', said.reason, said.detail, said.certificate)
  const { certificate, offered, algorithm } = said
  const reason = await reasonAgainst(certificate, offered, trust, at)
  if (reason !== null) return refused(codes[reason] ?? 'SCE006', reason, 'the certificate', certificate)
  const uri = algorithms[algorithm].uri
  return { kind: 'believed', certificate, body: said.element, finding: { valid: true, algorithm: uri, certificate: certificate.der } }
}

/** A certificate that was taken back is not current, as one that has ended. */
const codes: Partial<Record<SealReason, TransportCode>> = {
  expired: 'SCE005',
  notYetValid: 'SCE005',
  revoked: 'SCE005',
  statusUnknown: 'SCE909',
}

function refused(code: TransportCode, reason: SealReason | 'missing', detail: string, certificate: Certificate | null): TransportVerdict {
  return {
    kind: 'refused',
    code,
    reason,
    detail,
    finding: { valid: false, reason, ...(certificate === null ? {} : { certificate: certificate.der }) },
  }
}

async function reasonAgainst(
  certificate: Certificate,
  offered: readonly Certificate[],
  given: TransportTrust,
  at: string,
): Promise<SealReason | null> {
  const { trust, pinned } = given
  const isPinned = pinned.some(({ sha256 }) => sha256 === certificate.sha256)
  const validity = validityAt(certificate, at)
  if (isPinned) return validity === 'valid' ? revocationOf(certificate, offered, given, at) : validity
  const path = await findPath(certificate, { trust, offered, at })
  if (!path.trusted) return path.reasons.includes('untrusted') ? 'untrusted' : (path.reasons[0] ?? 'untrusted')
  // A key for signing in, or one that signs certificates, signs no messages.
  if (keyIsFor(certificate) === 'signIn' || certificate.isAuthority) return 'wrongUsage'
  return revocationOf(certificate, offered, given, at)
}

async function revocationOf(
  certificate: Certificate,
  offered: readonly Certificate[],
  { standing }: TransportTrust,
  at: string,
): Promise<'revoked' | 'statusUnknown' | null> {
  const said = await standing?.of(certificate, offered, at)
  if (said === 'unknown') return standing?.mode === 'hard' ? 'statusUnknown' : null
  return said === 'revoked' ? 'revoked' : null
}
