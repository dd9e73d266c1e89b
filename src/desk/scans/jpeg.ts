import { checkPixels, Flawed, type ScanFacts } from './verdict.ts'

/** ITU-T T.81: every segment of a JPEG, its tables and scans, to the end of the picture and of the file. */

interface Frame {
  readonly progressive: boolean
  readonly width: number
  readonly height: number
  readonly components: readonly { readonly id: number; readonly across: number; readonly down: number; readonly table: number }[]
}

interface Picture {
  frame: Frame | null
  restartEvery: number
  readonly quantised: Set<number>
  scans: number
  /** CIPA DC-007: phones lay further pictures (a preview, a depth map) behind the first and say so. */
  several: boolean
}

const soi = 0xd8
const eoi = 0xd9
/** More pictures behind the first than any phone lays there. */
const mostPictures = 4

export function inspectJpeg(bytes: Buffer): ScanFacts {
  let at = 0
  let several = true
  for (let picture = 0; at < bytes.length && several; picture++) {
    if (picture === mostPictures) throw new Flawed('appended', { bytes: bytes.length - at })
    if (picture > 0 && (bytes[at] !== 0xff || bytes[at + 1] !== soi)) break
    const read = readPicture(bytes, at)
    at = read.end
    several = picture > 0 || read.several
    // Some cameras fill up to a block.
    while (at < bytes.length && bytes[at] === 0) at++
  }
  if (at < bytes.length) throw new Flawed('appended', { bytes: bytes.length - at })
  return { type: 'image/jpeg', pages: 1 }
}

function readPicture(bytes: Buffer, from: number): { end: number; several: boolean } {
  const picture: Picture = { frame: null, restartEvery: 0, quantised: new Set(), scans: 0, several: false }
  let at = from + 2
  for (;;) {
    const { marker, next } = markerAt(bytes, at)
    if (marker === eoi) {
      if (picture.frame === null || picture.scans === 0) throw new Flawed('damaged', { part: 'EOI' })
      return { end: next, several: picture.several }
    }
    const { data, end } = segmentAt(bytes, next)
    at = marker === 0xda ? readScan(bytes, data, end, picture) : end
    if (marker !== 0xda) readSegment(marker, data, picture)
  }
}

/** A marker may be led by any number of 0xFF. */
function markerAt(bytes: Buffer, at: number): { marker: number; next: number } {
  let place = at
  if (place >= bytes.length) throw new Flawed('truncated')
  if (bytes[place] !== 0xff) throw new Flawed('damaged', { part: `@${at}` })
  while (bytes[place] === 0xff) place++
  const marker = bytes[place]
  if (marker === undefined) throw new Flawed('truncated')
  if (marker === 0 || marker === soi || (marker >= 0xd0 && marker <= 0xd7) || marker === 1) throw new Flawed('damaged', { part: `@${at}` })
  return { marker, next: place + 1 }
}

function segmentAt(bytes: Buffer, at: number): { data: Buffer; end: number } {
  if (at + 2 > bytes.length) throw new Flawed('truncated')
  const length = bytes.readUInt16BE(at)
  if (length < 2) throw new Flawed('damaged', { part: `@${at}` })
  if (at + length > bytes.length) throw new Flawed('truncated')
  return { data: bytes.subarray(at + 2, at + length), end: at + length }
}

function readSegment(marker: number, data: Buffer, picture: Picture): void {
  if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) readFrame(marker, data, picture)
  else if (marker === 0xc4) readHuffman(data)
  else if (marker === 0xdb) readQuantisation(data, picture)
  else if (marker === 0xdd) {
    if (data.length !== 2) throw new Flawed('damaged', { part: 'DRI' })
    picture.restartEvery = data.readUInt16BE(0)
  } else if (marker === 0xe2 && data.toString('latin1', 0, 4) === 'MPF\0') picture.several = true
  else if (!((marker >= 0xe0 && marker <= 0xef) || marker === 0xfe))
    throw new Flawed('damaged', { part: `FF${marker.toString(16).toUpperCase()}` })
}

/** Baseline, extended and progressive Huffman: what browsers show. Lossless, hierarchical and arithmetic pictures they do not. */
function readFrame(marker: number, data: Buffer, picture: Picture): void {
  const part = 'SOF'
  if (picture.frame !== null || marker > 0xc2 || data.length < 6 || data[0] !== 8) throw new Flawed('damaged', { part })
  const [height, width, count] = [data.readUInt16BE(1), data.readUInt16BE(3), data[5] ?? 0]
  if (count < 1 || count > 4 || data.length !== 6 + 3 * count) throw new Flawed('damaged', { part })
  checkPixels(width, height)
  const components = Array.from({ length: count }, (_, n) => {
    const [id = 0, sampling = 0, table = 0] = data.subarray(6 + 3 * n, 9 + 3 * n)
    const [across, down] = [sampling >> 4, sampling & 15]
    if (across < 1 || across > 4 || down < 1 || down > 4 || table > 3) throw new Flawed('damaged', { part })
    return { id, across, down, table }
  })
  picture.frame = { progressive: marker === 0xc2, width, height, components }
}

/** Counts of codes by length, then as many symbols; a table with more codes than bits allow is none. */
function readHuffman(data: Buffer): void {
  let at = 0
  while (at < data.length) {
    const counts = data.subarray(at + 1, at + 17)
    const [kind = 0xff] = data.subarray(at, at + 1)
    if (counts.length !== 16 || kind >> 4 > 1 || (kind & 15) > 3) throw new Flawed('damaged', { part: 'DHT' })
    let [symbols, free] = [0, 1]
    for (const count of counts) {
      free = 2 * free - count
      symbols += count
      if (free < 0 || symbols > 256) throw new Flawed('damaged', { part: 'DHT' })
    }
    at += 17 + symbols
  }
  if (at !== data.length) throw new Flawed('damaged', { part: 'DHT' })
}

function readQuantisation(data: Buffer, picture: Picture): void {
  let at = 0
  while (at < data.length) {
    const kind = data[at] ?? 0xff
    if (kind >> 4 > 1 || (kind & 15) > 3) throw new Flawed('damaged', { part: 'DQT' })
    picture.quantised.add(kind & 15)
    at += 1 + 64 * (1 + (kind >> 4))
  }
  if (at !== data.length) throw new Flawed('damaged', { part: 'DQT' })
}

/** The picture's own data, up to the next marker. Returns where that stands. */
function readScan(bytes: Buffer, header: Buffer, from: number, picture: Picture): number {
  const { frame } = picture
  const count = header[0] ?? 0
  if (frame === null || count < 1 || count > 4 || header.length !== 4 + 2 * count) throw new Flawed('damaged', { part: 'SOS' })
  const parts = Array.from({ length: count }, (_, n) => frame.components.find(({ id }) => id === header[1 + 2 * n]))
  if (parts.some((part) => part === undefined || !picture.quantised.has(part.table))) throw new Flawed('damaged', { part: 'SOS' })
  picture.scans++
  const { end, restarts } = entropyFrom(bytes, from)
  const units = unitsOf(
    frame,
    parts.flatMap((part) => part ?? []),
  )
  const expected = picture.restartEvery === 0 ? 0 : Math.ceil(units.mcus / picture.restartEvery) - 1
  if (restarts !== expected) throw new Flawed('damaged', { part: 'RST' })
  // Each block takes a bit for its first value, and in a sequential picture another for its end: less cannot be the whole picture.
  const least = isFirstPass(frame, header) ? units.blocks * (frame.progressive ? 1 : 2) : 0
  if ((end - from) * 8 < least) throw new Flawed('truncated')
  return end
}

const isFirstPass = ({ progressive }: Frame, header: Buffer): boolean => {
  const [spectral = 0, , approximation = 0] = header.subarray(header.length - 3)
  return !progressive || (spectral === 0 && approximation >> 4 === 0)
}

function unitsOf({ width, height, components }: Frame, parts: readonly Frame['components'][number][]): { mcus: number; blocks: number } {
  const across = Math.max(...components.map((one) => one.across))
  const down = Math.max(...components.map((one) => one.down))
  const [only] = parts
  if (parts.length === 1 && only !== undefined) {
    const blocks = Math.ceil(Math.ceil((width * only.across) / across) / 8) * Math.ceil(Math.ceil((height * only.down) / down) / 8)
    return { mcus: blocks, blocks }
  }
  const mcus = Math.ceil(width / (8 * across)) * Math.ceil(height / (8 * down))
  return { mcus, blocks: mcus * parts.reduce((sum, one) => sum + one.across * one.down, 0) }
}

/** Bytes in which 0xFF is followed by 0 (itself) or a restart marker, numbered 0 to 7 and round again. */
function entropyFrom(bytes: Buffer, from: number): { end: number; restarts: number } {
  let restarts = 0
  for (let at = bytes.indexOf(0xff, from); ; at = bytes.indexOf(0xff, at + 1)) {
    if (at < 0 || at + 1 >= bytes.length) throw new Flawed('truncated')
    const next = bytes[at + 1] ?? 0
    if (next === 0 || next === 0xff) continue
    if (next < 0xd0 || next > 0xd7) return { end: at, restarts }
    if (next - 0xd0 !== restarts % 8) throw new Flawed('damaged', { part: 'RST' })
    restarts++
  }
}
