import type { Check } from '../bundle.ts'
import { nearest } from '../near.ts'
import { type Path, problemAt } from '../problem.ts'

/** A typical fact is of documents and gives a ground that the same edition of the Standard has. */
export const typicalFacts: Check = ({ standard }) =>
  (standard?.value.editions ?? []).flatMap(({ documents, grounds, typicalFacts: typical }, edition) =>
    (typical?.facts ?? []).flatMap((fact, index) => {
      const path: Path = ['editions', edition, 'typicalFacts', 'facts', index]
      const unknown = (code: 'unknownDocument' | 'unknownGround', name: string, given: readonly { id: string }[], at: Path) => {
        const names = given.map(({ id }) => id)
        if (names.includes(name) || standard === undefined) return []
        return [problemAt(standard.source, at, code, { params: { name, near: nearest(name, names) ?? names.join(', ') } })]
      }
      return [
        ...unknown('unknownGround', fact.ground, grounds, [...path, 'ground']),
        ...(fact.documents ?? []).flatMap((name, each) => unknown('unknownDocument', name, documents, [...path, 'documents', each])),
      ]
    }),
  )
