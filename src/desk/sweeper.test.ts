import { expect, it } from 'vitest'
import type { Ledger } from '../ledger/ledger.ts'
import type { Desk } from './desk.ts'
import { startSweeper } from './sweeper.ts'

it('one case that cannot be marked keeps no other from being marked, and is told of', async () => {
  const rows = Array.from({ length: 1200 }, (_, i) => ({ case: `case-${i}`, key: 'norm' }))
  const ledger = {
    withAdvisoryLock: async (_name: string, work: () => Promise<unknown>) => ({ ran: true, value: await work() }),
    due: {
      until: async (_at: string, limit: number, after?: { case: string }) => {
        const from = after === undefined ? 0 : rows.findIndex((row) => row.case === after.case) + 1
        return rows.slice(from, from + limit)
      },
    },
  } as unknown as Ledger // the two things that a sweep asks of it
  const marked: string[] = []
  const mark = async (number: string) => {
    if (number === 'case-3') throw new Error('the key of this case is not there')
    marked.push(number)
  }
  const sweeper = startSweeper({ ledger, desk: { mark } as unknown as Desk, clock: { now: () => 0 }, everyMs: 1e6, onFailure: () => {} })
  await expect(sweeper.once()).rejects.toThrow('the key of this case')
  expect(marked).toHaveLength(1199)
  await sweeper.stop()
})
