import type { Check } from '../bundle.ts'
import { problemAt } from '../problem.ts'

/** A document asked of holders alone is asked by a question, and only the Standard knows its words. */
export const holdersNamed: Check = ({ standard }) =>
  standard === undefined || standard.value.holdersAre !== undefined
    ? []
    : standard.value.editions.flatMap(({ documents }, edition) =>
        documents.flatMap(({ requirement }, index) =>
          requirement === 'forHolders'
            ? [problemAt(standard.source, ['editions', edition, 'documents', index, 'requirement'], 'holdersUnnamed')]
            : [],
        ),
      )
