import { hash } from 'node:crypto'

/** Merkle trees of RFC 9162, section 2.1: SHA-256; a leaf is hashed behind a byte 0, a node behind a byte 1, so that neither passes for the other. */

const sha256 = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer')

const leafMark = Buffer.from([0])

export function leafHash(data: string): Buffer {
  return sha256(Buffer.concat([leafMark, Buffer.from(data, 'utf8')]))
}

export function nodeHash(left: Buffer, right: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(65)
  bytes[0] = 1
  left.copy(bytes, 1)
  right.copy(bytes, 33)
  return sha256(bytes)
}

/** The root of no leaves. */
export const emptyRoot = sha256(Buffer.alloc(0))

/** Hashes are kept at every eighth level: of 1, 256, 65,536, … leaves. */
const levelBits = 8

/** The root of a whole subtree of 256^level leaves; `position` counts such subtrees from the left. */
export interface KeptNode {
  level: number
  position: number
  hash: Buffer
}

/** A tree that grows to the right. Holds one hash for each bit of its size: what a million leaves need is twenty. */
export interface GrowingTree {
  readonly size: number
  append(leaf: Buffer): void
  root(): Buffer
}

/**
 * @param peaks roots of the whole subtrees that `size` leaves consist of, the largest first
 * @param keep told of each subtree that becomes whole and is worth keeping
 */
export function growingTree(size: number, peaks: readonly Buffer[], keep: (node: KeptNode) => void): GrowingTree {
  const stack = [...peaks]
  let count = size
  return {
    get size() {
      return count
    },
    append: (leaf) => {
      let top = leaf
      let subtrees = count
      for (let level = 1; subtrees % 2 === 1; level++) {
        const left = stack.pop()
        if (left === undefined) throw new Error('a tree has fewer peaks than its size says')
        top = nodeHash(left, top)
        subtrees = (subtrees - 1) / 2
        if (level % levelBits === 0) keep({ level: level / levelBits, position: subtrees, hash: top })
      }
      stack.push(top)
      count += 1
    },
    root: () =>
      stack.reduceRight<Buffer | undefined>((right, left) => (right === undefined ? left : nodeHash(left, right)), undefined) ?? emptyRoot,
  }
}

/** Hashes of whole subtrees of 256^level leaves, from a position on; level 0 are leaves. */
export type ReadHashes = (level: number, position: number, count: number) => Promise<Buffer[]>

/** Roots of the whole subtrees that a tree of this size consists of, the largest first. */
export async function peaksOf(size: number, read: ReadHashes): Promise<Buffer[]> {
  const peaks: Buffer[] = []
  for (let start = 0; start < size; ) {
    const part = largestPower(size - start)
    peaks.push(await rootOf(start, start + part, read))
    start += part
  }
  return peaks
}

/** What must be hashed beside a leaf, from the leaf up, to come to the root of the first `size` leaves. */
export async function inclusionPath(leaf: number, size: number, read: ReadHashes): Promise<Buffer[]> {
  const path: Buffer[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const middle = start + largestPowerBelow(end - start)
    if (leaf < middle) {
      path.push(await rootOf(middle, end, read))
      end = middle
    } else {
      path.push(await rootOf(start, middle, read))
      start = middle
    }
  }
  return path.reverse()
}

async function rootOf(start: number, end: number, read: ReadHashes): Promise<Buffer> {
  const length = end - start
  if (length !== largestPower(length)) {
    const middle = start + largestPower(length)
    return nodeHash(await rootOf(start, middle, read), await rootOf(middle, end, read))
  }
  const level = Math.floor(Math.log2(length) / levelBits)
  const unit = 2 ** (level * levelBits)
  let row = await read(level, start / unit, length / unit)
  if (row.length !== length / unit) throw new Error(`hashes of the leaves ${start} to ${end - 1} are missing`)
  while (row.length > 1) row = pairs(row)
  const [root] = row
  if (root === undefined) throw new Error('a subtree has at least one leaf')
  return root
}

function pairs(row: Buffer[]): Buffer[] {
  const above: Buffer[] = []
  for (let n = 0; n + 1 < row.length; n += 2) above.push(nodeHash(row[n] as Buffer, row[n + 1] as Buffer)) // as: both are within the row
  return above
}

/** The largest power of two that is not greater. */
const largestPower = (size: number): number => 2 ** Math.floor(Math.log2(size))

const largestPowerBelow = (size: number): number => (largestPower(size) === size ? size / 2 : largestPower(size))
