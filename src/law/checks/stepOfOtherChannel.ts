import { type Check, inRegulation } from '../bundle.ts'
import { stepsById } from '../graph.ts'
import type { Path } from '../problem.ts'

/** Steps follow each other inside one channel: clauses of another channel do not govern the case. */
export const stepOfOtherChannel: Check = (bundle) => {
  const regulation = bundle.regulation.value
  const byId = stepsById(regulation)
  const stray = (name: string, channel: string, path: Path) => {
    const step = byId.get(name)
    if (!step || step.channel === channel) return []
    return [inRegulation(bundle, path, 'stepOfOtherChannel', { params: { step: name, channel, other: step.channel } })]
  }
  return [
    ...Object.entries(regulation.channels).flatMap(([id, { first, start }]) => [
      ...stray(first, id, ['channels', id, 'first']),
      ...stray(start.at, id, ['channels', id, 'start', 'at']),
    ]),
    ...regulation.steps.flatMap(({ channel, outcomes }, index) =>
      Object.entries(outcomes).flatMap(([outcome, branch]) =>
        'next' in branch ? stray(branch.next, channel, ['steps', index, 'outcomes', outcome, 'next']) : [],
      ),
    ),
  ]
}
