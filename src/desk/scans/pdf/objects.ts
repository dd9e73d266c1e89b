import { inflated, TooMuch } from '../inflate.ts'
import { Flawed } from '../verdict.ts'
import { isDictionary, isList, nameOf, type PdfDictionary, PdfReader, type PdfValue } from './values.ts'

export interface PdfObject {
  readonly number: number
  readonly value: PdfValue
  /** As it stands in the file, packed; null of an object that is no stream. */
  readonly stream: Buffer | null
}

export interface PdfObjects {
  /** Every object that stands anywhere in the file, also one that an update replaced. */
  readonly all: readonly PdfObject[]
  /** By number: what a viewer takes. */
  readonly current: ReadonlyMap<number, PdfObject>
  readonly trailers: readonly PdfDictionary[]
}

/** A scan of a thousand pages has some ten thousand. */
const mostObjects = 100_000
/** Packed objects of a text of a hundred pages unpack to some hundreds of kilobytes. */
const longestUnpacked = 16 * 1024 * 1024

/**
 * Finds objects in two ways and takes them all: by walking through the file, and by following the tables that a viewer follows. What
 * only one of the ways meets, another program may meet too.
 */
export async function objectsOf(bytes: Buffer): Promise<PdfObjects> {
  const walked = walk(bytes)
  const listed = await listedOffsets(bytes, startOf(bytes), walked.trailers)
  for (const [offset, number] of listed) {
    if (walked.byOffset.has(offset)) continue
    const reader = new PdfReader(bytes, offset)
    const found = objectAt(reader)
    if (found === null || found.number !== number) throw new Flawed('damaged', { part: `${number} 0 obj` })
    walked.byOffset.set(offset, found)
  }
  const all = [...walked.byOffset].sort(([a], [b]) => a - b).map(([, object]) => object)
  if (all.length > mostObjects) throw new Flawed('inflates')
  const current = new Map(all.map((object) => [object.number, object]))
  // The tables say which of several objects of one number is meant.
  for (const [offset, number] of [...listed].reverse()) {
    const found = walked.byOffset.get(offset)
    if (found !== undefined) current.set(number, found)
  }
  const packed = await unpacked(all)
  for (const object of packed) if (!current.has(object.number)) current.set(object.number, object)
  return { all: [...all, ...packed], current, trailers: walked.trailers }
}

interface Walked {
  readonly byOffset: Map<number, PdfObject>
  readonly trailers: PdfDictionary[]
}

function walk(bytes: Buffer): Walked {
  const found: Walked = { byOffset: new Map(), trailers: [] }
  const mark = /(?<![0-9])(\d{1,10})[\0\t\n\f\r ]+(\d{1,5})[\0\t\n\f\r ]+obj|(?<![A-Za-z])trailer(?![A-Za-z])/g
  const text = bytes.toString('latin1')
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    const reader = new PdfReader(bytes, match.index)
    if (match[0] === 'trailer') {
      reader.at += match[0].length
      const value = reader.value()
      if (isDictionary(value)) found.trailers.push(value)
    } else {
      const object = objectAt(reader)
      if (object !== null) {
        found.byOffset.set(match.index, object)
        if (isDictionary(object.value) && nameOf(object.value.get('Type')) === 'XRef') found.trailers.push(object.value)
      }
      if (found.byOffset.size > mostObjects) throw new Flawed('inflates')
    }
    mark.lastIndex = Math.max(reader.at, mark.lastIndex)
  }
  return found
}

/** `12 0 obj … endobj` where the reader stands; null when something else stands there. */
function objectAt(reader: PdfReader): PdfObject | null {
  const [number, generation, word] = [reader.word(), reader.word(), reader.word()]
  if (!/^\d+$/.test(number) || !/^\d+$/.test(generation) || !word.startsWith('obj')) return null
  // `obj` may be followed at once by a number, not by a letter.
  reader.at -= word.length - 3
  reader.part = `${number} 0 obj`
  const value = reader.value()
  reader.skip()
  const stream = isDictionary(value) && reader.isNext('stream') ? streamOf(reader, value) : null
  reader.part = ''
  return { number: Number(number), value, stream }
}

/** The bytes after `stream` and its line end, by the length that is told, else up to `endstream`. */
function streamOf(reader: PdfReader, dictionary: PdfDictionary): Buffer {
  const { bytes } = reader
  let from = reader.at + 'stream'.length
  if (bytes[from] === 13) from++
  if (bytes[from] === 10) from++
  const told = dictionary.get('Length')
  if (
    typeof told === 'number' &&
    Number.isInteger(told) &&
    told >= 0 &&
    /^\s*endstream/.test(bytes.toString('latin1', from + told, from + told + 13))
  ) {
    reader.at = from + told
    return bytes.subarray(from, from + told)
  }
  const end = bytes.indexOf('endstream', from)
  if (end < 0) throw new Flawed('truncated')
  reader.at = end
  return bytes.subarray(from, end)
}

/** Where the newest table stands, by the end of the file. */
function startOf(bytes: Buffer): number {
  const tail = bytes.toString('latin1', Math.max(0, bytes.length - 2048))
  const end = tail.lastIndexOf('%%EOF')
  if (end < 0) throw new Flawed('truncated')
  // Old systems end a file with Ctrl-Z.
  const after = tail
    .slice(end + 5)
    .replaceAll('\x1a', '')
    .replaceAll(/[\0\s]/g, '')
  if (after !== '') throw new Flawed('appended', { bytes: after.length })
  const start = /startxref\s+(\d{1,10})\s*$/.exec(tail.slice(0, end))?.[1]
  if (start === undefined) throw new Flawed('truncated')
  return Number(start)
}

/** Offset → number of every object that the chain of tables lists, the newest table first. */
async function listedOffsets(bytes: Buffer, start: number, trailers: readonly PdfDictionary[]): Promise<Map<number, number>> {
  const listed = new Map<number, number>()
  const seen = new Set<number>()
  const ahead = [start]
  while (ahead.length > 0) {
    const at = ahead.shift() ?? 0
    if (seen.has(at)) continue
    seen.add(at)
    if (at >= bytes.length) throw new Flawed('truncated')
    const table = new PdfReader(bytes, at)
    table.part = 'xref'
    table.skip()
    const trailer = table.isNext('xref') ? readTable(table, listed) : await readStreamTable(table, listed)
    for (const key of ['XRefStm', 'Prev']) {
      const next = trailer.get(key)
      if (typeof next === 'number') ahead.push(next)
    }
    if (seen.size > 1000 || listed.size > mostObjects) throw new Flawed('inflates')
  }
  if (trailers.length === 0) throw new Flawed('damaged', { part: 'trailer' })
  return listed
}

function readTable(reader: PdfReader, listed: Map<number, number>): PdfDictionary {
  reader.at += 4
  for (;;) {
    const first = reader.word()
    if (first === 'trailer') break
    const count = reader.word()
    if (!/^\d{1,7}$/.test(first) || !/^\d{1,7}$/.test(count)) throw reader.wrong()
    for (let n = 0; n < Number(count); n++) {
      const [offset, , use] = [reader.word(), reader.word(), reader.word()]
      if (!/^\d{1,10}$/.test(offset) || (use !== 'n' && use !== 'f')) throw reader.wrong()
      // A free entry; and some writers list objects that they never wrote at 0.
      if (use === 'n' && Number(offset) > 0) note(listed, Number(offset), Number(first) + n)
    }
  }
  const trailer = reader.value()
  if (!isDictionary(trailer)) throw reader.wrong()
  return trailer
}

const note = (listed: Map<number, number>, offset: number, number: number): void => {
  if (!listed.has(offset)) listed.set(offset, number)
}

async function readStreamTable(reader: PdfReader, listed: Map<number, number>): Promise<PdfDictionary> {
  const object = objectAt(reader)
  if (object?.stream == null || !isDictionary(object.value) || nameOf(object.value.get('Type')) !== 'XRef')
    throw new Flawed('damaged', { part: 'xref' })
  const dictionary = object.value
  const widths = numbersOf(dictionary.get('W'))
  const [kindWidth = 0, offsetWidth = 0, lastWidth = 0] = widths
  if (widths.length < 3 || widths.some((width) => width < 0 || width > 8)) throw new Flawed('damaged', { part: 'xref' })
  const rows = await unpackedStream(dictionary, object.stream)
  const size = dictionary.get('Size')
  const ranges = dictionary.has('Index') ? numbersOf(dictionary.get('Index')) : [0, typeof size === 'number' ? size : 0]
  const width = kindWidth + offsetWidth + lastWidth
  let at = 0
  for (let range = 0; range + 1 < ranges.length; range += 2) {
    for (let n = 0; n < (ranges[range + 1] ?? 0) && width > 0 && at + width <= rows.length; n++, at += width) {
      const kind = kindWidth === 0 ? 1 : numberIn(rows, at, kindWidth)
      const offset = numberIn(rows, at + kindWidth, offsetWidth)
      if (kind === 1 && offset > 0) note(listed, offset, (ranges[range] ?? 0) + n)
    }
  }
  return dictionary
}

const numbersOf = (value: PdfValue | undefined): number[] =>
  isList(value) ? value.flatMap((one) => (typeof one === 'number' && Number.isInteger(one) && one >= 0 ? [one] : [])) : []

const numberIn = (bytes: Buffer, at: number, width: number): number => {
  let value = 0
  for (const byte of bytes.subarray(at, at + width)) value = value * 256 + byte
  return value
}

/** Objects packed into streams (7.5.7). */
async function unpacked(all: readonly PdfObject[]): Promise<PdfObject[]> {
  const found: PdfObject[] = []
  let budget = longestUnpacked * 2
  for (const { value, stream, number } of all) {
    if (stream === null || !isDictionary(value) || nameOf(value.get('Type')) !== 'ObjStm') continue
    const plain = await unpackedStream(value, stream)
    budget -= plain.length
    if (budget < 0) throw new Flawed('inflates')
    const [count, first] = [value.get('N'), value.get('First')]
    if (typeof count !== 'number' || typeof first !== 'number' || count > mostObjects)
      throw new Flawed('damaged', { part: `${number} 0 obj` })
    const heads = new PdfReader(plain)
    for (let n = 0; n < count; n++) {
      const [own, offset] = [heads.word(), heads.word()]
      if (!/^\d+$/.test(own) || !/^\d+$/.test(offset)) throw new Flawed('damaged', { part: `${number} 0 obj` })
      const reader = new PdfReader(plain, first + Number(offset))
      reader.part = `${own} 0 obj`
      found.push({ number: Number(own), value: reader.value(), stream: null })
      if (found.length > mostObjects) throw new Flawed('inflates')
    }
  }
  return found
}

/** The plain bytes of a stream that carries structure: packed by Flate or not at all, with PNG's prediction or none. */
async function unpackedStream(dictionary: PdfDictionary, stream: Buffer): Promise<Buffer> {
  const filters = filtersOf(dictionary)
  if (filters.length === 0) return stream
  if (filters.length > 1 || (filters[0] !== 'FlateDecode' && filters[0] !== 'Fl')) throw new Flawed('damaged', { part: filters.join(' ') })
  const plain = await inflated(stream, longestUnpacked).catch((cause: unknown) => {
    throw new Flawed(cause instanceof TooMuch ? 'inflates' : 'damaged', cause instanceof TooMuch ? {} : { part: 'FlateDecode' })
  })
  const given = dictionary.get('DecodeParms')
  const parameters = isList(given) ? given[0] : given
  if (!isDictionary(parameters)) return plain
  const [predictor, columns] = [parameters.get('Predictor') ?? 1, parameters.get('Columns') ?? 1]
  if (predictor === 1) return plain
  if (typeof predictor !== 'number' || predictor < 10 || typeof columns !== 'number' || columns < 1 || columns > 1000)
    throw new Flawed('damaged', { part: 'Predictor' })
  return unpredicted(plain, columns)
}

export function filtersOf(dictionary: PdfDictionary): string[] {
  const given = dictionary.get('Filter')
  return isList(given) ? given.flatMap((one) => nameOf(one) ?? []) : [nameOf(given)].flatMap((one) => one ?? [])
}

/** PNG's filters with one byte a pixel: none, left, up, average, Paeth. */
function unpredicted(bytes: Buffer, columns: number): Buffer {
  const rows = Math.floor(bytes.length / (columns + 1))
  const plain = Buffer.alloc(rows * columns)
  for (let row = 0; row < rows; row++) {
    const filter = bytes[row * (columns + 1)] ?? 0
    for (let column = 0; column < columns; column++) {
      const here = row * columns + column
      const raw = bytes[row * (columns + 1) + 1 + column] ?? 0
      const left = column > 0 ? (plain[here - 1] ?? 0) : 0
      const up = row > 0 ? (plain[here - columns] ?? 0) : 0
      const corner = row > 0 && column > 0 ? (plain[here - columns - 1] ?? 0) : 0
      plain[here] = raw + predicted(filter, left, up, corner)
    }
  }
  return plain
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  if (filter !== 4) return 0
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}
