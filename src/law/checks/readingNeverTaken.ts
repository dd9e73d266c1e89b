import { type Check, inRegulation } from '../bundle.ts'

/** A reading stands next to the step, start or term that takes it; one that nothing takes decides nothing. */
export const readingNeverTaken: Check = (bundle) => {
  const { readings, channels, terms, steps } = bundle.regulation.value
  const taken = new Set([
    ...Object.values(channels).flatMap(({ start }) => start.readings),
    ...terms.flatMap((term) => term.readings),
    ...steps.flatMap((step) => step.readings),
  ])
  return Object.entries(readings).flatMap(([name, { clauses }]) =>
    taken.has(name) ? [] : [inRegulation(bundle, ['readings', name], 'readingNeverTaken', { params: { name }, clause: clauses[0] })],
  )
}
