import { describe, expect, it } from 'vitest'
import { opened, played, statutes } from '../cases.testing.ts'
import { whyPath } from './link.ts'
import { answer, type Typed } from './question.ts'
import { stripOf } from './strip.ts'

const { library, world } = statutes
const asked = (typed: Typed) => {
  const found = answer(typed, library, world)
  if (found.kind !== 'asked') throw new Error(found.kind)
  return found.due
}

describe('the strip of days', () => {
  it('has every date from receipt to the due date once, with the holidays’ own names and the acts', () => {
    const days = stripOf(asked({ region: 'almaty', value: '3', unit: 'wd', date: '2019-05-03', time: '10:00' }), world)
    expect(days.map(({ date }) => date)).toEqual(['2019-05-03', '2019-05-04', '2019-05-05', '2019-05-06', '2019-05-07', '2019-05-08'])
    expect(days.filter(({ role }) => role === 'counted').map(({ number }) => number)).toEqual([1, 2, 3])
    expect(days[0]).toMatchObject({ role: 'zero', received: true })
    expect(days.at(-1)).toMatchObject({ role: 'counted', number: 3, last: true })
    expect(days.find(({ date }) => date === '2019-05-07')).toMatchObject({ role: 'skipped', name: { ru: expect.any(String) } })
  })

  it('shows what came after hours as days before the count', () => {
    const days = stripOf(asked({ region: 'almaty', value: '1', unit: 'wd', date: '2019-10-11', time: '19:00' }), world)
    expect(days.map(({ role }) => role)).toEqual(['before', 'before', 'before', 'zero', 'counted'])
    expect(days[0]).toMatchObject({ received: true })
  })

  it('shows where minutes ran', () => {
    const days = stripOf(asked({ region: 'aktobe', value: '20', unit: 'min', date: '2019-10-11', time: '18:20' }), world)
    expect(days.flatMap(({ spans = [] }) => spans).reduce((sum, { minutes }) => sum + minutes, 0)).toBe(20)
    expect(days.every(({ number }) => number === undefined)).toBe(true)
  })
})

describe('the link from a due date', () => {
  it('leads to the same date', () => {
    const { file } = played('aktobe', 'corporationLocal', opened('checkConformity'))
    for (const due of file.state.dues) {
      const proof = due.proof as unknown as ReturnType<typeof asked>
      const path = whyPath(proof)
      if (path === undefined) throw new Error('no link')
      const again = asked(Object.fromEntries(new URL(path, 'http://page.invalid').searchParams))
      expect(again.dueDate).toBe(proof.dueDate)
      expect(again.days).toEqual(proof.days)
      expect(again.norm.clause).toBe(due.clause)
    }
  })

  it('is not there where an organisation keeps hours that the page does not know', () => {
    const { file } = played('aktobe', 'corporationLocal', opened('checkConformity'))
    const proof = file.state.dues[0]?.proof as unknown as ReturnType<typeof asked>
    expect(whyPath({ ...proof, performer: { ...proof.performer, hours: [] } })).toBeUndefined()
  })
})
