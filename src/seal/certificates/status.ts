import type { Certificate } from './certificate.ts'

/** CRLReason (RFC 5280, 5.3.1). */
const reasons = {
  0: 'unspecified',
  1: 'keyCompromise',
  2: 'authorityCompromise',
  3: 'affiliationChanged',
  4: 'superseded',
  5: 'cessationOfOperation',
  6: 'certificateHold',
  8: 'removeFromList',
  9: 'privilegeWithdrawn',
  10: 'attributeCompromise',
} as const
export type RevocationReason = (typeof reasons)[keyof typeof reasons]
export const revocationReasons: readonly RevocationReason[] = Object.values(reasons)

const byNumber: Readonly<Record<number, RevocationReason>> = reasons

/** A number that is not assigned is no better than none. */
export function reasonOf(number: number): RevocationReason {
  return byNumber[number] ?? 'unspecified'
}

export function reasonNumber(reason: RevocationReason): number {
  return Number(Object.keys(reasons).find((number) => byNumber[Number(number)] === reason) ?? 0)
}

interface Source {
  readonly by: 'ocsp' | 'crl'
  /** RFC 3339. */
  readonly thisUpdate: string
  readonly nextUpdate: string | null
}

/** Whether a certificate was revoked at a moment. `unknown` is an outage or an answer that cannot be relied on, with a code of why: never taken for `good`. */
export type Status =
  | ({ readonly kind: 'good' } & Source)
  | ({ readonly kind: 'revoked'; readonly since: string; readonly reason: RevocationReason } & Source)
  | { readonly kind: 'unknown'; readonly why: string }

/** Clocks of two houses differ: an answer may be so much younger than the moment that it speaks of needs it to be older. */
const skewMs = 5 * 60_000
/** An answer without an end speaks for a day. */
const withoutEndMs = 24 * 3_600_000

/**
 * Whether "not revoked" of this answer holds at the moment. One made later does, since a revocation is not taken back (a hold that was lifted left no
 * signature of value behind it); one made earlier holds until its own end.
 */
export function coversMoment(
  { thisUpdate, nextUpdate }: { readonly thisUpdate: string; readonly nextUpdate: string | null },
  at: string,
): boolean {
  const [made, moment] = [Date.parse(thisUpdate), Date.parse(at)]
  if (made >= moment - skewMs) return true
  return moment <= (nextUpdate === null ? made + withoutEndMs : Date.parse(nextUpdate))
}

/** Authorities leave certificates that have ended out of their answers: silence about one proves nothing then. */
export function mayHaveForgotten(thisUpdate: string, { notAfter }: Certificate): boolean {
  return Date.parse(thisUpdate) > Date.parse(notAfter)
}
