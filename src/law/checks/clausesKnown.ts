import { type Check, inRegulation } from '../bundle.ts'
import { actOfClause } from '../elements.ts'
import { nearest } from '../near.ts'
import { citationsOf } from './citations.ts'

/** A clause that is cited stands in the list of the text's clauses; a clause of another act names an act that we have. */
export const clausesKnown: Check = (bundle) => {
  const clauses = bundle.regulation.value.clauses.map(({ clause }) => clause)
  const acts = ['standard', ...bundle.general.map(({ value }) => value.id)]
  return citationsOf(bundle.regulation.value).flatMap(({ clause, path }) => {
    const act = actOfClause(clause)
    if (act === undefined) {
      const params = { near: nearest(clause, clauses) ?? clauses.join(', ') }
      return clauses.includes(clause) ? [] : [inRegulation(bundle, path, 'clauseNotInText', { params, clause })]
    }
    const unknown = bundle.whole && !acts.includes(act)
    return unknown ? [inRegulation(bundle, path, 'unknownAct', { params: { act, known: acts.join(', ') }, clause })] : []
  })
}
