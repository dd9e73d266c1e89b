import type { Part } from '../bundle.ts'
import { actOfClause } from '../elements.ts'
import { nearest } from '../near.ts'
import { type Path, type Problem, problemAt } from '../problem.ts'
import { leaves } from '../schema/acts.ts'
import type { GeneralLaw } from '../schema/general.ts'
import { scriptProblems } from './mixedScript.ts'

const lists = ['duties', 'complaints', 'termRules', 'rights'] as const

const rulesOf = (law: GeneralLaw): { path: Path; id: string; clause: string; from: string; until?: string }[] =>
  lists.flatMap((list) => law[list].map(({ id, clause, from, until }, index) => ({ path: [list, index], id, clause, from, until })))

const ofRules = ({ source, value, patched }: Part<GeneralLaw>): Problem[] => {
  const rules = rulesOf(value)
  return rules.flatMap(({ path, id, clause, from, until }, index) => [
    ...(until !== undefined && until < from
      ? [problemAt(source, [...path, 'until'], 'datesInDisorder', { params: { earlier: from, later: until }, clause })]
      : []),
    // The same rule may stand twice in succession, as amended; on one day it stands once.
    ...(rules.slice(0, index).some((other) => other.id === id && other.path[0] === path[0] && (other.until ?? '9999-12-31') >= from)
      ? [problemAt(source, [...path, 'id'], 'doubleName', { params: { name: id }, clause })]
      : []),
    ...(patched.includes('id') || actOfClause(clause) === undefined || actOfClause(clause) === value.id
      ? []
      : [problemAt(source, [...path, 'clause'], 'clauseOfOtherLaw', { params: { law: value.id }, clause })]),
  ])
}

const ofDuties = ({ source, value }: Part<GeneralLaw>): Problem[] =>
  value.duties.flatMap(({ before, clause }, index) =>
    before.acts.flatMap((name, each) => {
      const known = Object.keys(leaves)
      if (known.includes(name)) return []
      const params = { name, near: nearest(name, known) ?? known.join(', ') }
      return [problemAt(source, ['duties', index, 'before', 'acts', each], 'unknownActName', { params, clause })]
    }),
  )

/** The files of the general law: acts that exist, spans in order, one name for one rule, one law under one name. */
export const checkGeneral = (laws: readonly Part<GeneralLaw>[]): Problem[] =>
  laws.flatMap((law, index) => [
    ...ofRules(law),
    ...ofDuties(law),
    ...scriptProblems(law.source),
    ...(laws.slice(0, index).some(({ value }) => value.id === law.value.id)
      ? [problemAt(law.source, ['id'], 'doubleName', { params: { name: law.value.id } })]
      : []),
  ])
