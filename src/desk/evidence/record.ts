import { unpackTree } from '../../ledger/evidence/tree.ts'
import type { EvidenceBook, EvidenceLeaf, EvidencePlace, KeptStamp } from '../../ledger/ledger.ts'
import { type DigestName, digestNames, digests } from '../../seal/algorithms/digests.ts'
import { type Evidence, readEvidence, writeEvidence } from '../../seal/evidence/evidence.ts'
import type { PartialTree } from '../../seal/evidence/hashTree.ts'
import { type ArchiveTimestamp, type EvidenceRecord, writeRecord, writeSequence } from '../../seal/evidence/record.ts'

/** A record as it leaves the house: whoever has it, the file and the roots of the authority needs nothing of ours. */
export interface KeptRecord {
  /** EvidenceRecord of RFC 4998, DER. */
  readonly record: Uint8Array
  /** `qyzmet.evidence/1`: certificates of the authorities, and what was said of their revocation. */
  readonly evidence: Uint8Array
}

/** The record over a file; null: there is none. */
export async function keptRecord(book: EvidenceBook, place: EvidencePlace): Promise<KeptRecord | null> {
  const leaves = await book.of(place)
  if (leaves.length === 0) return null
  const stamps = await book.stamps(leaves.map(({ stamp }) => stamp))
  const chains = chainsOf(leaves, byNumber(stamps))
  const evidence = together((await book.proofs(stamps.map(({ number }) => number))).map(readEvidence))
  return { record: writeRecord(chains), evidence: writeEvidence(evidence) }
}

export const byNumber = (stamps: readonly KeptStamp[]): ReadonlyMap<number, KeptStamp> => new Map(stamps.map((one) => [one.number, one]))

/** The chains of one record. A stamp that an earlier chain got after the next one had begun stands in no record that the next one is over. */
export function chainsOf(leaves: readonly EvidenceLeaf[], stamps: ReadonlyMap<number, KeptStamp>): ArchiveTimestamp[][] {
  return leaves.map((leaf, n) => {
    const end = leaves[n + 1]?.stamp ?? Number.POSITIVE_INFINITY
    const chain: ArchiveTimestamp[] = []
    let next: { readonly stamp: KeptStamp; readonly tree: Uint8Array } | null = at(stamps, leaf.stamp, leaf.tree)
    while (next !== null) {
      const digest = digestOf(next.stamp)
      chain.push({ digest, tree: listsOf(next.tree, digest), token: next.stamp.token })
      const { renewed }: KeptStamp = next.stamp
      next = renewed !== null && renewed.by < end ? at(stamps, renewed.by, renewed.tree) : null
    }
    return chain
  })
}

function at(stamps: ReadonlyMap<number, KeptStamp>, number: number, tree: Uint8Array) {
  const stamp = stamps.get(number)
  if (stamp === undefined) throw new Error(`The time-stamp ${number} of an evidence record is not there: run qyzmet verify.`)
  return { stamp, tree }
}

export function digestOf({ number, digest }: Pick<KeptStamp, 'number' | 'digest'>): DigestName {
  const known = digestNames.find((name) => name === digest)
  if (known === undefined) throw new Error(`The time-stamp ${number} is of the digest ${digest}, which this release does not know.`)
  return known
}

function listsOf(tree: Uint8Array, digest: DigestName): PartialTree {
  const lists = unpackTree(tree, digests[digest].size)
  if (lists === null) throw new Error('A tree of an evidence record is damaged: run qyzmet verify.')
  return lists
}

/** As if it had been read from its DER. */
export const recordOf = (chains: readonly (readonly ArchiveTimestamp[])[]): EvidenceRecord => ({
  chains,
  sequences: chains.map((_, n) => writeSequence(chains.slice(0, n + 1))),
})

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** Each certificate and answer once; evidence that cannot be read is none. */
export function together(all: readonly (Evidence | null)[]): Evidence {
  const there = all.filter((one) => one !== null)
  const certificates = new Map(there.flatMap((one) => one.certificates.map((each) => [each.sha256, each] as const)))
  const revocations = new Map(there.flatMap((one) => one.revocations.map((each) => [base64(each.der), each] as const)))
  return { certificates: [...certificates.values()], revocations: [...revocations.values()], timestamps: [] }
}
