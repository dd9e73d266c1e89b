import type { EvidenceLeaf, EvidencePlace, KeptStamp, NewLeaf } from '../../ledger/ledger.ts'
import { digestBytes } from '../../seal/algorithms/verify.ts'
import { writeSequence } from '../../seal/evidence/record.ts'
import { chainedHashes } from '../../seal/evidence/renew.ts'
import type { SealReason } from '../../seal/seal.ts'
import { type EvidenceFailure, type EvidenceParts, stampOver, usualAtOnce } from './parts.ts'
import { byNumber, chainsOf, digestOf } from './record.ts'
import { agesBefore, holdsNow, type LostStamp } from './renew.ts'

export interface Rechained {
  /** Records that got a new chain. */
  readonly rechained: number
  readonly lost: readonly LostStamp[]
  readonly failure: EvidenceFailure | null
}

/**
 * A new chain for every record whose digest ages (RFC 4998, 5.3): over the file once more and over all that was there, by the digest that is set. Files are opened one at a
 * time. When no record ends at the old time-stamps any more they are closed: nothing is renewed for nobody.
 */
export async function rechain(parts: EvidenceParts): Promise<Rechained> {
  const { evidence } = parts.ledger
  const stamps = await evidence.stamps()
  const old = stamps.filter((stamp) => !stamp.closed && agesBefore(digestOf(stamp), parts.digest))
  if (old.length === 0) return { rechained: 0, lost: [], failure: null }
  const numbers = old.map(({ number }) => number)
  const judge = rememberedJudge(parts)
  const limit = parts.atOnce ?? usualAtOnce
  let rechained = 0
  let after: EvidencePlace | null = null
  const lost = new Map<number, readonly SealReason[]>()
  for (;;) {
    const leaves: EvidenceLeaf[] = await evidence.aged({ after, limit }, numbers)
    const last = leaves.at(-1)
    if (last === undefined) break
    after = last
    const { next, hashes } = await nextLeaves(parts, leaves, byNumber(stamps), judge, lost)
    if (hashes.length === 0) continue
    const stamped = await stampOver(parts, parts.digest, hashes)
    if ('kind' in stamped) return { rechained, lost: told(lost), failure: stamped }
    const kept = next.map((leaf, n) => ({ ...leaf, tree: stamped.trees[n] ?? Buffer.alloc(0) }))
    rechained += await evidence.keep(stamped.stamp, kept)
  }
  if ((await evidence.aged({ after: null, limit: 1 }, numbers)).length === 0) await evidence.close(numbers)
  return { rechained, lost: told(lost), failure: null }
}

type Judge = (stamp: KeptStamp) => Promise<readonly SealReason[]>

function rememberedJudge(parts: EvidenceParts): Judge {
  const known = new Map<number, Promise<readonly SealReason[]>>()
  return (stamp) => {
    const judged = known.get(stamp.number) ?? holdsNow(parts, stamp).then(({ reasons }) => reasons)
    known.set(stamp.number, judged)
    return judged
  }
}

const told = (lost: ReadonlyMap<number, readonly SealReason[]>): LostStamp[] => [...lost].map(([number, reasons]) => ({ number, reasons }))

/** The next chain's leaf of each file whose last time-stamp holds: over one that does not a new chain proves nothing. */
async function nextLeaves(
  { ledger: { files }, digest }: EvidenceParts,
  leaves: readonly EvidenceLeaf[],
  stamps: ReadonlyMap<number, KeptStamp>,
  judge: Judge,
  lost: Map<number, readonly SealReason[]>,
) {
  const next: Omit<NewLeaf, 'tree'>[] = []
  const hashes: Uint8Array[] = []
  for (const own of Map.groupBy(leaves, ({ home, case: number, sha256 }) => `${home}/${number}/${sha256}`).values()) {
    const last = own.at(-1)
    const end = last && endOf(last, stamps)
    if (last === undefined || end === undefined) continue
    const reasons = await judge(end)
    if (reasons.length > 0) {
      lost.set(end.number, reasons)
      continue
    }
    const bytes = await files.get(last.home, last.case, last.sha256)
    if (bytes === null) continue
    const [hash] = await chainedHashes([await digestBytes(digest, bytes)], writeSequence(chainsOf(own, stamps)), digest)
    if (hash === undefined) continue
    next.push({ home: last.home, case: last.case, sha256: last.sha256, chain: last.chain + 1 })
    hashes.push(hash)
  }
  return { next, hashes }
}

/** The last time-stamp of the newest chain. */
function endOf({ stamp }: EvidenceLeaf, stamps: ReadonlyMap<number, KeptStamp>): KeptStamp | undefined {
  let found = stamps.get(stamp)
  while (found?.renewed) found = stamps.get(found.renewed.by)
  return found
}
