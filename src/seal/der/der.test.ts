import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fields, membersOf, readDer } from './read.ts'
import { DerRefused } from './refused.ts'
import { tags } from './tags.ts'
import { bitsOf, booleanOf, integerOf, namedBits, oidOf, smallOf, textOf, timeOf } from './values.ts'
import * as write from './write.ts'

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex')
const read = (hex: string) => readDer(bytes(hex))

describe('what is written is read', () => {
  it('numbers, identifiers, texts, bits', () => {
    fc.assert(
      fc.property(fc.nat(Number.MAX_SAFE_INTEGER), fc.string({ unit: 'grapheme' }), fc.uniqueArray(fc.nat(30)), (n, text, named) => {
        expect(integerOf(readDer(write.whole(n)))).toBe(BigInt(n))
        expect(textOf(readDer(write.utf8(text)))).toBe(text.toWellFormed())
        expect([...namedBits(readDer(write.namedBits(named)))].sort()).toEqual(named.sort())
      }),
    )
    for (const oid of ['1.2.398.3.3.4.1.2.5', '2.999.1', '0.9.2342.19200300.100.1.25', '2.16.840.1.101.3.4.2.1'])
      expect(oidOf(readDer(write.oid(oid)))).toBe(oid)
    expect(integerOf(read('0201ff'))).toBe(-1n)
  })

  it('lengths of one to four bytes', () => {
    for (const length of [0, 127, 128, 255, 256, 65_535, 65_536, 16_777_216])
      expect(readDer(write.octets(new Uint8Array(length))).content).toHaveLength(length)
  })

  it('times of both forms, and a leap second is none', () => {
    expect(timeOf(readDer(write.time(Temporal.Instant.from('2019-08-21T10:15:30.9Z'))))).toBe('2019-08-21T10:15:30Z')
    expect(timeOf(readDer(write.time(Temporal.Instant.from('2051-01-01T00:00:00Z'))))).toBe('2051-01-01T00:00:00Z')
    const time = (text: string, fractions = false) => timeOf(readDer(write.element(tags.time, Buffer.from(text))), fractions)
    expect(time('20190821101530.25Z', true)).toBe('2019-08-21T10:15:30.25Z')
    for (const wrong of [
      '20190431101530Z',
      '20190821101560Z',
      '201908211015Z',
      '20190821101530+0600',
      '20190821101530.25Z',
      '20190821241530Z',
    ])
      expect(() => time(wrong)).toThrow(DerRefused)
    expect(() => time('20190821101530.20Z', true)).toThrow(DerRefused)
  })

  it('SET OF stands in the order of its bytes', () => {
    const [small, large] = [write.whole(1), write.whole(300)]
    expect(write.set(large, small)).toEqual(write.set(small, large))
  })
})

describe('what is not DER is refused', () => {
  it.each([
    ['indefinite length', '3080020101 0000'],
    ['a long form where the short one is enough', '04810161'],
    ['a leading zero in the length', '0482000161'],
    ['a length of five bytes', '04850000000001 61'],
    ['bytes after the value', '02010100'],
    ['a value cut off', '0402aa'],
    ['nothing', ''],
    ['only a tag', '30'],
    ['a tag of two bytes', '1f810100'],
    ['the tag zero', '0000'],
    ['octets in pieces', '24030401aa'],
    ['a primitive sequence', '1000'],
  ])('%s', (_, hex) => expect(() => read(hex.replaceAll(' ', ''))).toThrow(DerRefused))

  it.each([
    ['a padded number', () => integerOf(read('02020001'))],
    ['a padded negative number', () => integerOf(read('0202ff80'))],
    ['an empty number', () => integerOf(read('0200'))],
    ['a negative small number', () => smallOf(read('0201ff'))],
    ['a large small number', () => smallOf(read('02050100000000'))],
    ['a boolean of 1', () => booleanOf(read('010101'))],
    ['unused bits that are set', () => bitsOf(read('03020701'))],
    ['eight unused bits', () => bitsOf(read('03020800'))],
    ['unused bits of nothing', () => bitsOf(read('030101'))],
    ['a padded identifier', () => oidOf(read('06028001'))],
    ['an identifier cut off', () => oidOf(read('060181'))],
    ['an identifier of a megabyte, at once', () => oidOf(readDer(write.element(6, Buffer.alloc(1 << 20, 0xff))))],
    ['more bits than have names', () => namedBits(readDer(write.element(3, Buffer.alloc(40))))],
    ['half a letter', () => textOf(read('0c01d0'))],
    ['another tag', () => booleanOf(read('020101'))],
    ['members of a primitive', () => membersOf(read('0401aa'))],
    ['a field too many', () => new Fields(read('3003020101')).end()],
    ['a missing field', () => new Fields(read('3000')).next()],
  ])('%s', (_, act) => expect(act).toThrow(DerRefused))

  it('whatever it is: refused or read to the last byte, never another error', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (some) => {
        try {
          expect(readDer(some).bytes).toHaveLength(some.length)
        } catch (cause) {
          expect(cause).toBeInstanceOf(DerRefused)
        }
      }),
    )
  })
})
