import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical } from './canonical.ts'

describe('canonical JSON (RFC 8785)', () => {
  it('equals the sample of section 3.2.2 to 3.2.4', () => {
    const input = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`)
    expect(canonical(input)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    )
  })

  it('sorts by UTF-16 code units, not by code points (section 3.2.3)', () => {
    const input = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    }
    expect(Object.values(JSON.parse(canonical(input)))).toHaveLength(7)
    expect([...canonical(input).matchAll(/:"([^"]*)"/g)].map((m) => m[1])).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ])
  })

  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
  ])('prints the number %s as appendix B does', (bits, text) => {
    expect(canonical(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text)
  })

  it.each([
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['half a surrogate pair', '\ud800'],
    ['the same as a key', { '\udead': 1 }],
  ])('refuses %s', (_, value) => {
    expect(() => canonical(value)).toThrow(TypeError)
  })

  it.each([
    ['numbers as keys, which a runtime puts first and by their size', { 9: 1, 10: 2, '\r': 3 }, '{"\\r":3,"10":2,"9":1}'],
    ['the same deep inside', { b: [{ 2: 'x', 11: { 1: null, '': true } }], a: 1 }, '{"a":1,"b":[{"11":{"":true,"1":null},"2":"x"}]}'],
    ['a text that only looks like half a pair', { a: '\\ud800', b: '\\\\ud800' }, '{"a":"\\\\ud800","b":"\\\\\\\\ud800"}'],
    ['a key that objects have of themselves', JSON.parse('{"b":1,"__proto__":{"a":2}}'), '{"__proto__":{"a":2},"b":1}'],
  ])('is not misled by %s', (_, value, text) => {
    expect(canonical(value)).toBe(text)
  })

  it('refuses half a pair behind escaped backslashes', () => {
    expect(() => canonical('\\\ud800')).toThrow(TypeError)
  })

  it('says the same whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(JSON.parse(JSON.stringify(value))).reverse())
        expect(canonical(reversed as never)).toBe(canonical(JSON.parse(JSON.stringify(value)))) // as: any JSON object
        expect(JSON.parse(canonical(JSON.parse(JSON.stringify(value))))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
      { seed: 8785 },
    )
  })
})
