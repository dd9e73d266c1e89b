import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/** Two weights are all that the papers use: 400 for text, 600 for what must be found at a glance. */
export const fontFiles = [
  require.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'),
  require.resolve('@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf'),
] as const

/** The number of the glyph that draws a code point; 0 where the font has none. */
export type Glyphs = (codePoint: number) => number

/** Reads which glyph draws what from a TrueType file: its `cmap` table, format 12 (OpenType 1.9, "cmap"). */
export function glyphsOf(file: string): Glyphs {
  const font = readFileSync(file)
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  const table = format12(view, tableOffset(view, 'cmap'))
  const groups = Array.from({ length: view.getUint32(table + 12) }, (_, i) => ({
    from: view.getUint32(table + 16 + i * 12),
    to: view.getUint32(table + 20 + i * 12),
    glyph: view.getUint32(table + 24 + i * 12),
  }))
  return (codePoint) => {
    const group = groups.find(({ from, to }) => codePoint >= from && codePoint <= to)
    return group === undefined ? 0 : group.glyph + codePoint - group.from
  }
}

/** Where a table of a TrueType file begins, in bytes. */
export function tableOffset(view: DataView, tag: string): number {
  for (let i = 0; i < view.getUint16(4); i++) {
    const record = 12 + i * 16
    if ([0, 1, 2, 3].every((byte) => view.getUint8(record + byte) === tag.charCodeAt(byte))) return view.getUint32(record + 8)
  }
  throw new Error(`The font has no ${tag} table`)
}

function format12(view: DataView, cmap: number): number {
  for (let i = 0; i < view.getUint16(cmap + 2); i++) {
    const table = cmap + view.getUint32(cmap + 4 + i * 8 + 4)
    if (view.getUint16(table) === 12) return table
  }
  throw new Error('The font has no cmap of format 12')
}

/** A run this long without a space does not fit a table cell. */
const unbroken = /[^\s\u200b]{28}(?=[^\s\u200b])/gu

/**
 * Text as the paper can carry it. PDF/A refuses a letter that the font lacks, and one odd character in a name must not keep
 * a paper from being printed: such a letter shows as a replacement mark. Invisible characters go, direction overrides with them:
 * on paper they can only deceive. Overlong runs get places to break.
 */
export function printable(text: string, glyphs: Glyphs): string {
  const clean = text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .replace(/\p{Cf}/gu, '')
  const drawn = Array.from(clean, (letter) => (letter === '\n' || isDrawable(letter, glyphs) ? letter : '\ufffd')).join('')
  return drawn.replace(/№ (?=\S)/g, '№\u00a0').replace(unbroken, '$&\u200b')
}

function isDrawable(letter: string, glyphs: Glyphs): boolean {
  return !/[\p{Co}\p{Cs}\p{Cn}]/u.test(letter) && glyphs(letter.codePointAt(0) ?? 0) !== 0
}
