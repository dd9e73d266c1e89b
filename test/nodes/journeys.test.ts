import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { done, openPair, type Pair } from './pair.ts'

describe('two nodes', () => {
  let pair: Pair
  beforeAll(async () => {
    pair = await openPair()
    await pair.at('2019-10-14T10:00:00+05:00')
  })
  afterAll(() => pair?.close())

  it('bring an application to its result: each does its own part and holds the hash of what the other said', async () => {
    const { corporation, region } = pair
    const number = await pair.sent()
    await pair.until(region, number, (state) => state.step?.id === 'registerRequest')
    const waiting = await pair.until(corporation, number, (state) => state.step?.id === 'registerRequest')
    expect(waiting.talk?.correlation).toBeTruthy()
    done(await region.go(number))
    await pair.until(corporation, number, (state) => state.step?.id === 'checkConformity')
    done(await region.go(number))
    await pair.until(corporation, number, (state) => state.step?.id === 'deliverResult')
    done(await corporation.go(number))
    const [there, here] = [await pair.until(region, number, (state) => state.ended !== null), await corporation.state(number)]
    expect(here.ended?.kind).toBe('served')
    expect(there.ended).toEqual(here.ended)
    expect(there.dues.map(({ proof }) => proof)).toEqual(here.dues.map(({ proof }) => proof))
  })
})
