import { describe, expect, it } from 'vitest'
import { momentIn } from '../../../../desk/clock.ts'
import { statutes } from '../cases.testing.ts'
import { momentOf, wishOf } from './clock.ts'

const { world } = statutes
const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds
const typed = (text: string) => wishOf(new URLSearchParams(text))
const shown = (ms: number | null) => (ms === null ? null : momentIn('Asia/Almaty', ms))

describe("the demonstration's clock", () => {
  it('is set to a moment of the region', () => {
    const wish = typed('do=set&date=2019-10-14&time=10:00')
    expect(wish && shown(momentOf(wish, 0, 'almaty', world))).toBe('2019-10-14T10:00:00+06:00')
    expect(wish && momentOf(wish, 0, 'aktobe', world)).toBe(at('2019-10-14T10:00:00+05:00'))
  })

  it('goes to the next working morning over holidays and days off', () => {
    const friday = at('2019-12-13T18:00:00+06:00')
    expect(shown(momentOf({ kind: 'nextMorning' }, friday, 'almaty', world))).toBe('2019-12-18T09:00:00+06:00')
  })

  it('advances, and takes nothing that is no moment', () => {
    const wish = typed('advance=60')
    expect(wish && momentOf(wish, 0, 'almaty', world)).toBe(3_600_000)
    for (const wrong of [
      'do=set&date=2019-02-30&time=10:00',
      'do=set&date=2019-02-20&time=26:00',
      'advance=-5',
      '',
      'do=set&date=1900-01-01&time=10:00',
    ])
      expect(typed(wrong)).toBeNull()
  })
})
