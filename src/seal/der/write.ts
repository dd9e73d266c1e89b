import { tags } from './tags.ts'

/** Writing DER (ITU-T X.690): each function gives one whole value. */
export function element(tag: number, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content)
  return Buffer.concat([Buffer.from([tag, ...lengthOf(body.length)]), body])
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length]
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return [0x80 | bytes.length, ...bytes]
}

export const sequence = (...members: Uint8Array[]): Buffer => element(tags.sequence, ...members)
/** SET OF: the members in the order of their bytes (X.690, 11.6). */
export const set = (...members: Uint8Array[]): Buffer => element(tags.set, ...members.toSorted(Buffer.compare))
export const octets = (bytes: Uint8Array): Buffer => element(tags.octets, bytes)
export const bits = (bytes: Uint8Array, unused = 0): Buffer => element(tags.bits, Buffer.from([unused]), bytes)
export const utf8 = (text: string): Buffer => element(tags.utf8, Buffer.from(text, 'utf8'))
export const printable = (text: string): Buffer => element(tags.printable, Buffer.from(text, 'latin1'))
export const ia5 = (text: string): Buffer => element(tags.ia5, Buffer.from(text, 'latin1'))
export const yes = (): Buffer => element(tags.boolean, Buffer.from([0xff]))
export const nothing = (): Buffer => element(tags.nothing)
export const enumerated = (value: number): Buffer => element(tags.enumerated, Buffer.from([value]))
/** Explicitly tagged `[n]`; with several values an implicit tag over SEQUENCE or SET. */
export const tagged = (n: number, ...content: Uint8Array[]): Buffer => element(0xa0 | n, ...content)
/** Implicitly tagged `[n]` over a primitive type; `content` without tag and length. */
export const taggedBytes = (n: number, content: Uint8Array): Buffer => element(0x80 | n, content)

/** A positive integer from its bytes, most significant first. */
export function integer(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0)
  const short = first < 0 ? Buffer.from([0]) : bytes.subarray(first)
  return (short[0] ?? 0) >= 0x80 ? element(tags.integer, Buffer.from([0]), short) : element(tags.integer, short)
}

/** A whole number from 0 to 2^53. */
export function whole(value: number): Buffer {
  const digits = value.toString(16)
  return integer(Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex'))
}

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return element(tags.oid, Buffer.from([first * 40 + second, ...rest].flatMap(base128)))
}

function base128(value: number): number[] {
  const digits = [value % 128]
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) digits.unshift(128 + (rest % 128))
  return digits
}

/** BIT STRING with these named bits, shortest as DER wants it; 0 is the first. */
export function namedBits(numbers: readonly number[]): Buffer {
  const last = Math.max(-1, ...numbers)
  if (last < 0) return bits(new Uint8Array(0))
  const bytes = new Uint8Array(Math.floor(last / 8) + 1)
  for (const number of numbers) bytes[Math.floor(number / 8)] = (bytes[Math.floor(number / 8)] ?? 0) | (0x80 >> (number % 8))
  return bits(bytes, 7 - (last % 8))
}

/** UTCTime until 2049, GeneralizedTime after (RFC 5280, 4.1.2.5). */
export function time(at: Temporal.Instant): Buffer {
  const digits = digitsOf(at)
  const late = Number(digits.slice(0, 4)) >= 2050
  return late ? generalTime(at) : element(tags.utcTime, Buffer.from(digits.slice(2), 'latin1'))
}

export const generalTime = (at: Temporal.Instant): Buffer => element(tags.time, Buffer.from(digitsOf(at), 'latin1'))

const digitsOf = (at: Temporal.Instant): string =>
  at.round({ smallestUnit: 'second', roundingMode: 'floor' }).toString().replaceAll(/[-:T]/g, '')
