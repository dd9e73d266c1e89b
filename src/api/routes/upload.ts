import { z } from 'zod'
import { longestScan, scanTypes } from '../../desk/scans/verdict.ts'
import { flawWords } from '../../language/flaw.ts'
import { no } from '../problem.ts'
import { staffRoute } from '../route.ts'
import { file } from '../schemas/others.ts'

export const uploadRoutes = [
  staffRoute({
    method: 'post',
    path: '/v1/files',
    id: 'uploadScan',
    summary: 'Lay a scan into an open case before a step names it; the same bytes twice are one file',
    query: z.strictObject({ case: z.string().describe('number of the case under whose key the scan is kept') }),
    takes: scanTypes,
    answer: { status: 201, schema: file },
    problems: ['notFound', 'alreadyEnded', 'badFile', 'tooLarge'],
    handle: async ({ house, who, query, bytes, t }) => {
      const attached = await house.scans.attach(query.case, who, bytes)
      switch (attached.kind) {
        case 'kept':
          return { body: attached.scan }
        case 'flawed':
          return attached.flaw.code === 'tooLarge'
            ? no('tooLarge', { params: { longest: longestScan } })
            : no('badFile', { more: flawWords(t, attached.flaw), extra: { flaw: attached.flaw.code } })
        case 'ended':
          return no('alreadyEnded', { clause: attached.clause })
        case 'notFound':
          return no('notFound')
      }
    },
  }),
]
