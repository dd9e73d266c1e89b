import { z } from 'zod'
import { no } from '../problem.ts'
import { verdictOf } from '../render/verdict.ts'
import { route } from '../route.ts'
import { fileVerdict } from '../schemas/verify.ts'

export const verifyRoutes = [
  route({
    method: 'post',
    path: '/v1/verify',
    id: 'verifyFile',
    summary:
      'Whether a signed file is true, as /verify says it: a CMS, a signed XML, a container (ASiC-E), a paper, a kept signature. A signature apart from its document: a form of two files, `file` and `signed`. Nothing is kept',
    access: 'public',
    query: z.strictObject({
      at: z.iso.datetime({ offset: true }).optional().describe('the moment to judge at, where there is no time-stamp; default: now'),
    }),
    takes: ['application/octet-stream', 'multipart/form-data'],
    answer: { status: 200, schema: fileVerdict },
    problems: ['tooLarge', 'badFile', 'busy'],
    handle: async ({ house, query, bytes, header, t }) => {
      const type = header('content-type') ?? ''
      const given = /^multipart\/form-data\b/i.test(type) ? await filesIn(bytes, type) : { file: bytes, signed: null }
      if (given === null) return no('badFile', { more: t('verify.wrong.noFile') })
      const verdict = await house.files.judge({ ...given, at: query.at ?? null })
      return verdict === 'busy' ? no('busy', { headers: { 'retry-after': '5' } }) : { body: verdictOf(verdict, t) }
    },
  }),
]

/** null: no form, or none with a file. All of it together is no longer than one upload may be. */
async function filesIn(bytes: Uint8Array, type: string) {
  const form = await new Response(Uint8Array.from(bytes), { headers: { 'content-type': type } }).formData().catch(() => null)
  const named = async (name: string) => {
    const one = form?.get(name) ?? null
    return one === null || typeof one === 'string' ? null : new Uint8Array(await one.arrayBuffer())
  }
  const file = await named('file')
  return file === null ? null : { file, signed: await named('signed') }
}
