import { describe, expect, it } from 'vitest'
import { readReceipt, slipOf } from './receipt.ts'

const receipt = { number: '075-191014-48213-2', secret: 'ABCDEFGH0123456789JK' }

describe('a receipt', () => {
  it.each([
    ['two fields', '075-191014-48213-2', 'ABCDE-FGH01-23456-789JK'],
    ['without dashes', '075191014482132', ' ABCDEFGH0123456789JK '],
    ['both pasted into the first field', '075-191014-48213-2\nABCDE-FGH01-23456-789JK', ''],
    ['with its label', '№ 075-191014-48213-2  ABCDE-FGH01-23456-789JK', ''],
    ['the address of the code', 'https://qyzmet.example/t/075-191014-48213-2/ABCDEFGH0123456789JK', ''],
    ['the address in the second field', '', 'https://qyzmet.example/t/075-191014-48213-2/ABCDEFGH0123456789JK'],
  ])('is read from %s', (_, number, secret) => {
    expect(readReceipt(number, secret)).toEqual(receipt)
  })

  it('is looked at before anything is looked up: a wrong digit is told at once', () => {
    expect(slipOf(receipt)).toBeUndefined()
    expect(slipOf({ ...receipt, number: '' })).toBe('noNumber')
    expect(slipOf({ ...receipt, number: '075-191014-48213-0' })).toBe('badNumber')
    expect(slipOf({ ...receipt, number: 'әлдене' })).toBe('badNumber')
    expect(slipOf({ ...receipt, secret: '' })).toBe('noSecret')
  })
})
