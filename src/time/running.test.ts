import { describe, expect, it } from 'vitest'
import { statutes } from '../web/pages/public/cases.testing.ts'
import { deadline } from './deadline.ts'
import { runningSpans } from './running.ts'

const { world } = statutes
const due = (receivedAt: string, value: number, unit: 'min' | 'wd' = 'min') => {
  const counted = deadline(
    {
      id: null,
      norm: { value, unit, clause: null },
      receivedAt,
      zone: 'Asia/Almaty',
      receiver: { kind: 'provider', region: 'almaty' },
      performer: { kind: 'provider', region: 'almaty' },
    },
    world,
  )
  if (!counted.ok) throw new Error(counted.error.code)
  return counted.value
}

describe('the spans in which minutes ran', () => {
  it('leave out lunch, night and days off, and sum to the norm', () => {
    const friday = due('2019-10-11T18:20:00+06:00', 40)
    const spans = runningSpans(friday, world)
    expect(spans.map(({ date }) => date)).toEqual(['2019-10-11', '2019-10-14'])
    expect(spans[0]).toEqual({ date: '2019-10-11', from: '18:20', until: '18:30', minutes: 10 })
    expect(spans.reduce((sum, span) => sum + span.minutes, 0)).toBe(40)
    const lunch = runningSpans(due('2019-10-14T12:50:00+06:00', 30), world)
    expect(lunch).toHaveLength(2)
    expect(lunch.reduce((sum, span) => sum + span.minutes, 0)).toBe(30)
  })

  it('are none where days are counted', () => {
    expect(runningSpans(due('2019-10-14T12:50:00+06:00', 3, 'wd'), world)).toEqual([])
  })
})
