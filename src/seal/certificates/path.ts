import { sameBytes } from '../der/values.ts'
import type { SealReason } from '../seal.ts'
import { type Certificate, validityAt } from './certificate.ts'
import { checkSignature } from './checkSignature.ts'

/** What is believed without proof, and what may stand between. */
export interface TrustStore {
  /** Pinned: each is believed as it is, byte by byte. */
  readonly roots: readonly Certificate[]
  /** Issuing authorities that are known beforehand; those that come with a signature are tried beside them. */
  readonly authorities: readonly Certificate[]
}

export type PathVerdict =
  /** From the certificate itself to the root. */
  | { readonly trusted: true; readonly chain: readonly Certificate[] }
  /** Why the best path that was found does not hold; `chain` as far as it goes. */
  | { readonly trusted: false; readonly reasons: readonly SealReason[]; readonly chain: readonly Certificate[] }

export interface PathQuestion {
  readonly trust: TrustStore
  /** Certificates that came along, in any order. */
  readonly offered?: readonly Certificate[]
  /** RFC 3339: the trusted time at which all of it had to be valid. */
  readonly at: string
  /** Shared by the paths of one judgement: how many more issuers may turn out to be none. */
  readonly patience?: Patience
}

/** Thirty signers with thirty certificates that are called like their issuers would cost a thousand signatures, each some milliseconds of GOST. */
export interface Patience {
  left: number
}

export const usualPatience = (): Patience => ({ left: 100 })

/** National paths have three certificates; whoever offers hundreds that sign each other does not keep us busy. */
const longestPath = 8
const mostSignatures = 40

/**
 * The path from a certificate to a pinned root, valid at a moment (RFC 5280, 6.1: signatures, names by their bytes, validity, basicConstraints,
 * pathLenConstraint, keyCertSign, no critical extension unknown). Whether any of it was revoked is asked apart, see `revocation.ts`. Asks no network. Never throws
 * for what stands in the certificates.
 */
export async function findPath(
  certificate: Certificate,
  { trust, offered = [], at, patience = usualPatience() }: PathQuestion,
): Promise<PathVerdict> {
  const candidates = unique([...trust.roots, ...trust.authorities, ...offered])
  const isRoot = (one: Certificate): boolean => trust.roots.some((root) => root.sha256 === one.sha256)
  const budget = { signatures: mostSignatures }
  let best: Extract<PathVerdict, { trusted: false }> = { trusted: false, reasons: ['untrusted'], chain: [certificate] }

  async function climb(chain: readonly Certificate[], flaws: readonly SealReason[]): Promise<PathVerdict | null> {
    const last = chain.at(-1) ?? certificate
    if (isRoot(last)) {
      if (flaws.length === 0) return { trusted: true, chain }
      best = better(best, { trusted: false, reasons: flaws, chain })
      return null
    }
    if (chain.length >= longestPath) return null
    for (const issuer of issuersOf(last, candidates)) {
      if (chain.includes(issuer)) continue
      if (budget.signatures === 0 || patience.left === 0) return null
      budget.signatures -= 1
      const arithmetic = await issued(last, issuer)
      if (arithmetic !== 'valid') patience.left -= 1
      // An issuer of the same name whose key did not sign this is none: `badSignature` is said of what a person signed.
      const said = arithmetic === 'badSignature' ? 'untrusted' : arithmetic
      const wrong = [...flaws, ...(said === 'valid' ? [] : [said]), ...flawsOfIssuer(issuer, chain, at)]
      const found = await climb([...chain, issuer], [...new Set(wrong)])
      if (found !== null) return found
    }
    return null
  }

  return (await climb([certificate], flawsOf(certificate, at))) ?? best
}

/** Arithmetic that said yes, by both certificates: the authority's own signature is met in every path. Two digests each, some 400 KB at most. */
const right = new Set<string>()
const mostRight = 2000

/** Whether the issuer's key signed the certificate; nothing else of it is looked at. A yes is remembered, since neither can change. */
export async function issued(certificate: Certificate, issuer: Certificate): Promise<'valid' | SealReason> {
  const both = `${certificate.sha256} ${issuer.sha256}`
  if (right.has(both)) return 'valid'
  const arithmetic = await checkSignature({ ...certificate, data: certificate.signed, spki: issuer.spki })
  if (arithmetic === 'valid') right.add(both)
  const oldest = right.values().next().value
  if (right.size > mostRight && oldest !== undefined) right.delete(oldest)
  return arithmetic
}

/** For measurements: the next path is reckoned anew. */
export function forgetIssued(): void {
  right.clear()
}

/** Whoever is nearest to a root tells most: a path that reaches it with one flaw says more than none. */
function better(one: Extract<PathVerdict, { trusted: false }>, other: Extract<PathVerdict, { trusted: false }>) {
  if (one.reasons.includes('untrusted')) return other
  return other.reasons.length < one.reasons.length ? other : one
}

function issuersOf(certificate: Certificate, candidates: readonly Certificate[]): Certificate[] {
  return candidates.filter(
    ({ subject, subjectKeyId }) =>
      sameBytes(subject.der, certificate.issuer.der) &&
      (certificate.authorityKeyId === null || subjectKeyId === null || certificate.authorityKeyId === subjectKeyId),
  )
}

function flawsOf(certificate: Certificate, at: string): SealReason[] {
  const validity = validityAt(certificate, at)
  return [...(validity === 'valid' ? [] : [validity]), ...(certificate.unknownCritical.length > 0 ? ['untrusted' as const] : [])]
}

/** @param below the chain that ends at what this issuer signed */
function flawsOfIssuer(issuer: Certificate, below: readonly Certificate[], at: string): SealReason[] {
  const maySign = issuer.isAuthority && issuer.version === 3 && (issuer.keyUsage?.has('keyCertSign') ?? true)
  // Self-issued certificates (a key change) do not count, nor does the one at the end (RFC 5280, 4.2.1.9).
  const authorities = below.slice(1).filter(({ subject, issuer: by }) => !sameBytes(subject.der, by.der)).length
  const tooLong = issuer.pathLength !== null && authorities > issuer.pathLength
  return [...flawsOf(issuer, at), ...(maySign && !tooLong ? [] : ['untrusted' as const])]
}

function unique(certificates: readonly Certificate[]): Certificate[] {
  return [...new Map(certificates.map((one) => [one.sha256, one])).values()]
}
