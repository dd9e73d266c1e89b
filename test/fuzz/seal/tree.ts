/** A value of DER with what stands in it, read without any of the product's code: changes are made in it, and by it is told what was changed. */
export interface Node {
  tag: number
  /** Of a BIT STRING that holds a value: its octet of unused bits. */
  lead: Buffer
  /** Also of an OCTET or BIT STRING whose octets are one whole value. */
  parts: Node[] | null
  content: Buffer
  /** Written as it is, whatever lengths it says. */
  raw?: Buffer
}

const [bitString, octetString] = [0x03, 0x04]

/** The value that these octets are; null where lengths do not fit. */
export function treeOf(bytes: Buffer): Node | null {
  const found = nodeAt(bytes, 0, 0)
  return found !== null && found.end === bytes.length ? found.node : null
}

export function written(node: Node): Buffer {
  if (node.raw !== undefined) return node.raw
  return wrapped(node.tag, bodyOf(node))
}

export function bodyOf({ parts, lead, content }: Node): Buffer {
  return parts === null ? content : Buffer.concat([lead, ...parts.map(written)])
}

export function wrapped(tag: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body])
}

export function lengthOf(length: number, octets = 0): Buffer {
  const digits = length.toString(16)
  const shortest = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex')
  if (octets === 0 && length < 0x80) return Buffer.from([length])
  const padded = Buffer.concat([Buffer.alloc(Math.max(0, octets - shortest.length)), shortest])
  return Buffer.concat([Buffer.from([0x80 | padded.length]), padded])
}

/** A value that stood inside itself would have no end. */
export function copyOf(node: Node): Node {
  return { ...node, parts: node.parts === null ? null : node.parts.map(copyOf) }
}

export function all(node: Node): Node[] {
  const found: Node[] = []
  const open = [node]
  for (let next = open.pop(); next !== undefined && found.length < 3000; next = open.pop()) {
    found.push(next)
    open.push(...(next.parts ?? []).toReversed())
  }
  return found
}

/** The part at these places: `partAt(cms, 1, 0, 2)`. */
export function partAt(node: Node | null | undefined, ...path: readonly number[]): Node | null {
  let here = node ?? null
  for (const at of path) here = here?.parts?.at(at) ?? null
  return here
}

function nodeAt(bytes: Buffer, at: number, depth: number): { node: Node; end: number } | null {
  const [tag, first] = [bytes[at], bytes[at + 1]]
  if (tag === undefined || first === undefined || depth > 60) return null
  const octets = first < 0x80 ? 0 : first & 0x7f
  if (first === 0x80 || octets > 4 || at + 2 + octets > bytes.length) return null
  const length = octets === 0 ? first : bytes.readUIntBE(at + 2, octets)
  const [from, end] = [at + 2 + octets, at + 2 + octets + length]
  if (end > bytes.length) return null
  const content = bytes.subarray(from, end)
  const none = Buffer.alloc(0)
  if ((tag & 0x20) !== 0) return { node: { tag, lead: none, parts: partsOf(content, depth), content }, end }
  const lead = tag === bitString ? content.subarray(0, 1) : none
  const inside = tag === bitString || tag === octetString ? insideOf(content.subarray(lead.length), depth) : null
  return { node: { tag, lead, parts: inside && [inside], content }, end }
}

/** Only a SEQUENCE or an OCTET STRING: chance makes other tags of a signature's octets. */
function insideOf(content: Buffer, depth: number): Node | null {
  if (content[0] !== 0x30 && content[0] !== octetString) return null
  const found = nodeAt(content, 0, depth + 1)
  return found !== null && found.end === content.length ? found.node : null
}

function partsOf(content: Buffer, depth: number): Node[] | null {
  const parts: Node[] = []
  for (let at = 0; at < content.length; ) {
    const found = nodeAt(content, at, depth + 1)
    if (found === null) return null
    parts.push(found.node)
    at = found.end
  }
  return parts
}
