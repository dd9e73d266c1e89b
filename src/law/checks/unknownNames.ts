import { type Check, inRegulation } from '../bundle.ts'
import { nearest } from '../near.ts'
import type { Path } from '../problem.ts'
import type { Act } from '../schema/acts.ts'
import type { Regulation } from '../schema/regulation.ts'
import type { Step } from '../schema/step.ts'

type Kind = 'Step' | 'Ending' | 'Role' | 'Paper' | 'Reading' | 'Channel'
interface Use {
  readonly kind: Kind
  readonly name: string
  readonly path: Path
  readonly clause?: string
}

const ofAct = (act: Act, path: Path, clause?: string): Use[] => {
  if (act.act === 'issuePaper') return [{ kind: 'Paper', name: act.paper, path: [...path, 'paper'], clause }]
  return act.act === 'handOver' ? [{ kind: 'Role', name: act.to, path: [...path, 'to'], clause }] : []
}

const ofStep = (step: Step, index: number): Use[] => {
  const path = ['steps', index]
  const clause = step.clauses[0]
  const use = (kind: Kind, name: string, ...rest: Path): Use => ({ kind, name, path: [...path, ...rest], clause })
  return [
    use('Channel', step.channel, 'channel'),
    ...(step.actor === 'system' ? [] : [use('Role', step.actor, 'actor')]),
    ...step.norms.flatMap(({ until }, norm) => (until ? [use('Step', until, 'norms', norm, 'until')] : [])),
    ...step.does.flatMap((act, each) => ofAct(act, [...path, 'does', each], clause)),
    ...step.readings.map((name, each) => use('Reading', name, 'readings', each)),
    ...Object.entries(step.outcomes).map(([outcome, branch]) =>
      'next' in branch ? use('Step', branch.next, 'outcomes', outcome, 'next') : use('Ending', branch.end, 'outcomes', outcome, 'end'),
    ),
  ]
}

const usesOf = ({ channels, terms, papers, steps }: Regulation): Use[] => [
  ...Object.entries(channels).flatMap(([id, { first, start, clause }]): Use[] => [
    { kind: 'Step', name: first, path: ['channels', id, 'first'], clause },
    { kind: 'Step', name: start.at, path: ['channels', id, 'start', 'at'], clause: start.clause },
    ...start.readings.map((name, index): Use => ({ kind: 'Reading', name, path: ['channels', id, 'start', 'readings', index] })),
  ]),
  ...terms.flatMap(({ channels: of, until, readings, clause }, index): Use[] => [
    ...(until ? [{ kind: 'Step' as const, name: until, path: ['terms', index, 'until'], clause }] : []),
    ...of.map((name, each): Use => ({ kind: 'Channel', name, path: ['terms', index, 'channels', each], clause })),
    ...readings.map((name, each): Use => ({ kind: 'Reading', name, path: ['terms', index, 'readings', each], clause })),
  ]),
  ...papers.flatMap(({ by, clause }, index): Use[] =>
    by === 'system' ? [] : [{ kind: 'Role', name: by, path: ['papers', index, 'by'], clause }],
  ),
  ...steps.flatMap(ofStep),
]

/** Every name that a file uses must be a name that it gives. */
export const unknownNames: Check = (bundle) => {
  const { steps, endings, roles, papers, readings, channels } = bundle.regulation.value
  const given: Record<Kind, readonly string[]> = {
    Step: steps.map(({ id }) => id),
    Ending: Object.keys(endings),
    Role: Object.keys(roles),
    Paper: papers.map(({ id }) => id),
    Reading: Object.keys(readings),
    Channel: Object.keys(channels),
  }
  return usesOf(bundle.regulation.value)
    .filter(({ kind, name }) => !given[kind].includes(name))
    .map(({ kind, name, path, clause }) => {
      const near = nearest(name, given[kind]) ?? given[kind].join(', ')
      return inRegulation(bundle, path, `unknown${kind}`, { params: { name, near }, clause })
    })
}
