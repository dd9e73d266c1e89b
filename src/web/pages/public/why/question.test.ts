import { describe, expect, it } from 'vitest'
import { played, statutes } from '../cases.testing.ts'
import { normsOf } from './norms.ts'
import { answer } from './question.ts'

const { library, world } = statutes
const ask = (typed: Parameters<typeof answer>[0]) => answer(typed, library, world)

describe('why this date', () => {
  it('counts a clause of a regulation as a case does', () => {
    const { file } = played('aktobe', 'corporationLocal')
    const term = file.state.dues.find((due) => due.kind === 'term')
    if (term === undefined) throw new Error('no term')
    const [date = '', time = ''] = term.from.slice(0, 16).split('T')
    const found = ask({ norm: 'aktobe-teacher-attestation/term/local/corporation', date, time })
    expect(found).toMatchObject({ kind: 'asked', region: 'aktobe', outOfForce: false, due: { dueAt: term.dueAt, days: term.proof.days } })
  })

  it('counts a norm that stands alone, in the zone of its region', () => {
    const found = ask({ region: 'almaty', value: '3', unit: 'wd', date: '2019-05-03', time: '10:00' })
    expect(found).toMatchObject({ kind: 'asked', due: { receivedAt: '2019-05-03T10:00:00+06:00', dueDate: '2019-05-08' } })
  })

  it('says when the regulation was not in force on the day', () => {
    expect(ask({ norm: 'aktobe-teacher-attestation/term/local/corporation', date: '2024-03-04', time: '10:00' })).toMatchObject({
      outOfForce: true,
    })
  })

  it('names the field that is wrong', () => {
    const fine = { region: 'almaty', value: '3', date: '2019-05-03', time: '10:00' }
    expect(ask({ ...fine, date: '2019-02-30' })).toEqual({ kind: 'wrong', field: 'date' })
    expect(ask({ ...fine, time: '25:00' })).toEqual({ kind: 'wrong', field: 'time' })
    expect(ask({ ...fine, value: '0' })).toEqual({ kind: 'wrong', field: 'value' })
    expect(ask({ ...fine, region: 'atlantis' })).toEqual({ kind: 'wrong', field: 'region' })
    expect(ask({ ...fine, norm: 'aktobe-teacher-attestation/term/none/office' })).toEqual({ kind: 'wrong', field: 'norm' })
  })

  it('guesses no date of a year without a calendar', () => {
    expect(ask({ region: 'almaty', value: '3', date: '2090-05-03', time: '10:00' })).toMatchObject({
      kind: 'cannot',
      error: { code: 'calendarMissing' },
    })
  })

  it('offers each norm of each edition once', () => {
    for (const law of library.regulations) {
      const ids = normsOf(law).map((one) => one.id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids.length).toBeGreaterThan(3)
    }
  })
})
