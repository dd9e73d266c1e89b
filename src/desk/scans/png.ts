import { crc32 } from 'node:zlib'
import { inflate, TooMuch } from './inflate.ts'
import { checkPixels, Flawed, type ScanFacts } from './verdict.ts'

/** Portable Network Graphics, third edition (W3C, 2025): every chunk with its sum, the picture unpacked row by row, nothing behind its end. */

export const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

interface Header {
  readonly width: number
  readonly height: number
  readonly bitsPerPixel: number
  readonly interlaced: boolean
}

interface Chunk {
  readonly type: string
  readonly data: Buffer
}

/** Channels and bit depths by colour type, table 8 of the specification. */
const colours: Readonly<Record<number, { channels: number; depths: readonly number[] } | undefined>> = {
  0: { channels: 1, depths: [1, 2, 4, 8, 16] },
  2: { channels: 3, depths: [8, 16] },
  3: { channels: 1, depths: [1, 2, 4, 8] },
  4: { channels: 2, depths: [8, 16] },
  6: { channels: 4, depths: [8, 16] },
}

/** A scan needs no more: profile, resolution, time, then the picture in pieces of some kilobytes. */
const mostChunks = 20_000

export async function inspectPng(bytes: Buffer): Promise<ScanFacts> {
  const chunks = chunksOf(bytes)
  const [first] = chunks
  if (first?.type !== 'IHDR') throw new Flawed('damaged', { part: 'IHDR' })
  const header = headerOf(first.data)
  checkPixels(header.width, header.height)
  if (chunks.some(({ type }) => type === 'acTL' || type === 'fcTL')) throw new Flawed('animated')
  checkOrder(chunks)
  await checkPicture(header, Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)))
  return { type: 'image/png', pages: 1 }
}

function chunksOf(bytes: Buffer): Chunk[] {
  const chunks: Chunk[] = []
  let at = pngSignature.length
  for (;;) {
    if (at + 12 > bytes.length) throw new Flawed('truncated')
    const length = bytes.readUInt32BE(at)
    if (length > bytes.length - at - 12) throw new Flawed('truncated')
    const type = bytes.toString('latin1', at + 4, at + 8)
    const end = at + 8 + length
    if (!/^[A-Za-z]{4}$/.test(type)) throw new Flawed('damaged', { part: `@${at}` })
    if (crc32(bytes.subarray(at + 4, end)) !== bytes.readUInt32BE(end)) throw new Flawed('damaged', { part: type })
    chunks.push({ type, data: bytes.subarray(at + 8, end) })
    if (chunks.length > mostChunks) throw new Flawed('damaged', { part: type })
    at = end + 4
    if (type === 'IEND') break
  }
  if (at < bytes.length) throw new Flawed('appended', { bytes: bytes.length - at })
  return chunks
}

function headerOf(data: Buffer): Header {
  if (data.length !== 13) throw new Flawed('damaged', { part: 'IHDR' })
  const [depth, colour, packing, filter, interlace] = data.subarray(8)
  const kind = colours[colour ?? -1]
  if (kind === undefined || !kind.depths.includes(depth ?? 0) || packing !== 0 || filter !== 0 || (interlace ?? 2) > 1)
    throw new Flawed('damaged', { part: 'IHDR' })
  const bitsPerPixel = kind.channels * (depth ?? 0)
  return { width: data.readUInt32BE(0), height: data.readUInt32BE(4), bitsPerPixel, interlaced: interlace === 1 }
}

/** One header, the picture's pieces side by side; an unknown chunk that a reader must understand is no scan of ours. */
function checkOrder(chunks: readonly Chunk[]): void {
  const types = chunks.map(({ type }) => type)
  const [from, to] = [types.indexOf('IDAT'), types.lastIndexOf('IDAT')]
  if (from < 0) throw new Flawed('damaged', { part: 'IDAT' })
  if (types.slice(from, to + 1).some((type) => type !== 'IDAT')) throw new Flawed('damaged', { part: 'IDAT' })
  const critical = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND'])
  for (const [place, type] of types.entries()) {
    if (type === 'IHDR' && place > 0) throw new Flawed('damaged', { part: type })
    if (/^[A-Z]/.test(type) && !critical.has(type)) throw new Flawed('damaged', { part: type })
  }
}

/** Rows of Adam7's seven passes: [first column, first row, columns apart, rows apart]. */
const adam7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

/** How many rows of how many bytes, each with its filter byte, the picture must unpack to. */
function rowsOf({ width, height, bitsPerPixel, interlaced }: Header): { rows: number; length: number }[] {
  const row = (pixels: number) => 1 + Math.ceil((pixels * bitsPerPixel) / 8)
  if (!interlaced) return [{ rows: height, length: row(width) }]
  return adam7.flatMap(([left, top, across, down]) => {
    const [columns, rows] = [Math.ceil((width - left) / across), Math.ceil((height - top) / down)]
    return columns > 0 && rows > 0 ? [{ rows, length: row(columns) }] : []
  })
}

async function checkPicture(header: Header, packed: Buffer): Promise<void> {
  const parts = rowsOf(header)
  const whole = parts.reduce((sum, { rows, length }) => sum + rows * length, 0)
  const walk = filterWalk(parts)
  const found = await inflate(packed, whole, walk).catch((cause: unknown) => {
    if (cause instanceof Flawed) throw cause
    if (cause instanceof TooMuch) throw new Flawed('inflates')
    throw new Flawed('damaged', { part: 'IDAT' })
  })
  if (found !== whole) throw new Flawed('truncated')
}

/** Each row begins with the number of its filter, 0 to 4. */
function filterWalk(parts: readonly { rows: number; length: number }[]): (piece: Buffer) => void {
  let [part, row, next, seen] = [0, 0, 0, 0]
  return (piece) => {
    while (next < seen + piece.length) {
      if ((piece[next - seen] ?? 0) > 4) throw new Flawed('damaged', { part: 'IDAT' })
      const current = parts[part]
      if (current === undefined) return
      next += current.length
      row++
      if (row === current.rows) [part, row] = [part + 1, 0]
    }
    seen += piece.length
  }
}
