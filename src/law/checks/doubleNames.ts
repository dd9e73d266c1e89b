import type { Check } from '../bundle.ts'
import { type Path, problemAt } from '../problem.ts'
import type { Source } from '../source.ts'

type Named = readonly { readonly [key: string]: unknown }[]

const doubles = (source: Source, list: Named, path: Path, key = 'id') =>
  list.flatMap((each, index) => {
    const name = String(each[key])
    const first = list.findIndex((other) => other[key] === each[key])
    return first < index ? [problemAt(source, [...path, index, key], 'doubleName', { params: { name } })] : []
  })

/** A name is given once: two steps or two clauses of one name could not be told apart. */
export const doubleNames: Check = ({ regulation, standard, examples }) => {
  const { steps, papers, terms, providers, clauses } = regulation.value
  return [
    ...doubles(regulation.source, steps, ['steps']),
    ...doubles(regulation.source, papers, ['papers']),
    ...doubles(regulation.source, terms, ['terms']),
    ...doubles(regulation.source, providers, ['providers'], 'kind'),
    ...doubles(regulation.source, clauses, ['clauses'], 'clause'),
    ...(examples ? doubles(examples.source, examples.value.examples, ['examples']) : []),
    ...(standard
      ? [
          ...doubles(standard.source, standard.value.editions, ['editions']),
          ...standard.value.editions.flatMap(({ documents, grounds, forms, options, typicalFacts }, index) => [
            ...doubles(standard.source, documents, ['editions', index, 'documents']),
            ...doubles(standard.source, grounds, ['editions', index, 'grounds']),
            ...doubles(standard.source, forms, ['editions', index, 'forms']),
            ...doubles(standard.source, options, ['editions', index, 'options']),
            ...doubles(standard.source, typicalFacts?.facts ?? [], ['editions', index, 'typicalFacts', 'facts']),
          ]),
        ]
      : []),
  ]
}
