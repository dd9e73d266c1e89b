/** `multipart/form-data` (RFC 7578), read as it comes: what is too long is passed over, and the rest of the form is still read. */

export interface SentFile {
  /** Of the field. */
  readonly name: string
  /** null: longer than a file may be, or the files before it took all the room. */
  readonly bytes: Buffer | null
  /** As sent, also of what was passed over. */
  readonly size: number
}

export interface SentForm {
  readonly fields: readonly (readonly [name: string, value: string])[]
  readonly files: readonly SentFile[]
}

export interface Room {
  /** Bytes of all names and values together. */
  readonly fields: number
  /** Bytes of one file. */
  readonly file: number
  /** Bytes of all files together. */
  readonly files: number
  /** Bytes that are read at all. */
  readonly whole: number
}

const mostParts = 2000
const longestHeader = 8 * 1024

/** null: this is no form, or not the whole of one, or there is no room for its fields. */
export async function readMultipart(body: AsyncIterable<Uint8Array>, contentType: string, room: Room): Promise<SentForm | null> {
  const boundary = /;\s*boundary=(?:"([^"]{1,70})"|([^\s";]{1,70}))/i.exec(contentType)
  const mark = boundary?.[1] ?? boundary?.[2]
  if (mark === undefined) return null
  const reader = new Reader(mark, room)
  let read = 0
  for await (const piece of body) {
    read += piece.length
    if (read > room.whole || !reader.push(piece)) return null
  }
  return reader.form()
}

interface Part {
  readonly name: string
  readonly isFile: boolean
  readonly isChosen: boolean
  pieces: Buffer[] | null
  size: number
}

class Reader {
  private readonly delimiter: Buffer
  private readonly room: Room
  private rest: Buffer = Buffer.from('\r\n')
  private state: 'before' | 'header' | 'body' | 'done' = 'before'
  private part: Part | null = null
  private parts = 0
  private fieldBytes = 0
  private fileBytes = 0
  private readonly fields: [string, string][] = []
  private readonly files: SentFile[] = []

  constructor(mark: string, room: Room) {
    this.delimiter = Buffer.from(`\r\n--${mark}`, 'latin1')
    this.room = room
  }

  form(): SentForm | null {
    return this.state === 'done' ? { fields: this.fields, files: this.files } : null
  }

  /** False: it can no longer become a form. */
  push(piece: Uint8Array): boolean {
    this.rest = Buffer.concat([this.rest, piece])
    for (;;) {
      const step = this.state === 'header' ? this.header() : this.state === 'done' ? 'more' : this.body()
      if (step === 'wrong') return false
      if (step === 'more') return true
    }
  }

  /** Up to the next delimiter; what may be its beginning stays for the next piece. */
  private body(): 'again' | 'more' | 'wrong' {
    const end = this.rest.indexOf(this.delimiter)
    if (end < 0) {
      const sure = this.rest.length - this.delimiter.length + 1
      if (sure > 0) {
        if (!this.take(this.rest.subarray(0, sure))) return 'wrong'
        this.rest = this.rest.subarray(sure)
      }
      return 'more'
    }
    return this.afterDelimiter(end)
  }

  private afterDelimiter(end: number): 'again' | 'more' | 'wrong' {
    const after = end + this.delimiter.length
    const line = this.rest.indexOf('\r\n', after)
    const closes = this.rest.toString('latin1', after, after + 2) === '--'
    // Spaces may stand between the delimiter and its line end.
    if (!closes && line < 0) return this.rest.length - after > 100 ? 'wrong' : 'more'
    if (!closes && this.rest.toString('latin1', after, line).trim() !== '') return 'wrong'
    if (!this.take(this.rest.subarray(0, end)) || !this.close()) return 'wrong'
    this.state = closes ? 'done' : 'header'
    this.rest = closes ? Buffer.alloc(0) : this.rest.subarray(line + 2)
    return closes ? 'more' : 'again'
  }

  private header(): 'again' | 'more' | 'wrong' {
    const end = this.rest.indexOf('\r\n\r\n')
    if (end < 0) return this.rest.length > longestHeader ? 'wrong' : 'more'
    if (end > longestHeader || ++this.parts > mostParts) return 'wrong'
    const lines = this.rest.toString('utf8', 0, end).split('\r\n')
    const told = lines.find((line) => /^content-disposition:/i.test(line)) ?? ''
    const name = /;\s*name="([^"]*)"/i.exec(told)?.[1]
    if (name === undefined) return 'wrong'
    const file = /;\s*filename\*?="?([^"]*)/i.exec(told)?.[1]
    this.part = { name: unescaped(name), isFile: file !== undefined, isChosen: file !== undefined && file !== '', pieces: [], size: 0 }
    this.rest = this.rest.subarray(end + 4)
    this.state = 'body'
    return 'again'
  }

  private take(piece: Buffer): boolean {
    const { part } = this
    if (part === null || piece.length === 0) return true
    part.size += piece.length
    const most = part.isFile ? Math.min(this.room.file, this.room.files - this.fileBytes) : this.room.fields - this.fieldBytes
    if (part.size > most) {
      part.pieces = null
      return part.isFile
    }
    // A copy: what was read is not held on to for a few of its bytes.
    part.pieces?.push(Buffer.from(piece))
    return true
  }

  private close(): boolean {
    const { part } = this
    this.part = null
    if (part === null) return true
    const bytes = part.pieces === null ? null : Buffer.concat(part.pieces)
    if (part.isFile) {
      this.fileBytes += bytes?.length ?? 0
      // A file field in which nothing was chosen is sent with an empty name.
      if (part.isChosen || part.size > 0) this.files.push({ name: part.name, bytes, size: part.size })
    } else {
      this.fieldBytes += part.size + part.name.length
      this.fields.push([part.name, bytes?.toString('utf8') ?? ''])
    }
    return this.fieldBytes <= this.room.fields
  }
}

/** Browsers write these three in a name as in an address (WHATWG, multipart/form-data encoding). */
const unescaped = (name: string): string => name.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n')
