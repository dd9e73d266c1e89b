import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EndedTerm } from '../ledger/views/due/watch.ts'
import { joined, type Kept, quantile } from './kept.ts'
import { type Day, keptDays } from './keptDays.ts'

const minute = 60_000
const midnight = Date.parse('2019-10-14T00:00:00Z')
const iso = (at: number) => new Date(at).toISOString()
const dayAt = (n: number): Day => {
  const starts = midnight + n * 1440 * minute
  return { day: iso(starts).slice(0, 10), starts: iso(starts), ends: iso(starts + 1440 * minute) }
}

const reckoned = ({ endedAt, step }: EndedTerm): Kept => ({
  ...{ provider: 'p', step, role: 'r', clause: null, kind: 'norm', sha256: '', value: 1, unit: 'min', ended: 1, late: 0 },
  ...{ minutes: [[Date.parse(endedAt ?? '') % 7, 1]], overMinutes: 0, outsideMinutes: 0, outages: 0 },
})
const reckon = (_region: string, rows: readonly EndedTerm[]) => joined(rows.map(reckoned))

/** A ledger of terms that ended so many minutes after the first midnight, and the days that were kept in it. */
function ledgerOf(terms: { minute: number; step: string }[]) {
  const kept = new Map<string, unknown>()
  const asked: [string, string][] = []
  const clock = { at: midnight, now: () => clock.at }
  const rows = () =>
    terms
      .filter((term) => midnight + term.minute * minute <= clock.at)
      .map((term) => ({ step: term.step, endedAt: iso(midnight + term.minute * minute) }) as EndedTerm) // as: what the reckoning here reads
  const watch: Parameters<typeof keptDays>[0] = {
    ended: async (_home, from, until) => {
      asked.push([from, until])
      return rows().filter(({ endedAt }) => Date.parse(endedAt ?? '') >= Date.parse(from) && Date.parse(endedAt ?? '') < Date.parse(until))
    },
    days: async () => [...kept].map(([day, one]) => ({ day, kept: JSON.parse(JSON.stringify(one)) })),
    keepDay: async (_home, day, one) => void kept.set(day, one),
  }
  return { clock, kept, asked, watch, rows }
}

const sorted = (kept: readonly Kept[]) => [...kept].sort((a, b) => a.step.localeCompare(b.step))

describe('how terms were kept, day by day', () => {
  it('comes to the same as reckoning everything anew, whenever it is asked', async () => {
    const term = fc.record({ minute: fc.integer({ min: 0, max: 3 * 1440 - 1 }), step: fc.constantFrom('a', 'b', 'c') })
    const moments = fc.array(fc.integer({ min: 1, max: 4 * 1440 }), { minLength: 1, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(fc.array(term, { maxLength: 60 }), moments, async (terms, asks) => {
        const { clock, watch, rows } = ledgerOf(terms)
        const days = keptDays(watch, clock, reckon)
        for (const at of asks.sort((a, b) => a - b)) {
          clock.at = midnight + at * minute
          const whole = Array.from({ length: 3 }, (_, n) => dayAt(n))
          const [one, two] = await Promise.all([days.of('x', 7, whole), days.of('x', 7, whole)])
          expect(sorted(one)).toEqual(sorted(reckon('x', rows())))
          expect(sorted(two)).toEqual(sorted(one))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('reads a day that is over once, also in the next process, and of a day that goes on only what is new', async () => {
    const { clock, kept, asked, watch } = ledgerOf([{ minute: 600, step: 'a' }])
    clock.at = midnight + 2 * 1440 * minute + 600 * minute
    const days = () => keptDays(watch, clock, reckon)
    const first = days()
    await first.of('x', 7, [dayAt(0), dayAt(1), dayAt(2)])
    expect([...kept.keys()]).toEqual(['2019-10-14', '2019-10-15'])
    expect(asked.splice(0)).toHaveLength(3)
    await first.of('x', 7, [dayAt(0), dayAt(1), dayAt(2)])
    expect(asked.splice(0)).toEqual([[iso(clock.at - 10 * minute), dayAt(2).ends]])
    await days().of('x', 7, [dayAt(0), dayAt(1)])
    expect(asked).toEqual([])
  })

  it('forgets when the clock is set back', async () => {
    const { clock, kept, watch } = ledgerOf([{ minute: 600, step: 'a' }])
    const days = keptDays(watch, clock, reckon)
    clock.at = midnight + 2000 * minute
    expect(await days.of('x', 7, [dayAt(0)])).toHaveLength(1)
    clock.at = midnight + 500 * minute
    kept.clear()
    expect(await days.of('x', 7, [dayAt(0)])).toEqual([])
  })
})

describe('a quantile of counted numbers', () => {
  it('is that of the numbers written out', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (all, share) => {
        const plain = [...all].sort((a, b) => a - b)
        const counted = [...Map.groupBy(plain, (value) => value)].map(([value, same]) => [value, same.length] as const)
        expect(quantile(counted, share)).toBe(plain[Math.min(plain.length - 1, Math.floor(plain.length * share))])
      }),
    )
    expect(quantile([], 0.5)).toBeNull()
  })
})
