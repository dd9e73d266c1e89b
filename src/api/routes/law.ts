import { z } from 'zod'
import { momentIn } from '../../desk/clock.ts'
import { isInForce, type Law } from '../../law/model.ts'
import type { House } from '../../web/house.ts'
import { notInForce } from '../outcome.ts'
import { type No, no } from '../problem.ts'
import { type Reply, route } from '../route.ts'
import { organisations, regulations, regulationView } from '../schemas/others.ts'

/** The law is public, and the same for everybody until a file changes. */
const published = 'public, no-cache'

const regulationQuery = z.strictObject({
  on: z.iso.date().optional().describe('the edition in force on this day; absent: today by the clock of the law'),
  edition: z.iso.date().optional().describe('this edition, whether or not it is in force'),
})

export const lawRoutes = [
  route({
    method: 'get',
    path: '/v1/regulations',
    id: 'listRegulations',
    summary: 'Every edition of every regulation',
    access: 'public',
    answer: { status: 200, schema: regulations },
    problems: [],
    handle: async ({ house }) => ({
      body: { regulations: house.statutes.library.regulations.map(lineOf) },
      headers: { 'cache-control': published },
    }),
  }),
  route({
    method: 'get',
    path: '/v1/regulations/{id}',
    id: 'getRegulation',
    summary: 'One edition: steps with clause and norm, papers, documents, grounds, the act',
    access: 'public',
    query: regulationQuery,
    answer: { status: 200, schema: regulationView },
    problems: ['notFound', 'actNotInForce'],
    handle: async ({ house, t, params, query, header }) => {
      const known = house.statutes.library.find(params.id ?? '', query.edition)
      if (known === undefined) return no('notFound')
      if (query.edition !== undefined) return view(known, header('if-none-match'))
      const { service, region } = known.regulation
      const law = house.statutes.library.inForce(service, region, query.on ?? today(house, region))
      return isInForce(law) ? view(law, header('if-none-match')) : notInForce(t, law)
    },
  }),
  route({
    method: 'get',
    path: '/v1/organisations',
    id: 'listOrganisations',
    summary: 'Providers and branches of the State Corporation',
    access: 'public',
    query: z.strictObject({ region: z.string().optional(), kind: z.string().optional() }),
    answer: { status: 200, schema: organisations },
    problems: [],
    handle: async ({ house, query }) => {
      const all = house.people.organisations()
      const wanted = all.filter((o) => (query.region ?? o.region) === o.region && (query.kind ?? o.kind) === o.kind)
      const body = {
        organisations: wanted.map(({ id, kind, at, region, name, address, phone, kato }) => ({
          id,
          kind,
          at,
          region,
          name,
          address,
          phone,
          kato,
        })),
      }
      return { body, headers: { 'cache-control': published } }
    },
  }),
]

const today = (house: House, region: string) => momentIn(house.statutes.zoneOf(region), house.clock.now()).slice(0, 10)

function lineOf({ regulation }: Law): z.infer<typeof regulations>['regulations'][number] {
  const { id, service, region, edition, title, act, invented } = regulation
  return {
    id,
    service,
    region,
    edition,
    title,
    inForce: { from: act.inForce.from.date, until: act.inForce.until?.date ?? null },
    repealed: act.repealed !== undefined,
    invented: invented !== undefined,
    href: `/api/v1/regulations/${id}?edition=${edition}`,
  }
}

/** The tag covers everything that the answer is made of. */
function view(law: Law, known: string | undefined): Reply<z.infer<typeof regulationView>> | No {
  const { format: _, ...regulation } = law.regulation
  const etag = `"${law.sha256.regulation.slice(0, 20)}${law.sha256.standard.slice(0, 20)}"`
  const headers = { etag, 'cache-control': published }
  if (known === etag) return { status: 304, headers }
  return {
    body: {
      ...regulation,
      sha256: { ...law.sha256 },
      documents: { asks: law.standard.asks, holdersAre: law.standard.holdersAre ?? null, edition: law.edition },
    },
    headers,
  }
}
