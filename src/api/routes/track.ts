import { momentIn } from '../../desk/clock.ts'
import { no } from '../problem.ts'
import { trackOf } from '../render/track.ts'
import { route } from '../route.ts'
import { track } from '../schemas/case.ts'
import { nowOf } from './case.ts'

export const trackRoutes = [
  route({
    method: 'get',
    path: '/v1/track/{number}',
    id: 'trackCase',
    summary: 'Where a case stands, by what its receipt says: the same "no" for an unknown number and a wrong secret',
    access: 'public',
    headers: [
      { name: 'Receipt-Secret', required: true, description: 'the secret printed on the receipt; never in the address, so never in a log' },
    ],
    answer: { status: 200, schema: track },
    problems: ['notFound'],
    handle: async ({ house, params, header }) => {
      const found = await house.reading.track(params.number ?? '', header('receipt-secret') ?? '')
      if (found === null) return no('notFound')
      const { file } = found
      const zone = house.statutes.zoneOf(file.bound.law.regulation.region)
      const readers = await house.reading.readers(file.number)
      return { body: trackOf(house, file, readers, nowOf(house, file), (at) => momentIn(zone, Date.parse(at))) }
    },
  }),
]
