import { no } from '../problem.ts'
import { papersOf } from '../render/case.ts'
import { staffRoute } from '../route.ts'
import { papers } from '../schemas/case.ts'

export const paperRoutes = [
  staffRoute({
    method: 'get',
    path: '/v1/cases/{number}/papers',
    id: 'listPapers',
    summary: 'Papers issued in the case',
    answer: { status: 200, schema: papers },
    problems: ['notFound'],
    handle: async ({ house, who, params }) => {
      const found = await house.reading.case(params.number ?? '', who, 'case')
      if (found === null) return no('notFound')
      return { body: { number: found.file.number, papers: papersOf(house, found.file) } }
    },
  }),
  staffRoute({
    method: 'get',
    path: '/v1/cases/{number}/papers/{id}',
    id: 'printPaper',
    summary: 'A paper as PDF/A-3a; the same paper always has the same bytes, and ETag is their SHA-256',
    answer: { status: 200, type: 'application/pdf' },
    problems: ['notFound', 'recordsDestroyed'],
    handle: async ({ house, who, params }) => {
      const found = await house.reading.case(params.number ?? '', who, 'paper')
      const destroyed = found?.file.state.destroyed
      if (destroyed) return no('recordsDestroyed', { params: { ...destroyed.order } })
      const printed = found === null ? null : await house.papers.print(found, params.id ?? '')
      if (printed === null) return no('notFound')
      const { pdf, sha256, fileName } = printed
      return { bytes: pdf, headers: { etag: `"${sha256}"`, 'content-disposition': `inline; filename="${fileName}"` } }
    },
  }),
]
