import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { type FailureCode, failureCode, type TechnicalFailure } from './failure.ts'

const texts = z
  .record(failureCode, z.strictObject({ kk: z.string(), ru: z.string() }))
  .parse(parse(readFileSync(new URL('./failures.yaml', import.meta.url), 'utf8')))

/** Only a lost connection and a system that broke down can mend themselves; a refused message needs a person. */
const retryable: Readonly<Record<FailureCode, boolean>> = {
  'kdp-token-not-found': false,
  'kdp-declined': false,
  // The person may answer at any moment: asked again, the service tells of the same question.
  'kdp-waiting': true,
  'kdp-expired': false,
  'remote-service-error': true,
  'shep-error': false,
  'shep-unknown-error': true,
  'govtech-transport-error': true,
  'law-differs': false,
  'terms-differ': false,
  'node-refused': false,
  'unknown-error': true,
}

export function technicalFailure(code: FailureCode, mayRetry: boolean = retryable[code]): TechnicalFailure {
  return { kind: 'technicalFailure', code, text: texts[code], retryable: mayRetry }
}
