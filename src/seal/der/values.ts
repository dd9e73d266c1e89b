import { type Der, expectTag } from './read.ts'
import { DerRefused } from './refused.ts'
import { tags } from './tags.ts'

/** Dotted. */
export function oidOf(value: Der): string {
  const { content } = expectTag(value, tags.oid)
  // Before it is reckoned with: a number of a megabyte would keep us for minutes.
  if (content.length > 64) throw new DerRefused('An object identifier that is none.')
  const parts: bigint[] = []
  let part = 0n
  let begins = true
  for (const byte of content) {
    if (begins && byte === 0x80) throw new DerRefused('An object identifier that is not the shortest.')
    part = (part << 7n) | BigInt(byte & 0x7f)
    begins = byte < 0x80
    if (!begins) continue
    parts.push(part)
    part = 0n
  }
  const first = parts[0]
  if (first === undefined || !begins) throw new DerRefused('An object identifier that is none.')
  const top = first < 40n ? 0n : first < 80n ? 1n : 2n
  return [top, first - top * 40n, ...parts.slice(1)].join('.')
}

/** The content of an INTEGER, two's complement, checked to be the shortest. */
export function integerBytes(value: Der): Uint8Array {
  const { content } = expectTag(value, tags.integer)
  return shortest(content)
}

function shortest(content: Uint8Array): Uint8Array {
  const [first, second] = content
  if (first === undefined) throw new DerRefused('A number without digits.')
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)))
    throw new DerRefused('A number that is not the shortest.')
  return content
}

export function integerOf(value: Der): bigint {
  const content = integerBytes(value)
  return BigInt.asIntN(content.length * 8, BigInt(`0x${hex(content)}`))
}

/** An INTEGER or ENUMERATED that fits a number; throws `DerRefused` for a negative one or over 2^31. */
export function smallOf(value: Der, tag: number = tags.integer): number {
  const content = shortest(expectTag(value, tag).content)
  const number = content.length > 5 ? -1n : BigInt.asIntN(content.length * 8, BigInt(`0x${hex(content)}`))
  if (number < 0n || number > 0x7fffffffn) throw new DerRefused('A number out of its range.')
  return Number(number)
}

export function booleanOf(value: Der): boolean {
  const { content } = expectTag(value, tags.boolean)
  if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) throw new DerRefused('Neither true nor false.')
  return content[0] === 0xff
}

export const octetsOf = (value: Der): Uint8Array => expectTag(value, tags.octets).content

export function bitsOf(value: Der): { readonly bytes: Uint8Array; readonly unused: number } {
  const { content } = expectTag(value, tags.bits)
  const [unused] = content
  const bytes = content.subarray(1)
  const last = bytes.at(-1)
  if (unused === undefined || unused > 7 || (unused > 0 && (last === undefined || (last & ((1 << unused) - 1)) !== 0)))
    throw new DerRefused('Bits that end wrongly.')
  return { bytes, unused }
}

/** A BIT STRING of whole bytes: a key, a signature. */
export function wholeBits(value: Der): Uint8Array {
  const { bytes, unused } = bitsOf(value)
  if (unused !== 0) throw new DerRefused('Bits that are no whole bytes.')
  return bytes
}

/** The numbers of the named bits that are set; 0 is the first. No list of names has hundreds. */
export function namedBits(value: Der): ReadonlySet<number> {
  const { bytes } = bitsOf(value)
  if (bytes.length > 32) throw new DerRefused('More bits than have names.')
  const set = new Set<number>()
  for (const [at, byte] of bytes.entries()) for (let bit = 0; bit < 8; bit++) if (byte & (0x80 >> bit)) set.add(at * 8 + bit)
  return set
}

const textTags: readonly number[] = [tags.utf8, tags.printable, tags.ia5, tags.numeric, tags.visible, tags.teletex]

/** Any of the directory's string types as text. */
export function textOf(value: Der): string {
  try {
    if (value.tag === tags.bmp) return new TextDecoder('utf-16be', { fatal: true }).decode(value.content)
    // Teletex strings of living authorities hold UTF-8 or Latin letters: both are read as UTF-8, what is neither is refused.
    if (textTags.includes(value.tag)) return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value.content)
  } catch (cause) {
    throw new DerRefused('Letters that cannot be read.', { cause })
  }
  throw new DerRefused('No text.')
}

/** UTCTime or GeneralizedTime as RFC 5280 (4.1.2.5) allows them: to the second, in UTC. → RFC 3339, `…Z`. Fractions only where RFC 3161 allows them. */
export function timeOf(value: Der, fractions = false): string {
  const digits = Buffer.from(value.content).toString('latin1')
  const form =
    value.tag === tags.utcTime
      ? /^(?<year>\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/
      : fractions
        ? /^(?<year>\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{0,8}[1-9])?Z$/
        : /^(?<year>\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/
  if (value.tag !== tags.utcTime) expectTag(value, tags.time)
  const match = form.exec(digits)
  if (match === null) throw new DerRefused('A time of another form.')
  const [, year = '', month, day, hour, minute, second, fraction = ''] = match
  const whole = year.length === 4 ? year : `${Number(year) < 50 ? '20' : '19'}${year}`
  const text = `${whole}-${month}-${day}T${hour}:${minute}:${second}${fraction}Z`
  // The calendar has the last word: a 31 April is no time.
  if (Number.isNaN(Date.parse(text)) || new Date(text).toISOString().slice(0, 10) !== text.slice(0, 10))
    throw new DerRefused('A time that is on no calendar.')
  return text
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

export const sameBytes = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0
