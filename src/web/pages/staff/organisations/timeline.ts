import type { OpeningHours } from '../../../../time/hours.ts'

const dayBefore = (day: string): string => Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()

/**
 * An organisation's history of hours with others from a day on: what held before ends with the day before, what was set to begin later still
 * begins then. Hours that begin on the same day are replaced.
 */
export function withHours(timeline: readonly OpeningHours[], hours: OpeningHours): OpeningHours[] {
  const before = timeline
    .filter((one) => one.from < hours.from)
    .map((one) => (one.until === undefined || one.until >= hours.from ? { ...one, until: dayBefore(hours.from) } : one))
  const after = timeline.filter((one) => one.from > hours.from)
  const [next] = after
  return [...before, next === undefined ? hours : { ...hours, until: dayBefore(next.from) }, ...after]
}

/** The hours that hold on a day; where the history has a gap there, the last before it. */
export const hoursOn = (timeline: readonly OpeningHours[], day: string): OpeningHours | undefined =>
  timeline.findLast((one) => one.from <= day) ?? timeline[0]
