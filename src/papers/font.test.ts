import { describe, expect, it } from 'vitest'
import { fontFiles, glyphsOf, printable } from './font.ts'

const glyphs = glyphsOf(fontFiles[0])

describe('text as a paper can carry it', () => {
  it('leaves Kazakh, Russian and Latin text as it is', () => {
    const text = 'Әбілқасымова Гүлсім – «ӘҒҚҢӨҰҮҺІ әғқңөұүһі», № 3/498, Ёлкин, O’Brien'
    expect(printable(text.replace('№ ', '№'), glyphs)).toBe(text.replace('№ ', '№'))
  })

  it('shows a letter that the font lacks as a replacement mark instead of failing', () => {
    expect(printable('李 😀 \ue000', glyphs)).toBe('\ufffd \ufffd \ufffd')
  })

  it('drops invisible letters and turns of direction, and keeps line breaks', () => {
    expect(printable('a\u202eb\u200bc\u0007d\r\ne', glyphs)).toBe('abc d\ne')
  })

  it('composes letters that were typed as letter and mark', () => {
    expect(printable('и\u0306', glyphs)).toBe('й')
  })

  it('gives an overlong run places to break', () => {
    expect(
      printable('ж'.repeat(60), glyphs)
        .split('\u200b')
        .map((part) => part.length),
    ).toEqual([28, 28, 4])
  })

  it('keeps a number with its sign', () => {
    expect(printable('№ 332', glyphs)).toBe('№\u00a0332')
  })
})
