import type { EvidencePlace, NewLeaf } from '../../ledger/ledger.ts'
import { digestBytes } from '../../seal/algorithms/verify.ts'
import { type EvidenceFailure, type EvidenceParts, signedTypes, stampOver, usualAtOnce } from './parts.ts'

export interface Made {
  /** Records that were made. */
  readonly made: number
  /** Why it ended early; null: nothing is left. */
  readonly failure: EvidenceFailure | null
}

/**
 * A record for each signature that has none, a time-stamp for some thousands of them. Each batch is kept whole or not at all: killed anywhere, the next run goes on.
 * @param since RFC 3339: only signatures that were put since; null: all
 */
export async function makeRecords(parts: EvidenceParts, since: string | null): Promise<Made> {
  const { evidence } = parts.ledger
  const limit = parts.atOnce ?? usualAtOnce
  let made = 0
  let after: EvidencePlace | null = null
  for (;;) {
    const places: EvidencePlace[] = await evidence.without({ after, limit }, signedTypes, since)
    const last = places.at(-1)
    if (last === undefined) return { made, failure: null }
    after = last
    const { leaves, hashes } = await hashed(parts, places)
    if (hashes.length === 0) continue
    const stamped = await stampOver(parts, parts.digest, hashes)
    if ('kind' in stamped) return { made, failure: stamped }
    const trees = leaves.map((place, n): NewLeaf => ({ ...place, chain: 1, tree: stamped.trees[n] ?? Buffer.alloc(0) }))
    made += await evidence.keep(stamped.stamp, trees)
  }
}

/** The address of a file is its SHA-256; for another digest each is opened, one at a time. What was destroyed meanwhile is left out. */
async function hashed({ ledger: { files }, digest }: EvidenceParts, places: readonly EvidencePlace[]) {
  const leaves: EvidencePlace[] = []
  const hashes: Uint8Array[] = []
  for (const place of places) {
    const { home, case: number, sha256 } = place
    const bytes = digest === 'sha256' ? null : await files.get(home, number, sha256)
    if (digest !== 'sha256' && bytes === null) continue
    leaves.push(place)
    hashes.push(bytes === null ? Buffer.from(sha256, 'hex') : await digestBytes(digest, bytes))
  }
  return { leaves, hashes }
}
