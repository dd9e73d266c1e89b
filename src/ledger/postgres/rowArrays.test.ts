import { describe, expect, it } from 'vitest'
import { rowArray } from './rowArrays.ts'

const type = {
  oid: 70_000,
  columns: [
    { name: 'number', oid: 25 },
    { name: 'seq', oid: 23 },
    { name: 'hash', oid: 17 },
    { name: 'open', oid: 16 },
    { name: 'at', oid: 1184 },
    { name: 'doc', oid: 3802 },
  ],
}

describe('rows in the binary form of PostgreSQL', () => {
  it('has no dimension when there are none', () => {
    expect(rowArray(type, []).toString('hex')).toBe(`0000000000000000${'00011170'}`)
  })

  it('names each value’s type and length, and gives null the length −1', () => {
    const row = { number: 'қ', seq: -2, hash: Buffer.of(0xab), open: true, at: '2000-01-01T05:00:00+05:00', doc: { a: null } }
    const [whole, sparse] = [rowArray(type, [row]), rowArray(type, [{ number: '' }])]
    expect(whole.subarray(0, 20).toString('hex')).toBe('0000000100000000000111700000000100000001')
    const fields = [
      '00000019 00000002 d29b',
      '00000017 00000004 fffffffe',
      '00000011 00000001 ab',
      '00000010 00000001 01',
      '000004a0 00000008 0000000000000000',
      '00000eda 0000000b 01 7b2261223a6e756c6c7d',
    ]
    const record = `00000006 ${fields.join('')}`.replaceAll(' ', '')
    expect(whole.subarray(20).toString('hex')).toBe((record.length / 2).toString(16).padStart(8, '0') + record)
    expect(sparse.subarray(28).toString('hex')).toContain('00000017ffffffff00000011ffffffff')
  })

  it('holds moments before and after 2000 to the millisecond, and the one that never comes', () => {
    const at = (text: string) => rowArray({ oid: 1, columns: [{ name: 'at', oid: 1184 }] }, [{ at: text }]).readBigInt64BE(36)
    expect(at('1999-12-31T23:59:59.999Z')).toBe(-1000n)
    expect(at('2026-11-26T12:00:00.5+05:00')).toBe(BigInt(Date.UTC(2026, 10, 26, 7, 0, 0, 500) - Date.UTC(2000, 0, 1)) * 1000n)
    expect(at('infinity')).toBe(2n ** 63n - 1n)
  })

  it('grows to what is put in', () => {
    const long = 'ұ'.repeat(100_000)
    expect(
      rowArray(type, [{ number: long }, { number: long }])
        .toString('utf8')
        .split(long),
    ).toHaveLength(3)
  })

  it.each([
    ['a text where a number belongs', { seq: '1' }],
    ['half a number', { seq: 1.5 }],
    ['a word where a moment belongs', { at: 'tomorrow' }],
    ['a hash in hex', { hash: 'ab' }],
  ])('refuses %s', (_, row) => {
    expect(() => rowArray(type, [row])).toThrow(TypeError)
  })
})
