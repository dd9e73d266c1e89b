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
  staffRoute({
    method: 'get',
    path: '/v1/cases/{number}/pack',
    id: 'getPack',
    summary: "The inspector's pack: everything of the case in one signed container (ASiC-E); docs/verify checks it without this server",
    answer: { status: 200, type: 'application/vnd.etsi.asic-e+zip' },
    problems: ['notFound'],
    handle: async ({ house, who, params }) => {
      const pack = await house.packs.make([params.number ?? ''], who)
      if (pack === null || pack === 'tooMany') return no('notFound')
      return { bytes: pack.bytes, headers: { 'content-disposition': `attachment; filename="${pack.fileName}"` } }
    },
  }),
  route({
    method: 'get',
    path: '/v1/installation/certificates',
    id: 'getInstallationCertificates',
    summary: 'Certificates under which this installation signs packs, PEM: to be kept apart from any pack',
    access: 'public',
    answer: { status: 200, type: 'application/x-pem-file' },
    problems: [],
    handle: async ({ house }) => ({ bytes: Buffer.from(house.packs.certificates), headers: { 'cache-control': 'no-store' } }),
  }),
]
