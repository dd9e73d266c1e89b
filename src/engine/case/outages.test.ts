import { expect, it } from 'vitest'
import { awayMs, outagesDuring } from './outages.ts'

const at = (minute: number) => `2019-10-14T10:${String(minute).padStart(2, '0')}:00+05:00`
const outage = (from: number, until: number | null) => ({ step: 's', from: at(from), until: until === null ? null : at(until), code: 'x' })
const minutes = (ms: number) => ms / 60_000

it('an outage belongs to each term in whose life it lay, and no other', () => {
  const all = [outage(1, 3), outage(5, 8), outage(20, null)]
  expect(outagesDuring(all, { from: at(4), endedAt: at(10) })).toEqual([all[1]])
  expect(outagesDuring(all, { from: at(2), endedAt: null })).toEqual(all)
  expect(outagesDuring(all, { from: at(8), endedAt: at(20) })).toEqual([])
})

it('the time of outages is counted once, and only while the term ran', () => {
  const all = [outage(1, 6), outage(4, 8), outage(12, null)]
  expect(minutes(awayMs(all, { from: at(2), endedAt: null }, at(15)))).toBe(9)
  expect(minutes(awayMs(all, { from: at(2), endedAt: at(13) }, at(15)))).toBe(7)
  expect(awayMs([], { from: at(2), endedAt: null }, at(15))).toBe(0)
})
