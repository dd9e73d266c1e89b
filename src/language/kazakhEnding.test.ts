import { describe, expect, it } from 'vitest'
import { withEnding } from './kazakhEnding.ts'

describe('endings of Kazakh words', () => {
  it('follow the vowels and the last sound of the months', () => {
    const months = 'қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан'.split(' ')
    expect(months.map((month) => withEnding(month, 'dative')).join(' ')).toBe(
      'қаңтарға ақпанға наурызға сәуірге мамырға маусымға шілдеге тамызға қыркүйекке қазанға қарашаға желтоқсанға',
    )
    expect(months.map((month) => withEnding(month, 'ablative')).join(' ')).toBe(
      'қаңтардан ақпаннан наурыздан сәуірден мамырдан маусымнан шілдеден тамыздан қыркүйектен қазаннан қарашадан желтоқсаннан',
    )
    expect(months.map((month) => withEnding(month, 'locative')).join(' ')).toBe(
      'қаңтарда ақпанда наурызда сәуірде мамырда маусымда шілдеде тамызда қыркүйекте қазанда қарашада желтоқсанда',
    )
  })

  it('of a number follow the way it is read', () => {
    const times = ['09:00', '13:00', '18:30', '14:20', '10:01', '10:03', '10:05', '10:06', '10:40', '10:50', '10:10']
    expect(times.map((time) => withEnding(time, 'dative').slice(6)).join(' ')).toBe('ге ге ға ға ге ке ке ға қа ге ға')
    expect(times.map((time) => withEnding(time, 'ablative').slice(6)).join(' ')).toBe('ден ден дан дан ден тен тен дан тан ден нан')
    expect(withEnding('2019 ж. 14 қазан, 10:02', 'locative')).toBe('2019 ж. 14 қазан, 10:02-де')
  })
})
