import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

/** Letters that a WOFF2 file has glyphs for (W3C WOFF 2.0, sections 4 and 5; OpenType `cmap`, formats 4 and 12). */
function lettersOf(woff2: Buffer): (code: number) => boolean {
  const cmap = tableOf(woff2, 0)
  const subtables = Array.from({ length: cmap.readUInt16BE(2) }, (_, n) => cmap.subarray(cmap.readUInt32BE(4 + n * 8 + 4)))
  const full = subtables.find((table) => table.readUInt16BE(0) === 12)
  const basic = subtables.find((table) => table.readUInt16BE(0) === 4)
  if (full) return inGroups(full)
  if (basic) return inSegments(basic)
  throw new Error('the font names its letters in no known way')
}

/** A table by its number among the known tags, which the file abbreviates. */
function tableOf(woff2: Buffer, known: number): Buffer {
  let at = 48
  const number = (): number => {
    for (let value = 0; ; ) {
      const byte = woff2.readUInt8(at++)
      value = value * 128 + (byte & 127)
      if (byte < 128) return value
    }
  }
  let offset = 0
  let found: [number, number] | undefined
  for (let left = woff2.readUInt16BE(12); left > 0; left--) {
    const flags = woff2.readUInt8(at++)
    const tag = flags & 63
    if (tag === 63) at += 4
    const plain = number()
    // glyf and loca (10 and 11) are changed unless their version is 3, all others only if it is not 0.
    const changed = tag === 10 || tag === 11 ? flags >> 6 !== 3 : flags >> 6 !== 0
    const length = changed ? number() : plain
    if (tag === known) found = [offset, offset + length]
    offset += length
  }
  if (!found) throw new Error('the font lacks a table')
  return brotliDecompressSync(woff2.subarray(at, at + woff2.readUInt32BE(20))).subarray(...found)
}

function inGroups(table: Buffer): (code: number) => boolean {
  const groups = Array.from(
    { length: table.readUInt32BE(12) },
    (_, n) => [table.readUInt32BE(16 + n * 12), table.readUInt32BE(20 + n * 12)] as const,
  )
  return (code) => groups.some(([first, last]) => first <= code && code <= last)
}

function inSegments(table: Buffer): (code: number) => boolean {
  const doubled = table.readUInt16BE(6)
  const segments = Array.from(
    { length: doubled / 2 },
    (_, n) => [table.readUInt16BE(16 + doubled + n * 2), table.readUInt16BE(14 + n * 2)] as const,
  )
  return (code) => segments.some(([first, last]) => first <= code && code <= last)
}

/** Every letter, figure and mark that our words and the regulations are written in. Arrows and ticks are drawings: Noto Sans has none, the machine's are taken. */
function lettersInUse(): Set<string> {
  const root = join(import.meta.dirname, '../../..')
  const files = ['src/language', 'regulations'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => join(root, folder, name)),
  )
  return new Set(
    [...files.map((file) => readFileSync(file, 'utf8')).join('')].filter((letter) => /[\p{L}\p{M}\p{N}\p{P}\p{Sc}№]/u.test(letter)),
  )
}

describe.each([400, 600])('the face of weight %i', (weight) => {
  const has = lettersOf(readFileSync(join(import.meta.dirname, `fonts/noto-sans-${weight}.woff2`)))

  it('has every letter of the three languages and of the words in use; if not, scripts/fonts.sh cuts it anew', () => {
    const alphabet = 'АаӘәБбВвГгҒғДдЕеЁёЖжЗзИиЙйКкҚқЛлМмНнҢңОоӨөПпРрСсТтУуҰұҮүФфХхҺһЦцЧчШшЩщЪъЫыІіЬьЭэЮюЯя«»№₸—–…'
    const lacking = [...new Set([...alphabet, ...lettersInUse()])].filter((letter) => !has(letter.codePointAt(0) ?? 0))
    expect(lacking).toEqual([])
  })

  it('is read truly: it has no Chinese and no Georgian', () => {
    expect([0x4e2d, 0x10d0].map(has)).toEqual([false, false])
  })
})
