import type { Path } from '../problem.ts'
import type { Regulation } from '../schema/regulation.ts'

export interface Citation {
  readonly clause: string
  readonly path: Path
  /** Whether the place executes the clause, or only speaks of it (readings). */
  readonly executes: boolean
}

const ofReadings = ({ readings }: Regulation): Citation[] =>
  Object.entries(readings).flatMap(([id, reading]) =>
    (['clauses', 'follows', 'passesOver'] as const).flatMap((key) =>
      reading[key].map((clause, index) => ({ clause, path: ['readings', id, key, index], executes: false })),
    ),
  )

const ofSteps = ({ steps }: Regulation): Citation[] =>
  steps.flatMap((step, index) => [
    ...step.clauses.map((clause, each) => ({ clause, path: ['steps', index, 'clauses', each], executes: true })),
    ...step.norms.map(({ clause }, each) => ({ clause, path: ['steps', index, 'norms', each, 'clause'], executes: true })),
    ...Object.entries(step.outcomes).flatMap(([outcome, { clause }]) =>
      clause ? [{ clause, path: ['steps', index, 'outcomes', outcome, 'clause'], executes: true }] : [],
    ),
  ])

/** Every place of a regulation that cites a clause. The orders of the act that put it into effect are numbered apart. */
export const citationsOf = (regulation: Regulation): Citation[] => {
  const { form, providers, roles, channels, terms, papers } = regulation
  return [
    { clause: form.clause, path: ['form', 'clause'], executes: true },
    ...providers.map(({ clause }, index) => ({ clause, path: ['providers', index, 'clause'], executes: true })),
    ...Object.entries(roles).flatMap(([id, { clauses }]) =>
      clauses.map((clause, index) => ({ clause, path: ['roles', id, 'clauses', index], executes: true })),
    ),
    ...Object.entries(channels).flatMap(([id, { clause, start }]) => [
      { clause, path: ['channels', id, 'clause'], executes: true },
      { clause: start.clause, path: ['channels', id, 'start', 'clause'], executes: true },
    ]),
    ...terms.map(({ clause }, index) => ({ clause, path: ['terms', index, 'clause'], executes: true })),
    ...papers.map(({ clause }, index) => ({ clause, path: ['papers', index, 'clause'], executes: true })),
    ...ofSteps(regulation),
    ...ofReadings(regulation),
  ]
}
