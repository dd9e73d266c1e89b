import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Gate } from './gate.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const [urgent, ordinary] = [0, 1]

function gateOf({ atOnce = 2, waiting = 4 } = {}) {
  const kinds = [
    { patienceMs: 1000, standingPatienceMs: 1000 },
    { patienceMs: 1000, standingPatienceMs: 200 },
  ]
  const gate = new Gate({ atOnce, waiting, kinds, now: () => Date.now() })
  const told: string[] = []
  const come = (name: string, kind = ordinary) =>
    gate.enter(kind, { goIn: () => told.push(`${name} in`), sentAway: () => told.push(`${name} away`) })
  return { gate, told, come, leave: () => gate.leave(Date.now()) }
}

describe('a gate', () => {
  it('lets in as many as it may, and the next when one leaves', () => {
    const { gate, told, come, leave } = gateOf()
    for (const name of ['a', 'b', 'c', 'd']) come(name)
    expect([told, gate.inside, gate.waiting]).toEqual([['a in', 'b in'], 2, 2])
    leave()
    expect(told).toEqual(['a in', 'b in', 'c in'])
    leave()
    leave()
    leave()
    expect([told.at(-1), gate.inside, gate.waiting]).toEqual(['d in', 0, 0])
  })

  it('takes the urgent first, each kind in the order in which they came', () => {
    const { told, come, leave } = gateOf({ atOnce: 1, waiting: 9 })
    come('a')
    come('b')
    come('c')
    come('x', urgent)
    come('y', urgent)
    for (let turn = 0; turn < 4; turn++) leave()
    expect(told).toEqual(['a in', 'x in', 'y in', 'b in', 'c in'])
  })

  it('sends away who has waited long enough, once, and never lets them in afterwards', () => {
    const { gate, told, come, leave } = gateOf({ atOnce: 1 })
    come('a')
    come('b')
    vi.advanceTimersByTime(999)
    expect(told).toEqual(['a in'])
    vi.advanceTimersByTime(1)
    expect([told, gate.waiting]).toEqual([['a in', 'b away'], 0])
    leave()
    expect([told, gate.inside]).toEqual([['a in', 'b away'], 0])
  })

  it('sends away at once where there is no place to stand; the urgent take the place of the last who is not', () => {
    const { told, come } = gateOf({ atOnce: 1, waiting: 2 })
    for (const name of ['a', 'b', 'c', 'd']) come(name)
    expect(told).toEqual(['a in', 'd away'])
    come('x', urgent)
    come('y', urgent)
    come('z', urgent)
    expect(told).toEqual(['a in', 'd away', 'c away', 'b away', 'z away'])
  })

  it('sends away at once whom it would keep waiting in vain', () => {
    const { told, come, gate } = gateOf({ atOnce: 1, waiting: 100 })
    for (let turn = 0; turn < 200; turn++) {
      come('slow')
      gate.leave(Date.now() - 600)
    }
    told.length = 0
    come('a')
    come('b')
    come('c')
    expect(told).toEqual(['a in', 'c away'])
  })

  it('is short with the less urgent once a line has stood for a while, until it is gone', () => {
    const { told, come, leave } = gateOf({ atOnce: 1, waiting: 100 })
    come('a')
    come('first', urgent)
    vi.advanceTimersByTime(600)
    come('late')
    vi.advanceTimersByTime(200)
    expect(told).toEqual(['a in', 'late away'])
    leave()
    come('fresh')
    vi.advanceTimersByTime(900)
    expect(told).toEqual(['a in', 'late away', 'first in'])
    leave()
    expect(told.at(-1)).toBe('fresh in')
  })
})
