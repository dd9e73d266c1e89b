import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { likenessOf } from './likeness.ts'

describe('two spellings of one name', () => {
  it.each([
    ['same', 'Үлгібаева', 'ҮЛГІБАЕВА'],
    ['same', 'Әбдіғали  Қызы', 'ӘБДІҒАЛИ ҚЫЗЫ'],
    ['same', 'Үлгі–Сынақ', 'ҮЛГІ - СЫНАҚ'],
    ['same', 'Smith', 'SMITH'],
    ['lookAlike', 'CАРА', 'САРА'], // Latin C
    ['lookAlike', 'CAPA', 'САРА'], // Latin all through
    ['lookAlike', 'Бiлiм', 'БІЛІМ'], // Latin i
    ['lookAlike', 'Yлгібаева', 'ҮЛГІБАЕВА'],
    ['lookAlike', 'Yмаров', 'УМАРОВ'],
    ['lookAlike', 'hамит', 'ҺАМИТ'],
    ['lookAlike', 'HУРЛАН', 'НУРЛАН'],
    ['lookAlike', 'əсел', 'ӘСЕЛ'], // U+0259
    ['lookAlike', 'Ӧмір', 'ӨМІР'], // U+04E6
    ['different', 'Үмаров', 'УМАРОВ'],
    ['different', 'Һамит', 'НАМИТ'],
    ['different', 'Қайрат', 'КАЙРАТ'],
    ['different', 'Артём', 'АРТЕМ'],
    ['different', 'Сара', 'САРАМ'],
    ['different', '', 'САРА'],
    ['same', '', ''],
  ] as const)('%s: %s, %s', (expected, one, other) => {
    expect(likenessOf(one, other)).toBe(expected)
    expect(likenessOf(other, one)).toBe(expected)
  })

  it('are told for anything that may be typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (one, other) => {
        expect(likenessOf(one, one)).toBe('same')
        expect(likenessOf(one, other)).toBe(likenessOf(other, one))
      }),
      { seed: 11, numRuns: 60 },
    )
  })
})
