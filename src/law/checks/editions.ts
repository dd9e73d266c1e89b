import { type Bundle, inRegulation } from '../bundle.ts'
import type { Problem } from '../problem.ts'

const span = ({ regulation }: Bundle): [string, string] => {
  const { from, until } = regulation.value.act.inForce
  return [from.date, until?.date ?? '9999-12-31']
}

/** On no day are two editions of one regulation in force: a case could not know to which it is bound. */
export const checkEditions = (bundles: readonly Bundle[]): Problem[] =>
  bundles.flatMap((bundle, index) =>
    bundles.slice(0, index).flatMap((other) => {
      const [from, until] = span(bundle)
      const [otherFrom, otherUntil] = span(other)
      if (bundle.regulation.value.id !== other.regulation.value.id || from > otherUntil || otherFrom > until) return []
      const params = { edition: other.regulation.value.edition }
      return [inRegulation(bundle, ['act', 'inForce', 'from', 'date'], 'editionsOverlap', { params })]
    }),
  )
