import { crc32, deflateSync } from 'node:zlib'

/** Scans made by hand, so that a test can spoil one place of them. Nobody's document is among them. */

/** A letter on white, 32 × 40, as Chromium writes a JPEG. */
export const smallJpeg: Buffer = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71////m8H////6/+b9//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj/wAARCAAoACADASIAAhEBAxEB/8QAFwABAQEBAAAAAAAAAAAAAAAAAAUEAv/EACIQAAIBAwQCAwAAAAAAAAAAAAACAwEEEgUREyEi0UFhgf/EABQBAQAAAAAAAAAAAAAAAAAAAAD/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCyAYbu8nivY7eBEarrv5fvoDcDHp93JdctJVVaxtj4mwARpLhn1fnW3ldId4/Bd++/ZZOY4kjq2C0XKuTbfNQJekyMl1NFJE6NJXkplTborHPEnLSXGmdKY5fR0AAAAAAf/9k=',
  'base64',
)

export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

export function pngHeader(width: number, height: number, depth = 8, colour = 0, interlace = 0): Buffer {
  const data = Buffer.alloc(13)
  data.writeUInt32BE(width, 0)
  data.writeUInt32BE(height, 4)
  data.set([depth, colour, 0, 0, interlace], 8)
  return pngChunk('IHDR', data)
}

export const pngOf = (...chunks: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...chunks, pngChunk('IEND', Buffer.alloc(0))])

/** White. `seed` makes one picture differ from another. */
export const smallPng = (width = 20, height = 30, seed = 255): Buffer =>
  pngOf(
    pngHeader(width, height),
    pngChunk(
      'IDAT',
      deflateSync(Buffer.concat(Array.from({ length: height }, () => Buffer.concat([Buffer.from([0]), Buffer.alloc(width, seed)])))),
    ),
  )

/** A PDF of these objects, with its table; `pages` empty pages stand in it besides. */
export function pdfOf({ pages = 1, objects = [], root = '', trailer = '' }: PdfParts = {}): Buffer {
  const kids = Array.from({ length: pages }, (_, n) => 3 + n)
  const all = [
    `<< /Type /Catalog /Pages 2 0 R ${root} >>`,
    `<< /Type /Pages /Count ${pages} /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] /MediaBox [0 0 595 842] >>`,
    ...kids.map(() => '<< /Type /Page /Parent 2 0 R >>'),
    ...objects,
  ]
  let text = '%PDF-1.7\n'
  const offsets = all.map((body, n) => {
    const at = text.length
    text += `${n + 1} 0 obj\n${body}\nendobj\n`
    return at
  })
  const rows = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  const start = text.length
  text += `xref\n0 ${all.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${all.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}

interface PdfParts {
  readonly pages?: number
  /** Their numbers follow those of the pages: with one page the first is 4. */
  readonly objects?: readonly string[]
  /** Further members of the catalogue. */
  readonly root?: string
  readonly trailer?: string
}

/** A stream object of these bytes, packed. */
export const packedStream = (plain: Buffer, members = ''): string => {
  const packed = deflateSync(plain)
  return `<< /Length ${packed.length} /Filter /FlateDecode ${members} >>\nstream\n${packed.toString('latin1')}\nendstream`
}
