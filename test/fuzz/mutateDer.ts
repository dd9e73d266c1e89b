import type { Chance } from './chance.ts'
import { mutateBytes } from './mutate.ts'

/** A value with its parts, whatever it was made of: lengths are written anew, so that a change deep inside does not stop every reader at the first octet. */
interface Node {
  readonly tag: number
  readonly parts: Node[] | null
  readonly content: Buffer
}

/** Changes inside DER that leave its lengths right: parts gone, doubled, exchanged, of another tag, of other octets, from another sample. */
export function mutateDer(chance: Chance, from: Buffer, others: readonly Buffer[] = []): Buffer {
  const root = nodeAt(from, 0)?.node
  if (root === undefined) return mutateBytes(chance, from, others)
  for (let turns = 1 + chance.below(3); turns > 0; turns--) change(chance, root, others)
  return written(root)
}

function change(chance: Chance, root: Node, others: readonly Buffer[]): void {
  const holders = all(root).filter(({ parts }) => parts !== null && parts.length > 0)
  // Everything may be gone by now.
  const parts = (holders.length === 0 ? null : chance.pick(holders).parts) ?? []
  const at = chance.below(parts.length)
  const old = parts[at]
  if (old === undefined) return
  switch (chance.below(8)) {
    case 0:
      parts.splice(at, 1)
      return
    case 1:
      parts.splice(at, 0, copyOf(old))
      return
    case 2:
      parts.push(...parts.splice(at, 1))
      return
    case 3:
      parts[at] = { ...old, tag: chance.pick([2, 3, 4, 5, 6, 0x0c, 0x13, 0x17, 0x30, 0x31, 0x80, 0xa0, 0xa1, 0x24, chance.below(256)]) }
      return
    case 4: {
      const stranger = nodeAt(chance.pick(others.length > 0 ? others : [written(root)]), 0)?.node
      if (stranger !== undefined) parts[at] = copyOf(chance.pick(all(stranger)))
      return
    }
    case 5:
      parts[at] = copyOf(chance.pick(all(root)))
      return
    default:
      parts[at] = {
        ...old,
        parts: null,
        content: mutateBytes(chance, old.parts === null ? old.content : Buffer.concat(old.parts.map(written))),
      }
  }
}

/** A value that stood inside itself would have no end. */
function copyOf(node: Node): Node {
  return { ...node, parts: node.parts === null ? null : node.parts.map(copyOf) }
}

function all(node: Node): Node[] {
  return [node, ...(node.parts ?? []).flatMap(all)].slice(0, 2000)
}

function nodeAt(bytes: Buffer, at: number): { node: Node; end: number } | null {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined) return null
  const octets = first < 0x80 ? 0 : first & 0x7f
  const length = octets === 0 ? first : bytes.readUIntBE(at + 2, Math.min(octets, 4))
  const from = at + 2 + octets
  const content = bytes.subarray(from, from + length)
  if (content.length < length) return null
  return { node: { tag, parts: (tag & 0x20) === 0 ? null : partsOf(content), content }, end: from + length }
}

function partsOf(content: Buffer): Node[] | null {
  const parts: Node[] = []
  for (let at = 0; at < content.length; ) {
    const found = nodeAt(content, at)
    if (found === null) return null
    parts.push(found.node)
    at = found.end
  }
  return parts
}

function written({ tag, parts, content }: Node): Buffer {
  const body = parts === null ? content : Buffer.concat(parts.map(written))
  const digits = body.length.toString(16)
  const length = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex')
  return Buffer.concat([Buffer.from(body.length < 0x80 ? [tag, body.length] : [tag, 0x80 | length.length, ...length]), body])
}
