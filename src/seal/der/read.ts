import { DerRefused } from './refused.ts'
import { tags } from './tags.ts'

/**
 * Strict reading of DER (ITU-T X.690, 10 and 11): definite and shortest lengths, one-byte tags, nothing after the value. What is signed must have one
 * reading only: a lenient reader and a strict one that see different fields in the same bytes are how signatures are forged.
 */
export interface Der {
  /** The identifier octet: class, constructed bit and number. */
  readonly tag: number
  /** Tag, length and content. */
  readonly bytes: Uint8Array
  readonly content: Uint8Array
}

/** The one value in `bytes`. Throws `DerRefused`. */
export function readDer(bytes: Uint8Array, tag?: number): Der {
  const value = valueAt(bytes, 0)
  if (value.bytes.length !== bytes.length) throw new DerRefused('There are bytes after the value.')
  return tag === undefined ? value : expectTag(value, tag)
}

export function expectTag(value: Der, tag: number): Der {
  if (value.tag !== tag) throw new DerRefused(`Tag ${value.tag.toString(16)} stands where ${tag.toString(16)} belongs.`)
  return value
}

/** The values inside a constructed one. */
export function membersOf(value: Der, tag: number = value.tag): Der[] {
  expectTag(value, tag)
  if ((value.tag & 0x20) === 0) throw new DerRefused('A primitive value has no members.')
  const members: Der[] = []
  for (let at = 0; at < value.content.length; ) {
    const member = valueAt(value.content, at)
    members.push(member)
    at += member.bytes.length
  }
  return members
}

/** Members of a SEQUENCE one after the other, so that nothing is skipped without being named. */
export class Fields {
  readonly #members: readonly Der[]
  #at = 0

  constructor(value: Der, tag: number = tags.sequence) {
    this.#members = membersOf(value, tag)
  }

  next(tag?: number): Der {
    const member = this.#members[this.#at]
    if (member === undefined) throw new DerRefused('A field is missing.')
    if (tag !== undefined) expectTag(member, tag)
    this.#at += 1
    return member
  }

  /** The next field if it has this tag. */
  optional(tag: number): Der | null {
    const member = this.#members[this.#at]
    if (member?.tag !== tag) return null
    this.#at += 1
    return member
  }

  rest(): Der[] {
    const left = this.#members.slice(this.#at)
    this.#at = this.#members.length
    return left
  }

  get ended(): boolean {
    return this.#at >= this.#members.length
  }

  /** Throws when a field is left that nobody asked for. */
  end(): void {
    if (!this.ended) throw new DerRefused('There is a field too many.')
  }
}

/** The value inside an explicit tag. */
export function inside(explicit: Der, tag?: number): Der {
  return readDer(explicit.content, tag)
}

/** An implicitly tagged value as the type that it stands for. */
export function asTag(value: Der, tag: number): Der {
  const bytes = Uint8Array.from(value.bytes)
  bytes[0] = tag
  return { tag, bytes, content: value.content }
}

function valueAt(bytes: Uint8Array, at: number): Der {
  const tag = byteAt(bytes, at)
  // Tag numbers over 30 occur in no structure that we read; 0 and 0 end an indefinite length, which DER has not.
  if ((tag & 0x1f) === 0x1f || tag === 0) throw new DerRefused('A tag that has no place here.')
  // Of the universal types only SEQUENCE and SET are constructed; a text or a number in pieces is BER.
  if (tag < 0x40 && ((tag & 0x20) !== 0) !== ((tag & 0x1f) === 16 || (tag & 0x1f) === 17))
    throw new DerRefused('A value of the other form.')
  const { length, first } = lengthAt(bytes, at + 1)
  const end = first + length
  if (end > bytes.length) throw new DerRefused('The value is cut off.')
  return { tag, bytes: bytes.subarray(at, end), content: bytes.subarray(first, end) }
}

function lengthAt(bytes: Uint8Array, at: number): { length: number; first: number } {
  const short = byteAt(bytes, at)
  if (short < 0x80) return { length: short, first: at + 1 }
  const count = short & 0x7f
  if (count === 0) throw new DerRefused('An indefinite length is BER, not DER.')
  if (count > 4) throw new DerRefused('A length of more than four bytes.')
  let length = 0
  for (let n = 1; n <= count; n++) length = length * 256 + byteAt(bytes, at + n)
  const shortest = length < 0x80 ? 0 : Math.ceil(length.toString(16).length / 2)
  if (shortest !== count) throw new DerRefused('A length that is not the shortest.')
  return { length, first: at + 1 + count }
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at]
  if (byte === undefined) throw new DerRefused('The value is cut off.')
  return byte
}
