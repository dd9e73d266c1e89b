import type { Bound } from '../../../../desk/statutes.ts'
import { rehearse, touchedBy } from '../../../../engine/examples/rehearse.ts'
import { type Coverage, coverageOf } from '../../../../law/coverage.ts'
import { type ElementKind, elementsOf } from '../../../../law/elements.ts'
import type { Law } from '../../../../law/model.ts'
import type { Regulation } from '../../../../law/schema/regulation.ts'
import type { Step } from '../../../../law/schema/step.ts'
import type { Text } from '../../../../law/schema/text.ts'

/** One clause: what it says, what the program does with it, and which played examples show that it does. */
export interface ClauseProof {
  readonly clause: Regulation['clauses'][number]
  readonly status: Coverage['clauses'][number]['status']
  readonly steps: readonly Step[]
  /** What else of the regulation rests on the clause: a norm, a role, a paper. */
  readonly also: readonly ElementKind[]
  readonly examples: readonly ShownExample[]
}

export interface ShownExample {
  readonly id: string
  readonly title: Text
  readonly ok: boolean
  readonly path: readonly { readonly step: string; readonly clause: string; readonly outcome: string }[]
  readonly end: string | null
}

export interface Proofs {
  readonly coverage: Coverage
  readonly clauses: readonly ClauseProof[]
  readonly examples: readonly ShownExample[]
}

const made = new WeakMap<Law, Proofs>()

/**
 * Plays every example of a regulation through the engine and holds it against its clauses: the figures on the page are those of this very program, not of
 * a report. Some hundred milliseconds the first time; the law does not change while the program runs.
 */
export function proofsOf({ law, court }: Bound): Proofs {
  const known = made.get(law)
  if (known) return known
  const given = law.examples?.examples ?? []
  const enacted = given.map((example) => rehearse(court, example))
  const touched = touchedBy(court, enacted)
  const coverage = coverageOf(law.regulation, touched)
  const examples = given.map((example, index): ShownExample => {
    const { id, title, then } = example
    return { id, title, ok: enacted[index]?.ok ?? false, path: then.path, end: then.end ?? null }
  })
  const elements = elementsOf(law.regulation)
  const proofs: Proofs = {
    coverage,
    examples,
    clauses: law.regulation.clauses.map((clause): ClauseProof => {
      const citing = elements.filter((one) => one.clauses.includes(clause.clause))
      const ids = new Set(citing.map(({ id }) => id))
      const found = coverage.clauses.find((one) => one.clause === clause.clause)
      return {
        clause,
        status: found?.status ?? 'uncovered',
        steps: law.regulation.steps.filter((step) => step.clauses.includes(clause.clause)),
        also: [...new Set(citing.map(({ kind }) => kind))].filter((kind) => kind !== 'step' && kind !== 'outcome'),
        examples: examples.filter(({ id }) => touched[id]?.some((name) => ids.has(name))),
      }
    }),
  }
  made.set(law, proofs)
  return proofs
}
