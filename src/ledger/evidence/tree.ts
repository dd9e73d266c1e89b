import { hash } from 'node:crypto'

/** Lists of hashes from a leaf to a root (RFC 4998, 4.2), as a row keeps them: of each list one byte with the number of its hashes, then these. */
export type HashLists = readonly (readonly Uint8Array[])[]

export function packTree(lists: HashLists): Buffer {
  return Buffer.concat(
    lists.flatMap((list) => {
      if (list.length === 0 || list.length > 255) throw new RangeError('A list of a tree has 1 to 255 hashes.')
      return [Buffer.from([list.length]), ...list]
    }),
  )
}

/** null: damaged. @param size octets of a hash */
export function unpackTree(bytes: Uint8Array, size: number): HashLists | null {
  const lists: Uint8Array[][] = []
  for (let at = 0; at < bytes.length; ) {
    const count = bytes[at] ?? 0
    const end = at + 1 + count * size
    if (count === 0 || end > bytes.length) return null
    lists.push(Array.from({ length: count }, (_, n) => bytes.subarray(at + 1 + n * size, at + 1 + (n + 1) * size)))
    at = end
  }
  return lists
}

/** Digests of trees that this floor reckons by itself; those of GOST are the seals' matter. */
const reckoned: Readonly<Record<string, number>> = { sha256: 32, sha384: 48, sha512: 64 }

/** Whether the tree leads from the leaf to the root; null: of a digest that is not reckoned here. */
export function leadsTo(digest: string, leaf: Uint8Array, tree: Uint8Array, root: Uint8Array): boolean | null {
  const size = reckoned[digest]
  if (size === undefined) return null
  const [first, ...rest] = unpackTree(tree, size) ?? [[]]
  if (first === undefined) return Buffer.compare(leaf, root) === 0
  if (!first.some((one) => Buffer.compare(one, leaf) === 0)) return false
  const together = (list: readonly Uint8Array[]) => hash(digest, Buffer.concat(list.toSorted(Buffer.compare)), 'buffer')
  return rest.reduce((below, list) => together([...list, below]), together(first)).equals(root)
}
