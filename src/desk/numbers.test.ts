import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawNumber, drawSecret, homeOf, readSecret } from './numbers.ts'

describe('a case number', () => {
  it('carries its home and the day', () => {
    const number = drawNumber(75, '2019-10-14')
    expect(number).toMatch(/^075-191014-\d{5}-\d$/)
    expect(homeOf(number)).toBe(75)
  })

  it('is not a number any more when one digit is wrong', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), fc.nat(15), fc.integer({ min: 1, max: 9 }), (home, at, by) => {
        const number = drawNumber(home, '2019-10-14')
        const digit = number[at]
        if (digit === undefined || digit === '-') return
        const wrong = `${number.slice(0, at)}${(Number(digit) + by) % 10}${number.slice(at + 1)}`
        expect(homeOf(wrong)).toBeNull()
      }),
    )
  })

  it.each(['', '75', '075-191014-48213', '075-191014-48213-27', "075-191014-48213-1' or 1=1"])('is not %j', (text) => {
    expect(homeOf(text)).toBeNull()
  })
})

describe("a receipt's secret", () => {
  it('has a hundred bits and never twice the same', () => {
    const drawn = Array.from({ length: 1000 }, drawSecret)
    expect(new Set(drawn).size).toBe(1000)
    for (const secret of drawn) expect(secret).toMatch(/^[0-9A-HJKMNP-TV-Z]{20}$/)
  })

  it('is read as people type it', () => {
    expect(readSecret('abcde-fghjk o1il0-mnpqr')).toBe('ABCDEFGHJK01110MNPQR')
  })
})
