import { type Element, elementsOf } from './elements.ts'
import type { Regulation } from './schema/regulation.ts'
import type { Text } from './schema/text.ts'

/** Ids of elements (see `elements.ts`) that each example touched when it ran. */
export type Touched = Readonly<Record<string, readonly string[]>>

export type ClauseStatus = 'executed' | 'uncovered' | 'stated' | 'notExecutable'

export interface ClauseCoverage {
  readonly clause: string
  readonly status: ClauseStatus
  /** Ids of the steps that execute the clause. */
  readonly steps: readonly string[]
  /** Outcomes that rest on the clause or on a step of it, with the ids of the examples that came out so. */
  readonly branches: readonly { readonly step: string; readonly outcome: string; readonly examples: readonly string[] }[]
  /** Elements that rest on the clause and that no example touched. */
  readonly missing: readonly string[]
  readonly reason?: Text
}

export interface Coverage {
  readonly clauses: readonly ClauseCoverage[]
  /** Numbers of clauses. */
  readonly executable: number
  readonly executed: number
  readonly stated: number
  readonly complete: boolean
}

const branchesOf = (regulation: Regulation, clause: string, touched: Touched): ClauseCoverage['branches'] =>
  regulation.steps.flatMap((step) =>
    Object.entries(step.outcomes)
      .filter(([, branch]) => branch.clause === clause || step.clauses.includes(clause))
      .map(([outcome]) => ({
        step: step.id,
        outcome,
        examples: Object.keys(touched).filter((example) => touched[example]?.includes(`outcome:${step.id}/${outcome}`)),
      })),
  )

/**
 * How far examples execute a regulation, clause by clause. An executable clause is executed when something rests on it,
 * all of that was touched, and each of its branches has an example. Pure; the run of the examples comes in as `touched`.
 */
export const coverageOf = (regulation: Regulation, touched: Touched): Coverage => {
  const all = new Set(Object.values(touched).flat())
  const elements: readonly Element[] = elementsOf(regulation)
  const clauses = regulation.clauses.map(({ clause, status, reason }): ClauseCoverage => {
    const citing = elements.filter((element) => element.clauses.includes(clause))
    const branches = branchesOf(regulation, clause, touched)
    const untried = branches.filter(({ examples }) => examples.length === 0).map(({ step, outcome }) => `outcome:${step}/${outcome}`)
    const missing = [...new Set([...citing.map(({ id }) => id).filter((id) => !all.has(id)), ...untried])]
    const executed = citing.length > 0 && missing.length === 0
    const steps = regulation.steps.filter((step) => step.clauses.includes(clause)).map(({ id }) => id)
    const found = status === 'executable' ? (executed ? 'executed' : 'uncovered') : status
    return { clause, status: found, steps, branches, missing, ...(reason ? { reason } : {}) }
  })
  const count = (...wanted: ClauseStatus[]): number => clauses.filter(({ status }) => wanted.includes(status)).length
  const executable = count('executed', 'uncovered')
  const executed = count('executed')
  return { clauses, executable, executed, stated: count('stated'), complete: executable === executed }
}
