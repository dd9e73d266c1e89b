import { type Check, inRegulation } from '../bundle.ts'
import { edgesOf } from '../graph.ts'

/** An ending to which no branch leads is a forgotten branch, or a forgotten word. */
export const unusedEnding: Check = (bundle) => {
  const { endings, steps } = bundle.regulation.value
  const used = new Set(steps.flatMap(edgesOf).map(({ end }) => end))
  return Object.keys(endings).flatMap((name) =>
    used.has(name) ? [] : [inRegulation(bundle, ['endings', name], 'unusedEnding', { params: { name }, severity: 'warning' })],
  )
}
