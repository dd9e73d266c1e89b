import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'

/** A member of a zip as it is to be written, lies included. */
export interface Member {
  name: Buffer
  bytes: Buffer
  /** 0 stored, 8 deflated, others are none. */
  method: number
  /** `bytes` are deflated already. */
  packed?: boolean
  flags: number
  /** What the two headers say instead of the truth. */
  localName?: Buffer
  localBytes?: Buffer
  says?: { readonly size?: number; readonly packed?: number; readonly offset?: number; readonly crc?: number }
}

export interface Archive {
  members: Member[]
  before: Buffer
  between: Buffer
  after: Buffer
  comment: Buffer
  /** What the end of the directory says of how many there are; null: the truth. */
  count: number | null
}

const [localMark, centralMark, endMark] = [0x04034b50, 0x02014b50, 0x06054b50]

export function writeZip({ members, before, between, after, comment, count }: Archive): Buffer {
  const [locals, centrals]: [Buffer[], Buffer[]] = [[before], []]
  let at = before.length
  for (const member of members) {
    const { name, bytes, method, flags, says = {}, localName = name, localBytes = bytes } = member
    const packed = method === 8 && member.packed !== true ? deflateRawSync(localBytes) : localBytes
    const fields = (own: Buffer) => {
      const head = Buffer.alloc(26)
      head.writeUInt16LE(20, 0)
      head.writeUInt16LE(flags, 2)
      head.writeUInt16LE(method, 4)
      head.writeUInt32LE(says.crc ?? crc32(bytes), 10)
      head.writeUInt32LE(says.packed ?? packed.length, 14)
      head.writeUInt32LE(says.size ?? bytes.length, 18)
      head.writeUInt16LE(own.length & 0xffff, 22)
      return head
    }
    locals.push(mark(localMark), fields(localName), localName, packed)
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(says.offset ?? at, 10)
    centrals.push(mark(centralMark), Buffer.from([20, 0]), fields(name), tail, name)
    at += 4 + 26 + localName.length + packed.length
  }
  const directory = Buffer.concat(centrals)
  const end = Buffer.alloc(18)
  end.writeUInt16LE((count ?? members.length) & 0xffff, 4)
  end.writeUInt16LE((count ?? members.length) & 0xffff, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(at + between.length, 12)
  end.writeUInt16LE(comment.length & 0xffff, 16)
  return Buffer.concat([...locals, between, directory, mark(endMark), end, comment, after])
}

const mark = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

/** The members by the directory at the end, as most readers find them; null: no zip that this one reads. */
export function readZip(zip: Buffer): Member[] | null {
  const end = zip.lastIndexOf(mark(endMark))
  if (end < 0 || end + 22 > zip.length) return null
  const members: Member[] = []
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== centralMark) return null
    const [nameLength, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)]
    const name = zip.subarray(at + 46, at + 46 + nameLength)
    const bytes = bytesAt(zip, zip.readUInt32LE(at + 42), zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20))
    if (bytes === null) return null
    members.push({ name, bytes, method: zip.readUInt16LE(at + 10), flags: zip.readUInt16LE(at + 8) })
    at += 46 + nameLength + extra + comment
  }
  return members
}

function bytesAt(zip: Buffer, local: number, method: number, packed: number): Buffer | null {
  if (local + 30 > zip.length) return null
  const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
  return unpacked(zip.subarray(from, from + packed), method)
}

function unpacked(bytes: Buffer, method: number): Buffer | null {
  if (method !== 8) return bytes
  try {
    return inflateRawSync(bytes, { maxOutputLength: 1 << 24 })
  } catch {
    return null
  }
}

/** The members from the front, one header after the other, as readers of a stream find them; up to the first that cannot be followed. */
export function streamedZip(zip: Buffer): Member[] {
  const members: Member[] = []
  for (let at = 0; at + 30 <= zip.length && zip.readUInt32LE(at) === localMark; ) {
    const [nameLength, extra, packed] = [zip.readUInt16LE(at + 26), zip.readUInt16LE(at + 28), zip.readUInt32LE(at + 18)]
    const from = at + 30 + nameLength + extra
    const [flags, method] = [zip.readUInt16LE(at + 6), zip.readUInt16LE(at + 8)]
    const bytes = unpacked(zip.subarray(from, from + packed), method)
    if (bytes === null) return members
    members.push({ name: zip.subarray(at + 30, at + 30 + nameLength), bytes, method, flags })
    at = from + packed
  }
  return members
}
