import { expect, it } from 'vitest'
import { cite } from './law.ts'

it('a clause is cited by its act, an act as a whole by its name alone', () => {
  expect(cite({ id: 'law-221-III' }, '62')).toBe('law-221-III:62')
  expect(cite({ id: 'law-221-III' }, 'law-221-III')).toBe('law-221-III')
  expect(cite({ id: 'law-221-III' }, 'law-88-V:20(6)')).toBe('law-88-V:20(6)')
})
