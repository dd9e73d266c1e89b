import type { DigestName } from '../algorithms/digests.ts'
import { digestBytes } from '../algorithms/verify.ts'
import { sameBytes } from '../der/values.ts'

/** Trees of hashes as RFC 4998 (4.2) builds them: a node is the hash of its members, sorted by their bytes and put together. */
export type PartialTree = readonly (readonly Uint8Array[])[]

export async function hashTogether(digest: DigestName, members: readonly Uint8Array[]): Promise<Uint8Array> {
  return digestBytes(digest, Buffer.concat(members.toSorted(Buffer.compare)))
}

/** The hash that stands for a group of data: of one piece its own, of several the hash of theirs together. */
export async function leafOf(digest: DigestName, hashes: readonly Uint8Array[]): Promise<Uint8Array> {
  const [only] = hashes
  return hashes.length === 1 && only !== undefined ? only : hashTogether(digest, hashes)
}

interface Node {
  readonly hash: Uint8Array
  /** Which groups stand below. */
  readonly groups: readonly number[]
}

export interface Tree {
  readonly root: Uint8Array
  /** For each group the lists that lead from its hashes to the root; empty where the root is the group's only hash. */
  readonly paths: readonly PartialTree[]
}

/** Builds the tree over groups of hashes (one group for each record), pairing from the left. A node without a neighbour goes up as it is. */
export async function buildTree(digest: DigestName, groups: readonly (readonly Uint8Array[])[]): Promise<Tree> {
  const paths: Uint8Array[][][] = groups.map((hashes) => (hashes.length > 1 ? [[...hashes]] : []))
  let level: Node[] = await Promise.all(groups.map(async (hashes, n) => ({ hash: await leafOf(digest, hashes), groups: [n] })))
  while (level.length > 1) {
    const above: Node[] = []
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = [level[at], level[at + 1]]
      if (left === undefined) break
      if (right === undefined) above.push(left)
      else above.push(await joined(digest, left, right, paths, groups))
    }
    level = above
  }
  const [top] = level
  if (top === undefined) throw new RangeError('A tree over nothing.')
  return { root: top.hash, paths }
}

async function joined(
  digest: DigestName,
  left: Node,
  right: Node,
  paths: Uint8Array[][][],
  groups: readonly (readonly Uint8Array[])[],
): Promise<Node> {
  for (const [node, sibling] of [
    [left, right],
    [right, left],
  ] as const) {
    for (const group of node.groups) {
      const path = paths[group]
      // The first list of a single hash names that hash itself; later ones only what is joined to what came from below (4.2, 4.3).
      const own = path?.length === 0 ? (groups[group] ?? []) : []
      path?.push([...own, sibling.hash])
    }
  }
  return { hash: await hashTogether(digest, [left.hash, right.hash]), groups: [...left.groups, ...right.groups] }
}

/**
 * Leads from the hashes of a group to the root (RFC 4998, 4.3); null where they do not stand in the first list, or where a group's list holds more than the group:
 * what was slipped into a group is found. Of nothing there is no way anywhere.
 */
export async function climb(digest: DigestName, hashes: readonly Uint8Array[], path: PartialTree): Promise<Uint8Array | null> {
  if (hashes.length === 0) return null
  const [first, ...rest] = path
  if (first === undefined) return hashes.length === 1 ? (hashes[0] ?? null) : null
  if (!hashes.every((hash) => first.some((one) => sameBytes(one, hash)))) return null
  if (hashes.length > 1 && first.length !== hashes.length) return null
  let hash = await hashTogether(digest, first)
  for (const list of rest) hash = await hashTogether(digest, [...list, hash])
  return hash
}
