import { Flawed } from '../verdict.ts'

/** What stands between `obj` and `endobj`. */
export type PdfValue = null | boolean | number | PdfName | PdfString | PdfReference | readonly PdfValue[] | PdfDictionary
export interface PdfName {
  readonly is: 'name'
  readonly text: string
}
/** As it stands in the file, with its brackets: nothing that is asked of a scan depends on what it says. */
export interface PdfString {
  readonly is: 'string'
  readonly raw: Buffer
}
export interface PdfReference {
  readonly is: 'reference'
  readonly number: number
}
export type PdfDictionary = ReadonlyMap<string, PdfValue>

export const isDictionary = (value: PdfValue | undefined): value is PdfDictionary => value instanceof Map
export const isList = (value: PdfValue | undefined): value is readonly PdfValue[] => Array.isArray(value)
export const nameOf = (value: PdfValue | undefined): string | undefined =>
  typeof value === 'object' && value !== null && 'is' in value && value.is === 'name' ? value.text : undefined
export const referenceOf = (value: PdfValue | undefined): number | undefined =>
  typeof value === 'object' && value !== null && 'is' in value && value.is === 'reference' ? value.number : undefined

/** The text of a string of plain ASCII without escapes, as file names of ours are; undefined: another string, or none. */
export function asciiOf(value: PdfValue | undefined): string | undefined {
  if (typeof value !== 'object' || value === null || !('is' in value) || value.is !== 'string') return undefined
  return /^\(([ -'*-[\]-~]*)\)$/.exec(value.raw.toString('latin1'))?.[1]
}

/** Real files nest about ten deep. */
const deepest = 60
const whitespace = new Set([0, 9, 10, 12, 13, 32])
const delimiters = new Set([...'()<>[]{}/%'].map((sign) => sign.charCodeAt(0)))

const isRegular = (byte: number | undefined): boolean => byte !== undefined && !whitespace.has(byte) && !delimiters.has(byte)

/** Reads values by ISO 32000-2, 7.2 and 7.3. Throws Flawed where there is none. */
export class PdfReader {
  readonly bytes: Buffer
  at: number
  /** Of the object being read, for the words. */
  part = ''

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes
    this.at = at
  }

  wrong(): Flawed {
    return this.at >= this.bytes.length
      ? new Flawed('truncated')
      : new Flawed('damaged', { part: this.part === '' ? `@${this.at}` : this.part })
  }

  /** Passes spaces and comments. */
  skip(): void {
    for (;;) {
      const byte = this.bytes[this.at]
      if (byte === undefined) return
      if (byte === 0x25) {
        while (this.at < this.bytes.length && this.bytes[this.at] !== 10 && this.bytes[this.at] !== 13) this.at++
      } else if (whitespace.has(byte)) this.at++
      else return
    }
  }

  /** The next run of regular characters, at most 40 of them. */
  word(): string {
    this.skip()
    const from = this.at
    while (isRegular(this.bytes[this.at]) && this.at - from < 40) this.at++
    return this.bytes.toString('latin1', from, this.at)
  }

  isNext(text: string): boolean {
    return this.bytes.toString('latin1', this.at, this.at + text.length) === text
  }

  value(depth = 0): PdfValue {
    if (depth > deepest) throw this.wrong()
    this.skip()
    if (this.isNext('<<')) return this.dictionary(depth)
    switch (this.bytes[this.at]) {
      case 0x2f:
        return { is: 'name', text: this.name() }
      case 0x28:
        return this.string()
      case 0x3c:
        return this.hexadecimal()
      case 0x5b:
        return this.list(depth)
      default:
        return this.plain()
    }
  }

  private name(): string {
    const from = ++this.at
    while (isRegular(this.bytes[this.at])) this.at++
    if (this.at - from > 500) throw this.wrong()
    // `/J#61vaScript` is `/JavaScript`.
    return this.bytes
      .toString('latin1', from, this.at)
      .replaceAll(/#([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  }

  private string(): PdfString {
    const from = this.at
    let open = 0
    for (; this.at < this.bytes.length; this.at++) {
      const byte = this.bytes[this.at]
      if (byte === 0x5c) this.at++
      else if (byte === 0x28) open++
      else if (byte === 0x29 && --open === 0) {
        this.at++
        return { is: 'string', raw: this.bytes.subarray(from, this.at) }
      }
    }
    throw this.wrong()
  }

  private hexadecimal(): PdfString {
    const end = this.bytes.indexOf(0x3e, this.at)
    if (end < 0) throw new Flawed('truncated')
    const raw = this.bytes.subarray(this.at, end + 1)
    this.at = end + 1
    return { is: 'string', raw }
  }

  private list(depth: number): PdfValue[] {
    const found: PdfValue[] = []
    this.at++
    for (;;) {
      this.skip()
      if (this.bytes[this.at] === 0x5d) {
        this.at++
        return found
      }
      found.push(this.value(depth + 1))
    }
  }

  private dictionary(depth: number): PdfDictionary {
    const found = new Map<string, PdfValue>()
    this.at += 2
    for (;;) {
      this.skip()
      if (this.isNext('>>')) {
        this.at += 2
        return found
      }
      if (this.bytes[this.at] !== 0x2f) throw this.wrong()
      const key = this.name()
      found.set(key, this.value(depth + 1))
    }
  }

  /** A number, a reference (`12 0 R`), true, false or null. */
  private plain(): PdfValue {
    const text = this.word()
    if (/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text)) {
      const after = this.at
      if (/^\d+$/.test(text) && /^\d{1,5}$/.test(this.word()) && this.word() === 'R') return { is: 'reference', number: Number(text) }
      this.at = after
      return Number(text)
    }
    if (text === 'true' || text === 'false') return text === 'true'
    if (text === 'null') return null
    // Some writers give `--5` or `1.2.3` for a number; no reader stops at them.
    if (/^[-+.\d]+$/.test(text)) return 0
    throw this.wrong()
  }
}
