import { no } from '../problem.ts'
import { route, staffRoute } from '../route.ts'
import { caseProof, seal } from '../schemas/seals.ts'

export const sealRoutes = [
  route({
    method: 'get',
    path: '/v1/seals/newest',
    id: 'getNewestSeal',
    summary: 'The newest seal over all cases, for anybody to keep; `qyzmet verify --seal` holds the ledger against it',
    access: 'public',
    answer: { status: 200, schema: seal },
    problems: ['notFound'],
    handle: async ({ house }) => {
      const newest = await house.ledger.seals.newest()
      return newest === null ? no('notFound') : { body: newest, headers: { 'cache-control': 'no-store' } }
    },
  }),
  staffRoute({
    method: 'get',
    path: '/v1/cases/{number}/proof',
    id: 'getProof',
    summary: 'Chain, Merkle path and seals of a case: the scripts of docs/verify check it without this server',
    answer: { status: 200, schema: caseProof },
    problems: ['notFound'],
    handle: async ({ house, who, params }) => {
      const found = await house.reading.case(params.number ?? '', who, 'export')
      const proof = found === null ? null : await house.ledger.seals.proof(found.file.home, found.file.number)
      return proof === null ? no('notFound') : { body: proof }
    },
  }),
]
