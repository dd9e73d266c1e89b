import { type Check, inRegulation } from '../bundle.ts'

/** A clause that is not executed says why; otherwise leaving one out would cost a word. */
export const statusReason: Check = (bundle) =>
  bundle.regulation.value.clauses.flatMap(({ clause, status, reason }, index) =>
    status === 'executable' || reason
      ? []
      : [inRegulation(bundle, ['clauses', index, 'status'], 'statusWithoutReason', { clause, params: { status } })],
  )
