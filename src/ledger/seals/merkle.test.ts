import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { growingTree, inclusionPath, type KeptNode, leafHash, nodeHash, peaksOf, type ReadHashes } from './merkle.ts'

/** The root as RFC 9162, section 2.1.1 defines it, word for word. */
function definedRoot(leaves: readonly string[]): Buffer {
  if (leaves.length === 0) return createHash('sha256').digest()
  if (leaves.length === 1)
    return createHash('sha256')
      .update(Buffer.from([0]))
      .update(leaves[0] ?? '')
      .digest()
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  const parts = [definedRoot(leaves.slice(0, k)), definedRoot(leaves.slice(k))]
  return createHash('sha256')
    .update(Buffer.from([1]))
    .update(Buffer.concat(parts))
    .digest()
}

/** Section 2.1.3.2. */
function proves(leaf: Buffer, position: number, size: number, path: readonly Buffer[], root: Buffer): boolean {
  let [fn, sn, r] = [position, size - 1, leaf]
  for (const p of path) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      r = nodeHash(p, r)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn >> 1, sn >> 1]
    } else r = nodeHash(r, p)
    ;[fn, sn] = [fn >> 1, sn >> 1]
  }
  return sn === 0 && r.equals(root)
}

const data = Array.from({ length: 1000 }, (_, n) => `leaf ${n}`)
const hashes = data.map(leafHash)

/** A tree of the first `size` leaves, and a reader over what was kept on the way. */
function grown(size: number, from: { size: number; peaks: Buffer[]; kept: KeptNode[] } = { size: 0, peaks: [], kept: [] }) {
  const kept = [...from.kept]
  const tree = growingTree(from.size, from.peaks, (node) => kept.push(node))
  for (const leaf of hashes.slice(from.size, size)) tree.append(leaf)
  const read: ReadHashes = async (level, position, count) =>
    level === 0
      ? hashes.slice(0, size).slice(position, position + count)
      : kept
          .filter((node) => node.level === level && node.position >= position && node.position < position + count)
          .sort((a, b) => a.position - b.position)
          .map(({ hash }) => hash)
  return { tree, kept, read }
}

describe('the Merkle tree', () => {
  it.each([0, 1, 2, 3, 7, 8, 255, 256, 257, 511, 512, 600, 1000])('of %s leaves has the root that RFC 9162 defines', (size) => {
    expect(grown(size).tree.root()).toEqual(definedRoot(data.slice(0, size)))
  })

  it('knows the published vectors', () => {
    // Of the empty tree and of one empty leaf: the well-known values of RFC 6962 logs.
    expect(grown(0).tree.root().toString('hex')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    expect(leafHash('').toString('hex')).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d')
  })

  it.each([1, 255, 256, 300, 512, 777])('grows on from %s leaves as if it had never stopped', async (before) => {
    const first = grown(before)
    const peaks = await peaksOf(before, first.read)
    expect(grown(1000, { size: before, peaks, kept: first.kept }).tree.root()).toEqual(grown(1000).tree.root())
  })

  it('proves each of its leaves, at their place and no other', async () => {
    for (const size of [1, 2, 5, 256, 257, 600]) {
      const { tree, read } = grown(size)
      for (const leaf of new Set([0, 1, 4, 255, 256, size - 1].filter((n) => n < size))) {
        const path = await inclusionPath(leaf, size, read)
        expect(proves(hashes[leaf] as Buffer, leaf, size, path, tree.root())).toBe(true)
        expect(proves(hashes[leaf + 1] as Buffer, leaf, size, path, tree.root())).toBe(false)
        if (size > 1) expect(proves(hashes[leaf] as Buffer, (leaf + 1) % size, size, path, tree.root())).toBe(false)
      }
    }
  })

  it('says which hashes are missing', async () => {
    const { kept } = grown(600)
    await expect(inclusionPath(599, 600, async () => [])).rejects.toThrow('missing')
    expect(kept.map(({ level, position }) => [level, position])).toEqual([
      [1, 0],
      [1, 1],
    ])
  })
})
