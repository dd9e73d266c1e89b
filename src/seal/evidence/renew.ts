import type { DigestName } from '../algorithms/digests.ts'
import { digestBytes } from '../algorithms/verify.ts'
import type { Stamp } from '../cms/sign.ts'
import { buildTree } from './hashTree.ts'
import { type ArchiveTimestamp, type EvidenceRecord, writeRecord } from './record.ts'

/** What one record is over: a signature with its evidence, a case's files. The same bytes are needed to verify it. */
export type Group = readonly Uint8Array[]

/** null: the authority does not answer. */
type Made<Value> = Promise<Value | null>

/**
 * Evidence records for any number of groups by a single time-stamp (RFC 4998, 4.2), in the order of the groups. What a night of cases costs the authority is one question.
 */
export async function createRecords(groups: readonly Group[], digest: DigestName, stamp: Stamp): Made<Uint8Array[]> {
  const stamped = await stampedGroups(await Promise.all(groups.map((group) => hashesOf(group, digest))), digest, stamp)
  return stamped?.map((one) => writeRecord([[one]])) ?? null
}

/**
 * A new time-stamp over each record's last one (5.2), before the authority's certificate ends or its algorithm ages; the digest stays. The data themselves are not needed.
 */
export async function renewTimestamps(records: readonly EvidenceRecord[], stamp: Stamp): Made<Uint8Array[]> {
  const last = records.map(({ chains }) => chains.at(-1)?.at(-1))
  const digest = last[0]?.digest ?? null
  if (digest === null || digest === 'unknown' || last.some((one) => one?.digest !== digest))
    throw new RangeError('Records of one digest are renewed together.')
  const hashes = await Promise.all(last.map(async (one) => [await digestBytes(digest, one?.token ?? new Uint8Array(0))]))
  const stamped = await stampedGroups(hashes, digest, stamp)
  return (
    stamped?.map((one, n) => {
      const chains = records[n]?.chains ?? []
      return writeRecord([...chains.slice(0, -1), [...(chains.at(-1) ?? []), one]])
    }) ?? null
  )
}

/** A new chain with another digest (5.3), before the old digest ages: over the data once more and over all that was there. */
export async function renewTrees(
  records: readonly { readonly record: EvidenceRecord; readonly group: Group }[],
  digest: DigestName,
  stamp: Stamp,
): Made<Uint8Array[]> {
  const hashes = await Promise.all(
    records.map(({ record, group }) => renewedHashes(group, record.sequences.at(-1) ?? new Uint8Array(0), digest)),
  )
  const stamped = await stampedGroups(hashes, digest, stamp)
  return stamped?.map((one, n) => writeRecord([...(records[n]?.record.chains ?? []), [one]])) ?? null
}

export async function hashesOf(group: Group, digest: DigestName): Promise<Uint8Array[]> {
  if (group.length === 0) throw new RangeError('A record over nothing.')
  return Promise.all(group.map((one) => digestBytes(digest, one)))
}

async function renewedHashes(group: Group, sequence: Uint8Array, digest: DigestName): Promise<Uint8Array[]> {
  return chainedHashes(await hashesOf(group, digest), sequence, digest)
}

/** Each piece's hash with the hash of the earlier chains behind it, hashed once more (5.3, step 4). */
export async function chainedHashes(own: readonly Uint8Array[], sequence: Uint8Array, digest: DigestName): Promise<Uint8Array[]> {
  const before = await digestBytes(digest, sequence)
  return Promise.all(own.map((hash) => digestBytes(digest, Buffer.concat([hash, before]))))
}

async function stampedGroups(hashes: readonly (readonly Uint8Array[])[], digest: DigestName, stamp: Stamp): Made<ArchiveTimestamp[]> {
  const { root, paths } = await buildTree(digest, hashes)
  const token = await stamp({ digest, hash: root })
  return token && paths.map((tree) => ({ digest, tree, token }))
}
