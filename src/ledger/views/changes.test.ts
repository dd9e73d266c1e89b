import { describe, expect, it } from 'vitest'
import { viewChanges } from './changes.ts'
import { noViews, type Views } from './rows.ts'

const work = (...rows: [string, string][]): Views => ({
  ...noViews,
  work_item: rows.map(([key, step]) => ({ key, columns: { step, role: 'clerk', since: '2019-10-14T10:00:00+06:00' } })),
})

describe('changes of views', () => {
  it('put what is new or other, remove what is gone, and leave out views that stay', () => {
    const changes = viewChanges(work(['a', 'one'], ['b', 'two'], ['c', 'three']), work(['b', 'two'], ['c', 'other'], ['d', 'four']))
    expect(Object.keys(changes)).toEqual(['work_item'])
    expect(changes.work_item?.put.map((row) => row.key)).toEqual(['c', 'd'])
    expect(changes.work_item?.remove).toEqual(['a'])
  })

  it('are none when nothing changed', () => {
    expect(viewChanges(work(['a', 'one']), work(['a', 'one']))).toEqual({})
  })
})
