import type { DigestName } from '../../seal/algorithms/digests.ts'

/** Digests that new trees may be made with. */
export const treeDigests = ['sha256', 'sha384', 'sha512', 'streebog512'] as const satisfies readonly DigestName[]

export interface EvidenceSettings {
  /** Days before the end of the authority's certificate from which on a time-stamp is renewed. */
  readonly marginDays: number
  readonly digest: (typeof treeDigests)[number]
}

export const usualEvidence: EvidenceSettings = { marginDays: 180, digest: 'sha256' }
