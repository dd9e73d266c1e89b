import { type Check, inRegulation } from '../bundle.ts'

/** Where one clause is followed against another, both are named: a lawyer must see what was passed over. */
export const readingContradicts: Check = (bundle) =>
  Object.entries(bundle.regulation.value.readings).flatMap(([name, { follows, passesOver, clauses }]) => {
    if (follows.length > 0 === passesOver.length > 0) return []
    const code = follows.length > 0 ? 'followsOverNothing' : 'passesOverForNothing'
    return [inRegulation(bundle, ['readings', name], code, { params: { name }, clause: clauses[0] })]
  })
