import type { CaseState, Due } from './state.ts'

/** A time in which an outside system did not answer. It stops no term (nothing does but what the law names), and is a cause of its lateness. */
export type Outage = CaseState['outages'][number]

type Life = Pick<Due, 'from' | 'endedAt'>

const at = (moment: string): number => Date.parse(moment)

/** Outages that lay in the life of a term, whole, oldest first. */
export const outagesDuring = (outages: readonly Outage[], { from, endedAt }: Life): Outage[] =>
  outages.filter((one) => (endedAt === null || at(one.from) < at(endedAt)) && (one.until === null || at(one.until) > at(from)))

/** How long outside systems were away while the term ran, in ms; what overlaps counts once. `now`: where an outage or the term goes on. */
export function awayMs(outages: readonly Outage[], { from, endedAt }: Life, now: string): number {
  const [start, end] = [at(from), at(endedAt ?? now)]
  let [sum, reached] = [0, start]
  const spans = outages.map((one) => [at(one.from), at(one.until ?? now)] as const).sort(([a], [b]) => a - b)
  for (const [began, over] of spans) {
    const [first, last] = [Math.max(began, reached), Math.min(over, end)]
    if (last <= first) continue
    sum += last - first
    reached = last
  }
  return sum
}
