import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { admit, closedBreaker, learn, nextAttempt, usualBackoff, usualBreaker } from './retry.ts'

describe('the next attempt', () => {
  it('waits between half and the whole of a doubling time, never longer than the longest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.string(), (failures, seed) => {
        const whole = Math.min(usualBackoff.longestMs, 2_000 * 2 ** (failures - 1))
        const wait = nextAttempt(failures, seed)
        expect(wait).toBeGreaterThanOrEqual(Math.floor(whole / 2))
        expect(wait).toBeLessThanOrEqual(whole)
        expect(nextAttempt(failures, seed)).toBe(wait)
      }),
      { seed: 3, numRuns: 200 },
    )
  })

  it('spreads cases that failed together', () => {
    const waits = Array.from({ length: 400 }, (_, i) => nextAttempt(8, `AKT-2019-${i}/query/3`))
    const half = (2_000 * 2 ** 7) / 2
    for (const quarter of [0, 1, 2, 3]) {
      const there = waits.filter((wait) => Math.min(3, Math.floor(((wait - half) / half) * 4)) === quarter)
      expect(there.length).toBeGreaterThan(60)
    }
  })

  it('has nothing to repeat where nothing failed', () => {
    expect(() => nextAttempt(0, 'a')).toThrow(RangeError)
  })
})

describe('the breaker of a service', () => {
  const failed = (times: number, at: number) =>
    Array.from({ length: times }).reduce<typeof closedBreaker>((breaker) => learn(breaker, 'outage', at), closedBreaker)

  it('opens after five outages in a row, and an answer between them starts the count anew', () => {
    expect(admit(failed(4, 0), 1).go).toBe(true)
    expect(admit(failed(5, 0), 1)).toEqual({ go: false, waitMs: usualBreaker.pauseMs - 1 })
    const interrupted = learn(learn(failed(4, 0), 'answered', 1), 'outage', 2)
    expect(admit(interrupted, 3).go).toBe(true)
  })

  it('lets one question through after the pause, and it decides', () => {
    const open = failed(5, 0)
    const trial = admit(open, 30_000)
    if (!trial.go) throw new Error('the pause is over')
    expect(admit(trial.breaker, 30_001)).toEqual({ go: false, waitMs: 59_999 })
    expect(admit(learn(trial.breaker, 'answered', 31_000), 31_001).go).toBe(true)
    expect(admit(learn(trial.breaker, 'outage', 31_000), 31_001)).toEqual({ go: false, waitMs: 29_999 })
  })

  it('gives up a deciding question that never came back', () => {
    const trial = admit(failed(5, 0), 30_000)
    if (!trial.go) throw new Error('the pause is over')
    expect(admit(trial.breaker, 90_000).go).toBe(true)
  })
})
