import { describe, expect, it } from 'vitest'
import { drawNumber } from './numbers.ts'
import { soughtBy } from './search.ts'

describe('what is looked for', () => {
  const number = drawNumber(750, '2019-10-14')
  const digits = number.replaceAll('-', '')

  it.each([
    ['a number', number],
    ['with spaces around', `  ${number} `],
    ['with long dashes', number.replaceAll('-', '–')],
    ['without hyphens', digits],
    ['with spaces for hyphens', number.replaceAll('-', ' ')],
    ['the address in the code of a receipt', `http://127.0.0.1:8080/t/${number}/0123456789ABCDEFGHJK`],
    ['the address of the case', `https://qyzmet.example/cases/${number}?since=3`],
    ['with what cannot be seen', `\u200b${number}\u0000\r`],
    ['scanned while the Kazakh layout was on', [...number].map((sign) => 'қ"әіңғ,.үұ'[Number(sign)] ?? 'ө').join('')],
  ])('%s', (_, typed) => {
    expect(soughtBy(typed)).toEqual({ by: 'number', number })
  })

  it('the end of a number, however it is parted', () => {
    expect(soughtBy('482137')).toEqual({ by: 'tail', digits: '482137' })
    expect(soughtBy('48213-7')).toEqual({ by: 'tail', digits: '482137' })
  })

  it('an IIN, whole or wrong, and never a part of one', () => {
    expect(soughtBy('730219 497389')).toEqual({ by: 'iin', iin: '730219497389', isRight: true })
    expect(soughtBy('730219497388')).toEqual({ by: 'iin', iin: '730219497388', isRight: false })
    expect(soughtBy('73021949738').by).toBe('tail')
  })

  it('a name by its sound, too little by nothing', () => {
    expect(soughtBy('Қаженова Әс')).toEqual({ by: 'name', sounds: ['kajenova as'] })
    for (const little of ['', ' ', 'а', '12', '""', '--', '\u200b']) expect(soughtBy(little)).toEqual({ by: 'nothing' })
  })
})
