import { inflateSync } from 'node:zlib'
import { tableOffset } from './font.ts'

/** A printed paper read back, to prove what it says and draws. */
export interface ReadPaper {
  /** What each page says, in the order drawn; lines are separated by a line break. */
  pages: string[]
  fonts: ReadFont[]
}

export interface ReadFont {
  /** PostScript name without the tag of the subset, e.g. `NotoSans-SemiBold`. */
  name: string
  /** Text to the number of the glyph that draws it. */
  glyphs: ReadonlyMap<string, number>
  /** The embedded TrueType file. */
  file: Buffer
}

/**
 * Reads a paper of this press. It knows what the press writes and no more: objects in plain sight, fonts as CID TrueType subsets
 * with a ToUnicode map (ISO 32000-1, 9.7 and 9.10.3), text in `TJ` and `Tj`.
 */
export function readPdf(pdf: Uint8Array): ReadPaper {
  const bytes = Buffer.from(pdf)
  const objects = readObjects(bytes)
  const fontAt = new Map<string, Map<number, string>>()
  const fonts: ReadFont[] = []
  for (const [id, { head }] of objects) {
    const unicode = reference(head, 'ToUnicode')
    if (unicode === undefined) continue
    const map = readToUnicode(objects.get(unicode)?.stream() ?? Buffer.alloc(0))
    fontAt.set(id, map)
    const descendant = objects.get(/\/DescendantFonts \[(\d+)/.exec(head)?.[1] ?? '')?.head ?? ''
    const descriptor = objects.get(reference(descendant, 'FontDescriptor') ?? '')?.head ?? ''
    const file = objects.get(reference(descriptor, 'FontFile2') ?? '')?.stream() ?? Buffer.alloc(0)
    const name = /\/FontName \/[A-Z]{6}\+([\w-]+)/.exec(descriptor)?.[1] ?? ''
    fonts.push({ name, glyphs: new Map([...map].map(([glyph, text]) => [text, glyph])), file })
  }
  const pages = [...objects.values()]
    .filter(({ head }) => /\/Type \/Page\s/.test(head))
    .map(({ head }) => {
      const named = new Map([...head.matchAll(/\/(f\d+) (\d+) 0 R/g)].map((m) => [m[1] ?? '', fontAt.get(m[2] ?? '')]))
      return readText(objects.get(reference(head, 'Contents') ?? '')?.stream() ?? Buffer.alloc(0), named)
    })
  return { pages, fonts }
}

/** Contours and bounding box of a glyph, as the `glyf` table begins: two fonts that agree here draw the same letter. */
export function glyphOutline(font: Buffer, glyph: number): { contours: number; box: number[] } {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  const long = view.getInt16(tableOffset(view, 'head') + 50) === 1
  const loca = tableOffset(view, 'loca')
  const at = (i: number) => (long ? view.getUint32(loca + i * 4) : view.getUint16(loca + i * 2) * 2)
  if (at(glyph) === at(glyph + 1)) return { contours: 0, box: [] }
  const start = tableOffset(view, 'glyf') + at(glyph)
  return { contours: view.getInt16(start), box: [2, 4, 6, 8].map((offset) => view.getInt16(start + offset)) }
}

type PdfObject = { head: string; stream(): Buffer }

function readObjects(bytes: Buffer): Map<string, PdfObject> {
  const objects = new Map<string, PdfObject>()
  for (const found of bytes.toString('latin1').matchAll(/\n(\d+) 0 obj\s*(<<[\s\S]*?>>)\s*(stream\n|endobj)/g)) {
    const [all, id = '', head = ''] = found
    const start = found.index + all.length
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0)
    const raw = bytes.subarray(start, start + length)
    objects.set(id, { head, stream: () => (head.includes('/FlateDecode') ? inflateSync(raw) : raw) })
  }
  return objects
}

function reference(head: string, key: string): string | undefined {
  return new RegExp(`/${key} (\\d+) 0 R`).exec(head)?.[1]
}

function readToUnicode(stream: Buffer): Map<number, string> {
  const pairs = stream.toString('latin1').matchAll(/^<([0-9A-F]{4})> <([0-9A-F]+)>$/gm)
  return new Map(
    [...pairs].map(([, glyph = '', text = '']) => [Number.parseInt(glyph, 16), Buffer.from(text, 'hex').swap16().toString('utf16le')]),
  )
}

function readText(stream: Buffer, fonts: ReadonlyMap<string, ReadonlyMap<number, string> | undefined>): string {
  let text = ''
  let font: ReadonlyMap<number, string> | undefined
  // The first alternative skips texts that are not drawn, such as the language of a passage.
  const tokens = /\/[A-Z]\w+ \((?:\\[\s\S]|[^\\)])*\)|\/(f\d+) [\d.]+ Tf|\(((?:\\[\s\S]|[^\\)])*)\)|\bTJ\b|\bTj\b/g
  for (const [token, name, literal] of stream.toString('latin1').matchAll(tokens)) {
    if (name !== undefined) font = fonts.get(name)
    else if (literal !== undefined) {
      const codes = Buffer.from(plain(literal), 'latin1')
      for (let i = 0; i + 1 < codes.length; i += 2) text += font?.get(codes.readUInt16BE(i)) ?? '\ufffd'
    } else if (token === 'TJ' || token === 'Tj') text += '\n'
  }
  return text
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

function plain(literal: string): string {
  return literal.replace(/\\([0-7]{1,3}|[\s\S])/g, (_, code: string) =>
    /^[0-7]/.test(code) ? String.fromCharCode(Number.parseInt(code, 8)) : (escapes[code] ?? code),
  )
}
