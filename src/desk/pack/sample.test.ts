import { describe, expect, it } from 'vitest'
import { drawSample } from './sample.ts'

const numbers = Array.from({ length: 500 }, (_, index) => `750-191014-${10_000 + index}-1`)

describe('a sample of cases', () => {
  it('is drawn again by its seed, whatever the order of the list', () => {
    const first = drawSample(numbers, 20, 'a seal')
    expect(first.drawn).toHaveLength(20)
    expect(first.sample).toEqual({ seed: 'a seal', of: 500 })
    expect(drawSample([...numbers, ...numbers].reverse(), 20, 'a seal')).toEqual(first)
    expect(drawSample(numbers, 20, 'another seal').drawn).not.toEqual(first.drawn)
  })

  it('prefers nobody: over many seeds each case comes about as often', () => {
    const times = new Map<string, number>()
    for (let seed = 0; seed < 400; seed++)
      for (const number of drawSample(numbers.slice(0, 50), 10, String(seed)).drawn) times.set(number, (times.get(number) ?? 0) + 1)
    expect(times.size).toBe(50)
    expect(Math.min(...times.values())).toBeGreaterThan(40)
    expect(Math.max(...times.values())).toBeLessThan(130)
  })

  it('of fewer cases than it asks for is all of them', () => {
    expect(drawSample(['a', 'b'], 20, '').drawn.toSorted()).toEqual(['a', 'b'])
  })
})
