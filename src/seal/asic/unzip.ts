import { crc32, inflateRawSync } from 'node:zlib'

/** What a zip may cost whoever opens it. */
export interface ZipLimits {
  readonly files: number
  /** Of everything unpacked: a zip of a few kilobytes may say that it holds terabytes. */
  readonly bytes: number
}

/** The zip has no reading that all readers share, or its octets are not what it says; `tooLarge`: it says, or holds, more than is allowed. */
export class ZipRefused extends Error {
  override name = 'ZipRefused'
  readonly code: 'damaged' | 'tooLarge'

  constructor(code: 'damaged' | 'tooLarge') {
    super(code)
    this.code = code
  }
}

interface Entry {
  readonly name: Uint8Array
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  /** Where its own header stands. */
  readonly at: number
}

const marks = { local: 0x04034b50, entry: 0x02014b50, end: 0x06054b50, sizes: 0x08074b50 }
const lengths = { local: 30, entry: 46, end: 22 }
/** Level of compression (1, 2), sizes after the octets (3), names in UTF-8 (11). Encryption and everything else is not taken. */
const knownFlags = 0x080e
const sizesAfter = 0x0008

/**
 * The files of a zip (APPNOTE 6.3.10) by their names, folders left out. Read so that there is one reading only, whether a reader begins at the end, as most do, or at the
 * front, as those of streams do: nothing stands before, between or behind its members, both headers of each say the same, lengths and CRC-32 are true. No zip64, nothing
 * encrypted, no two of one name, no name that would lead out of the folder into which somebody unpacks it. Throws ZipRefused, and nothing else.
 */
export function unzip(given: Uint8Array, limits: ZipLimits): Map<string, Uint8Array> {
  const zip = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
  try {
    return filesOf(zip, entriesOf(zip, limits), limits)
  } catch (cause) {
    // Whoever is led outside of the octets by a number in them reads no zip.
    if (cause instanceof RangeError) throw new ZipRefused('damaged')
    throw cause
  }
}

function entriesOf(zip: Buffer, { files }: ZipLimits): { readonly entries: readonly Entry[]; readonly directory: number } {
  const end = endOf(zip)
  const [here, count, size, directory] = [
    zip.readUInt16LE(end + 8),
    zip.readUInt16LE(end + 10),
    zip.readUInt32LE(end + 12),
    zip.readUInt32LE(end + 16),
  ]
  must(zip.readUInt32LE(end + 4) === 0 && here === count && directory + size === end)
  if (count > files) throw new ZipRefused('tooLarge')
  const entries: Entry[] = []
  let at = directory
  for (let left = count; left > 0; left--) {
    must(zip.readUInt32LE(at) === marks.entry)
    const name = zip.subarray(at + lengths.entry, at + lengths.entry + zip.readUInt16LE(at + 28))
    entries.push({ name, ...commonAt(zip, at + 8), at: zip.readUInt32LE(at + 42) })
    must(zip.readUInt16LE(at + 34) === 0)
    at += lengths.entry + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  must(at === end)
  return { entries, directory }
}

/** The one place where the end of the directory may be: a comment that looks like another end would be taken for it by others. */
function endOf(zip: Buffer): number {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  must(end >= 0 && end + lengths.end + zip.readUInt16LE(end + 20) === zip.length)
  return end
}

/** What both headers of a member say, from their flags on. */
function commonAt(zip: Buffer, at: number): Pick<Entry, 'flags' | 'method' | 'crc' | 'packed' | 'size'> {
  return {
    flags: zip.readUInt16LE(at),
    method: zip.readUInt16LE(at + 2),
    crc: zip.readUInt32LE(at + 8),
    packed: zip.readUInt32LE(at + 12),
    size: zip.readUInt32LE(at + 16),
  }
}

function filesOf(zip: Buffer, { entries, directory }: ReturnType<typeof entriesOf>, { bytes }: ZipLimits): Map<string, Uint8Array> {
  const said = entries.reduce((sum, { size }) => sum + size, 0)
  if (said > bytes) throw new ZipRefused('tooLarge')
  const files = new Map<string, Uint8Array>()
  let next = 0
  for (const entry of entries.toSorted((one, other) => one.at - other.at)) {
    must(entry.at === next)
    const from = beginOf(zip, entry)
    next = from + entry.packed
    if ((entry.flags & sizesAfter) !== 0) next = behindSizes(zip, next, entry)
    must(next <= directory)
    const name = nameOf(entry)
    must(!files.has(name))
    files.set(name, unpacked(zip.subarray(from, from + entry.packed), entry))
  }
  must(next === directory)
  for (const [name, content] of files) {
    if (!name.endsWith('/')) continue
    must(content.length === 0)
    files.delete(name)
  }
  return files
}

/** Where the octets of a member begin; its own header must say what the directory says, or leave the lengths to what follows. */
function beginOf(zip: Buffer, entry: Entry): number {
  const { at, name } = entry
  must(zip.readUInt32LE(at) === marks.local)
  const own = commonAt(zip, at + 6)
  const from = at + lengths.local + zip.readUInt16LE(at + 26)
  must(own.flags === entry.flags && own.method === entry.method && zip.subarray(at + lengths.local, from).equals(name))
  const isLeft = (entry.flags & sizesAfter) !== 0 && own.crc === 0 && own.packed === 0 && own.size === 0
  must(isLeft || (own.crc === entry.crc && own.packed === entry.packed && own.size === entry.size))
  return from + zip.readUInt16LE(at + 28)
}

/** CRC and lengths after the octets, with their mark or without. */
function behindSizes(zip: Buffer, at: number, { crc, packed, size }: Entry): number {
  const from = zip.readUInt32LE(at) === marks.sizes ? at + 4 : at
  must(zip.readUInt32LE(from) === crc && zip.readUInt32LE(from + 4) === packed && zip.readUInt32LE(from + 8) === size)
  return from + 12
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function nameOf({ name, flags }: Entry): string {
  // Names that are not UTF-8 are read by each program in the letters of its own country.
  must((flags & 0x0800) !== 0 || name.every((byte) => byte < 0x80))
  let text: string
  try {
    text = decoder.decode(name)
  } catch {
    throw new ZipRefused('damaged')
  }
  const steps = text.replace(/\/$/, '').split('/')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is what is asked
  must(!/[\\:\u0000-\u001f\u007f]/.test(text) && steps.every((step) => step !== '' && step !== '.' && step !== '..'))
  return text
}

function unpacked(packed: Buffer, { method, flags, size, crc }: Entry): Uint8Array {
  must((flags & ~knownFlags) === 0 && (method === 0 || method === 8))
  const content = method === 0 ? Buffer.from(packed) : inflated(packed, size)
  must(content.length === size && crc32(content) === crc)
  return content
}

function inflated(packed: Buffer, size: number): Buffer {
  try {
    // One octet more than it says is enough to know that it lied.
    const options = { maxOutputLength: size + 1, info: true }
    const { buffer, engine } = inflateRawSync(packed, options) as unknown as { buffer: Buffer; engine: { bytesWritten: number } } // what `info` asks for, which the types do not know
    must(engine.bytesWritten === packed.length)
    return buffer
  } catch {
    throw new ZipRefused('damaged')
  }
}

function must(holds: boolean): asserts holds {
  if (!holds) throw new ZipRefused('damaged')
}
