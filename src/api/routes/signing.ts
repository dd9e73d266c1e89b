import type { z } from 'zod'
import type { GivenSignature } from '../../desk/signing.ts'
import { refusalCodes } from '../../engine/case/refusal.ts'
import { cmsFromText } from '../../seal/ncalayer/cms.ts'
import { replyOf } from '../outcome.ts'
import { no } from '../problem.ts'
import { staffRoute } from '../route.ts'
import { stepBody } from '../schemas/case.ts'
import { type signedStepBody, toBeSigned } from '../schemas/signing.ts'

/** First of the two phases: the key is in the hands of whoever signs. The second is the step itself, with `signature`. */
export const prepareRoute = staffRoute({
  method: 'post',
  path: '/v1/cases/{number}/steps/{step}/prepare',
  id: 'prepareStep',
  summary: 'What the signature under the step has to be put to; nothing is written, and the same is made again when the step comes',
  body: stepBody,
  conditional: true,
  answer: { status: 200, schema: toBeSigned },
  problems: ['notFound', 'changed', 'keyReused', 'termUnknown', 'unsigned', ...refusalCodes],
  handle: async (call) => {
    const { number = '', step = '' } = call.params
    // What is to be signed holds the applicant's data: whoever may not read the case finds none, and who may leaves a row in the journal.
    if ((await call.house.reading.case(number, call.who, 'api')) === null) return no('notFound')
    const prepared = await call.house.desk.prepare(number, step, call.body, call.who, call.seen)
    if (prepared.kind === 'notAsked') return { body: { asked: false, version: null, bytes: null, digest: null, signer: null } }
    if (prepared.kind !== 'prepared') {
      const reply = await replyOf(call, prepared, number)
      if ('no' in reply) return reply
      throw new Error('a preparation that does nothing was answered as done')
    }
    const { version, toBeSigned: it } = prepared
    const { iin, name, organisationBin, role } = it.signer
    const bytes = Buffer.from(it.bytes).toString('base64')
    return { body: { asked: true, version, bytes, digest: it.digest, signer: { iin, name, organisationBin, role } } }
  },
})

type Given = NonNullable<z.infer<typeof signedStepBody>['signature']>

/** null: the value is neither base64 nor PEM. */
export function givenOf({ value, algorithm, certificate, signedAt }: Given): GivenSignature | null {
  const bytes = cmsFromText(value)
  if (bytes === null) return null
  return { algorithm, value: bytes, ...(certificate === undefined ? {} : { certificate }), ...(signedAt === undefined ? {} : { signedAt }) }
}
