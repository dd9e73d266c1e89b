/** Just enough DER (X.690) to write a certificate; reading is left to the platform. */

const tag = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  printable: 0x13,
  utcTime: 0x17,
  time: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

function element(kind: number, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content)
  return Buffer.concat([Buffer.from([kind, ...lengthOf(body.length)]), body])
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length]
  const bytes = length < 0x100 ? [length] : [length >> 8, length & 0xff]
  if (length > 0xffff) throw new RangeError('A certificate is not so long.')
  return [0x80 | bytes.length, ...bytes]
}

export const sequence = (...members: Uint8Array[]): Buffer => element(tag.sequence, ...members)
export const set = (...members: Uint8Array[]): Buffer => element(tag.set, ...members)
export const octets = (bytes: Uint8Array): Buffer => element(tag.octets, bytes)
export const bits = (bytes: Uint8Array, unused = 0): Buffer => element(tag.bits, Buffer.from([unused]), bytes)
export const utf8 = (text: string): Buffer => element(tag.utf8, Buffer.from(text, 'utf8'))
export const printable = (text: string): Buffer => element(tag.printable, Buffer.from(text, 'latin1'))
export const yes = (): Buffer => element(tag.boolean, Buffer.from([0xff]))
/** Explicitly tagged `[n]`. */
export const tagged = (n: number, content: Uint8Array): Buffer => element(0xa0 | n, content)

/** A positive integer from its bytes, most significant first. */
export function integer(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0)
  const short = first < 0 ? Buffer.from([0]) : bytes.subarray(first)
  return (short[0] ?? 0) >= 0x80 ? element(tag.integer, Buffer.from([0]), short) : element(tag.integer, short)
}

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return element(tag.oid, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]))
}

function base128(value: number): number[] {
  const digits = [value % 128]
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) digits.unshift(128 + (rest % 128))
  return digits
}

/** UTCTime until 2049, GeneralizedTime after (RFC 5280, 4.1.2.5). */
export function time(at: Temporal.Instant): Buffer {
  const digits = at.round('second').toString().replaceAll(/[-:T]/g, '')
  const late = Number(digits.slice(0, 4)) >= 2050
  return element(late ? tag.time : tag.utcTime, Buffer.from(late ? digits : digits.slice(2), 'latin1'))
}
