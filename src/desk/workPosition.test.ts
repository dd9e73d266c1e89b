import { describe, expect, it } from 'vitest'
import { workPosition } from './workPosition.ts'

describe('a place in the work list', () => {
  it('is taken back as it was given', () => {
    for (const dueAt of [null, '2019-10-14T10:00:00+06:00', '2019-10-14T04:00:00.000Z'])
      expect(workPosition([dueAt, 75, '075-191014-48213-2', 'step'])).toEqual({ dueAt, home: 75, case: '075-191014-48213-2', key: 'step' })
  })

  it('that the database could not compare is no place', () => {
    const good = [null, 75, 'x', 'y']
    const wrong = [
      ['1'],
      [undefined, 1.5],
      [undefined, 75e10],
      [undefined, -1],
      [undefined, undefined, '\u0000'],
      [undefined, undefined, undefined, '\ud800'],
    ]
    for (const change of wrong)
      expect(workPosition(good.map((part, place) => (change[place] === undefined ? part : change[place])))).toBeUndefined()
    for (const value of [null, 'x', {}, [], [null, 75, 'x']]) expect(workPosition(value)).toBeUndefined()
  })
})
