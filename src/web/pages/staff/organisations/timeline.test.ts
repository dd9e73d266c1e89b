import { describe, expect, it } from 'vitest'
import { type OpeningHours, overlapAt } from '../../../../time/hours.ts'
import { hoursOn, withHours } from './timeline.ts'

const hours = (from: string, until?: string): OpeningHours => ({
  from,
  ...(until === undefined ? {} : { until }),
  week: 'five',
  open: { 'mon-fri': '09:00-18:00' },
  confirmed: true,
  source: from,
})

describe('a history of hours', () => {
  const timeline = [hours('2015-01-01', '2019-12-31'), hours('2020-01-01')]

  it('takes others from a day on, and keeps what was set to begin later', () => {
    const changed = withHours(timeline, hours('2019-11-01'))
    expect(changed.map(({ from, until }) => [from, until])).toEqual([
      ['2015-01-01', '2019-10-31'],
      ['2019-11-01', '2019-12-31'],
      ['2020-01-01', undefined],
    ])
    expect(overlapAt(changed)).toBeUndefined()
  })

  it('ends what held until then, and replaces what begins on the same day', () => {
    expect(withHours(timeline, hours('2020-03-02')).map(({ from, until }) => [from, until])).toEqual([
      ['2015-01-01', '2019-12-31'],
      ['2020-01-01', '2020-03-01'],
      ['2020-03-02', undefined],
    ])
    expect(withHours(timeline, hours('2020-01-01'))).toHaveLength(2)
  })

  it('tells what holds on a day', () => {
    expect(hoursOn(timeline, '2019-06-01')?.from).toBe('2015-01-01')
    expect(hoursOn(timeline, '2021-06-01')?.from).toBe('2020-01-01')
    expect(hoursOn(timeline, '2010-01-01')?.from).toBe('2015-01-01')
  })
})
