import { expect, it } from 'vitest'
import { withHouse } from '../house.ts'
import { done, nodeOf, request, until } from './pair.ts'

it('one node alone sends itself the same messages, and notes the digest of each', async () => {
  await withHouse(async (house) => {
    const alone = nodeOf(house, 'alone')
    const number = await request(alone)
    for (const step of ['registerRequest', 'checkConformity', 'deliverResult']) {
      await until(alone, number, (state) => state.step?.id === step)
      done(await alone.go(number))
    }
    const state = await until(
      alone,
      number,
      ({ ended, talk }) => ended !== null && (talk?.sent.every((one) => one.deliveredAt !== null) ?? false),
    )
    expect(state.talk?.sent.map(({ kind }) => kind)).toEqual(['NOTIFICATION', 'RESPONSE', 'UPDATE'])
    const events = await alone.events(number)
    const digests = events.filter(({ type }) => type === 'RequestDelivered' || type === 'MessageDelivered').map(({ data }) => data.digest)
    expect(new Set(digests).size).toBe(4)
    expect(events.filter(({ type }) => type === 'MessageTaken')).toEqual([])
  })
})
