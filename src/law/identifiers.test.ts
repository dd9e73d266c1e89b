import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDigit, parseBin, parseIin } from './identifiers.ts'

/** Invented numbers: the check digits are right, the serials belong to nobody on purpose (0000, 0001 …). */
const iin = (eleven: string): string => `${eleven}${checkDigit(eleven)}`
const codeOf = (answer: ReturnType<typeof parseIin> | ReturnType<typeof parseBin>): string => (answer.ok ? 'ok' : answer.error.code)

describe('check digit', () => {
  it.each([
    ['90010130000', 7],
    ['90010130081', 1],
    ['90010130080', null],
    ['00010150020', 6],
  ])('of %s is %s', (eleven, expected) => {
    expect(checkDigit(eleven)).toBe(expected)
  })
})

describe('IIN', () => {
  it('tells birth date and sex', () => {
    expect(parseIin('900101300007')).toEqual({ ok: true, value: { kind: 'iin', value: '900101300007', born: '1990-01-01', sex: 'male' } })
    expect(parseIin('000101500206')).toMatchObject({ ok: true, value: { born: '2000-01-01', sex: 'male' } })
    expect(parseIin(iin('85063040001'))).toMatchObject({ ok: true, value: { born: '1985-06-30', sex: 'female' } })
    expect(parseIin(iin('99123110000'))).toMatchObject({ ok: true, value: { born: '1899-12-31', sex: 'male' } })
  })

  it('takes the number as people group it', () => {
    expect(parseIin(' 900101 300 007 ')).toMatchObject({ ok: true, value: { value: '900101300007' } })
    expect(parseIin('900101-300007')).toMatchObject({ ok: true })
  })

  it('knows leap years of the century that the number names', () => {
    expect(codeOf(parseIin(iin('00022950001')))).toBe('ok')
    expect(codeOf(parseIin('000229300016'))).toBe('wrongDate')
    expect(codeOf(parseIin('010229500001'))).toBe('wrongDate')
  })

  it.each([
    ['', 'empty', {}],
    ['90010130000', 'wrongLength', { length: 11 }],
    ['9001013000071', 'wrongLength', { length: 13 }],
    ['90O101300007', 'letters', { character: 'O', position: 3 }],
    ['90О101300007', 'letters', { character: 'О', position: 3 }],
    ['9001З1300007', 'letters', { character: 'З', position: 5 }],
    ['9001l1300007', 'letters', { character: 'l', position: 5 }],
    ['9001і1300007', 'letters', { character: 'і', position: 5 }],
    ['901301300007', 'wrongDate', { date: '01.13.90' }],
    ['900100300007', 'wrongDate', { date: '00.01.90' }],
    ['900101700007', 'wrongCentury', { digit: '7' }],
    ['900101300008', 'wrongCheckDigit', {}],
    ['900101300800', 'wrongCheckDigit', {}],
  ])('refuses %j: %s', (text, code, params) => {
    expect(parseIin(text)).toEqual({ ok: false, error: { code, params } })
  })

  it('does not guess a century from a seventh digit 0', () => {
    expect(parseIin(iin('90010100001'))).toMatchObject({ ok: true, value: { born: null, sex: null } })
  })

  it('notices any single digit typed wrong in the serial', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9999 }),
        fc.integer({ min: 7, max: 10 }),
        fc.integer({ min: 1, max: 9 }),
        (serial, at, shift) => {
          const eleven = `9001013${String(serial).padStart(4, '0')}`
          const digit = checkDigit(eleven)
          fc.pre(digit !== null)
          const right = `${eleven}${digit}`
          const wrong = right.slice(0, at) + ((Number(right[at]) + shift) % 10) + right.slice(at + 1)
          // A wrong digit passes only where the second pass of the one number meets the first pass of the other.
          expect(codeOf(parseIin(wrong)) === 'ok').toBe(checkDigit(wrong.slice(0, 11)) === digit)
          expect(codeOf(parseIin(right))).toBe('ok')
        },
      ),
    )
  })
})

describe('BIN', () => {
  it('tells month of registration, type and division', () => {
    expect(parseBin('160440007161')).toEqual({
      ok: true,
      value: { kind: 'bin', value: '160440007161', registered: '2016-04', type: 'resident', division: 'head' },
    })
    expect(parseBin('160940025485')).toMatchObject({ ok: true, value: { registered: '2016-09' } })
    expect(parseBin(iin('98015100001'))).toMatchObject({
      ok: true,
      value: { registered: '1998-01', type: 'nonResident', division: 'branch' },
    })
  })

  it.each([
    ['161340007161', 'wrongDate', { date: '13.16' }],
    ['160470007161', 'wrongType', { digit: '7' }],
    ['160449007161', 'wrongDivision', { digit: '9' }],
    ['160440007160', 'wrongCheckDigit', {}],
    ['16044000716', 'wrongLength', { length: 11 }],
    ['16044000716І', 'letters', { character: 'І', position: 12 }],
  ])('refuses %j: %s', (text, code, params) => {
    expect(parseBin(text)).toEqual({ ok: false, error: { code, params } })
  })
})
