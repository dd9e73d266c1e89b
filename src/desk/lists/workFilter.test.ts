import { describe, expect, it } from 'vitest'
import type { LaneCount } from '../../ledger/ledger.ts'
import { boundsOf, countIn, filterQuery, isEverything, readFilter } from './workFilter.ts'

const read = (query: string) => readFilter((name) => new URLSearchParams(query).get(name))

describe('a filter of a work list', () => {
  it('travels in an address and comes back, whatever the order', () => {
    expect(filterQuery(read('whose=mine&due=late&step=refer'))).toBe('step=refer&due=late&whose=mine')
    expect(isEverything(read(''))).toBe(true)
  })

  it('leaves out what it does not understand: more is shown, never less', () => {
    expect(read('step=%3Cscript%3E&due=never&whose=boss&awaiting=maybe')).toEqual({})
  })

  const lane = (step: string, mine: boolean, late: number, today: number, awaiting = false): LaneCount => ({
    step,
    mine,
    awaiting,
    late,
    today,
    later: 10,
    untimed: 100,
  })
  const lanes = [lane('refer', false, 1, 2), lane('refer', true, 3, 4), lane('sign', false, 5, 6), lane('ask', false, 7, 0, true)]

  it('counts from lanes', () => {
    const count = (query: string, steps?: string[]) => countIn(lanes, read(query), steps)
    expect(count('')).toBe(28 + 440)
    expect(count('due=late')).toBe(16)
    expect(count('due=urgent&whose=free')).toBe(1 + 2 + 5 + 6 + 7)
    expect(count('due=late', ['refer'])).toBe(4)
    expect(count('awaiting=yes&due=late')).toBe(7)
    expect(count('awaiting=no&due=late')).toBe(9)
    expect(count('due=untimed&whose=mine')).toBe(100)
  })

  it('after closing, what is later begins now and not at the end of the day', () => {
    const [now, end] = ['2019-10-14T20:00:00+06:00', '2019-10-15T00:00:00+06:00']
    expect(boundsOf('today', now, end)).toEqual({ dueFrom: now, dueBefore: end })
    expect(boundsOf('later', now, end)).toEqual({ dueFrom: end, dueBefore: 'infinity' })
  })
})
