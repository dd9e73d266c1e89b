import { type Check, inRegulation } from '../bundle.ts'
import { citationsOf } from './citations.ts'

/** An executable clause on which nothing rests would be executed by nobody. */
export const clausesCited: Check = (bundle) => {
  const regulation = bundle.regulation.value
  const cited = new Set(citationsOf(regulation).flatMap(({ clause, executes }) => (executes ? [clause] : [])))
  return regulation.clauses.flatMap(({ clause, status }, index) =>
    status !== 'executable' || cited.has(clause)
      ? []
      : [inRegulation(bundle, ['clauses', index, 'clause'], 'clauseNeverCited', { clause })],
  )
}
