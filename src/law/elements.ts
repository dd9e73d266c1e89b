import type { GeneralLaw } from './schema/general.ts'
import type { Regulation } from './schema/regulation.ts'

export type ElementKind = 'provider' | 'role' | 'channel' | 'start' | 'term' | 'step' | 'outcome' | 'norm' | 'paper' | 'form' | 'duty'

/**
 * A thing of a regulation that rests on clauses and that examples execute. Ids: `provider:<kind>`, `role:<role>`,
 * `channel:<channel>`, `start:<channel>`, `term:<id>`, `step:<id>`, `outcome:<step>/<outcome>`, `norm:<step>/<clause>`,
 * `paper:<id>`, `form`, `duty:<law>/<id>`.
 */
export interface Element {
  readonly id: string
  readonly kind: ElementKind
  readonly clauses: readonly string[]
}

const element = (kind: ElementKind, name: string, clauses: readonly string[]): Element => ({ id: `${kind}:${name}`, kind, clauses })

const ofSteps = ({ steps }: Regulation): Element[] =>
  steps.flatMap((step) => [
    element('step', step.id, step.clauses),
    ...Object.entries(step.outcomes).map(([name, { clause }]) =>
      element('outcome', `${step.id}/${name}`, clause ? [clause] : step.clauses),
    ),
    ...step.norms.map(({ clause }) => element('norm', `${step.id}/${clause}`, [clause])),
  ])

/** Every element of a regulation with the clauses that it cites; with the general law, its duties too. */
export const elementsOf = (regulation: Regulation, general: readonly GeneralLaw[] = []): Element[] => [
  { id: 'form', kind: 'form', clauses: [regulation.form.clause] },
  ...regulation.providers.map(({ kind, clause }) => element('provider', kind, [clause])),
  ...Object.entries(regulation.roles).map(([id, { clauses }]) => element('role', id, clauses)),
  ...Object.entries(regulation.channels).map(([id, { clause }]) => element('channel', id, [clause])),
  ...Object.entries(regulation.channels).map(([id, { start }]) => element('start', id, [start.clause])),
  ...regulation.terms.map(({ id, clause }) => element('term', id, [clause])),
  ...ofSteps(regulation),
  ...regulation.papers.map(({ id, clause }) => element('paper', id, [clause])),
  ...general.flatMap((law) => law.duties.map(({ id, clause }) => element('duty', `${law.id}/${id}`, [clause]))),
]

/** The name before the colon where a clause is of another act: `law-88-V` of `law-88-V:20(6)`. */
export const actOfClause = (clause: string): string | undefined => /^([a-z0-9][a-zA-Z0-9-]*):/.exec(clause)?.[1]
