import { type Check, inRegulation } from '../bundle.ts'
import { edgesOf, stepsById } from '../graph.ts'
import type { Regulation } from '../schema/regulation.ts'
import type { Norm, Step } from '../schema/step.ts'

const own = (step: Step, unit: Norm['unit']): number =>
  step.norms.filter((norm) => norm.unit === unit && norm.binding).reduce((sum, { value }) => sum + value, 0)

/** The most that the binding norms of one unit add up to on any way that passes no step twice, as far as the term runs. */
const longest = (regulation: Regulation, first: string, unit: Norm['unit'], until?: string): number => {
  const byId = stepsById(regulation)
  const walk = (id: string | undefined, passed: readonly string[]): number => {
    const step = id === undefined || passed.includes(id) ? undefined : byId.get(id)
    if (!step) return 0
    if (step.id === until) return own(step, unit)
    return own(step, unit) + Math.max(0, ...edgesOf(step).map(({ next }) => walk(next, [...passed, step.id])))
  }
  return walk(first, [])
}

/** The norms of the steps, in the unit of the term (none is converted into another), must fit into the term of the service. */
export const normsOverTerm: Check = (bundle) => {
  const regulation = bundle.regulation.value
  return regulation.terms.flatMap(({ channels, value, unit, clause, until }, index) =>
    channels.flatMap((channel) => {
      const first = regulation.channels[channel]?.first
      const sum = first ? longest(regulation, first, unit, until) : 0
      if (sum <= value) return []
      const params = { channel, sum, value, unit }
      return [inRegulation(bundle, ['terms', index, 'value'], 'normsOverTerm', { params, clause, severity: 'warning' })]
    }),
  )
}
