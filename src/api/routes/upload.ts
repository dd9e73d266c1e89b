import { z } from 'zod'
import { scanTypeOf, scanTypes } from '../files.ts'
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
    handle: async ({ house, who, query, bytes }) => {
      const found = await house.reading.case(query.case, who, 'step')
      if (found === null) return no('notFound')
      const { home, number, state } = found.file
      if (state.ended !== null) return no('alreadyEnded', { clause: state.ended.clause })
      const type = scanTypeOf(bytes)
      if (type === undefined) return no('badFile')
      const sha256 = await house.ledger.files.put(home, number, bytes)
      return { body: { sha256, size: bytes.length, type } }
    },
  }),
]
