import type { DigestName } from './digests.ts'

/**
 * Before which moment a signature has to have been there, by an authority's word, to count though its digest can be forged today. SHA-1: the first public collision is of 23 February 2017
 * (Stevens, Bursztein, Karpman, Albertini, Markov: The first collision for full SHA-1, CRYPTO 2017); whoever could do it earlier had the year before at most.
 */
const aged: Readonly<Partial<Record<DigestName, string>>> = { sha1: '2017-01-01T00:00:00Z' }

/** @param knownAt RFC 3339: since when an authority knows the signature; null: only we say so, and our word is no younger than the forger's */
export function canBeForged(digest: DigestName, knownAt: string | null): boolean {
  const since = aged[digest]
  return since !== undefined && (knownAt === null || Date.parse(knownAt) >= Date.parse(since))
}
