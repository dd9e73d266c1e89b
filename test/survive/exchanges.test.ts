import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseIin } from '../../src/law/identifiers.ts'
import type { Driven } from '../../survive/exchanges/drive.ts'
import { caseProblems, type Event, type Row, type Told } from '../../survive/exchanges/judge.ts'
import { personOf } from '../../survive/exchanges/people.ts'
import { runExchanges } from '../../survive/exchanges/run.ts'

const number = '015-191014-50001-0'
const one: Driven = { name: 'test', number, iin: '840404499918', absent: false, expected: 'served' }

const event = (seq: number, type: string, data: Record<string, unknown> = {}): Event => ({ seq, type, data, hash: `${seq}`.repeat(4) })
const row = (key: string, more: Partial<Row>): Row => ({
  ...{ key, attempt: 1, service: 'S', direction: 'out', messageId: null, outcome: 'delivered', case: number, sent: 1_000, answered: 1_000 },
  ...more,
})

/** A case as two ledgers and their journals hold it when all is well. */
function sound() {
  const request = `${number}/send/2`
  const corporation: Event[] = [
    event(1, 'RegisterAnswered', { found: true, exchange: 'm-1' }),
    event(2, 'RequestSent', { message: request }),
    event(3, 'RequestDelivered'),
    event(4, 'MessageTaken', { message: `${number}/note/2`, event: { seq: 2, hash: '2222' } }),
    event(5, 'MessageTaken', { message: `${number}/response/4`, event: { seq: 4, hash: '4444' } }),
    event(6, 'CaseEnded', { kind: 'served' }),
  ]
  const region: Event[] = [
    event(1, 'MessageTaken', { message: request, event: { seq: 2, hash: '2222' } }),
    event(2, 'MessageSent', { message: 'note/2' }),
    event(3, 'MessageDelivered', { message: 'note/2' }),
    event(4, 'MessageSent', { message: 'response/4' }),
    event(5, 'MessageDelivered', { message: 'response/4' }),
    event(6, 'CaseEnded', { kind: 'served' }),
  ]
  const rows = [row(`${number}/note/2`, { sent: 5_000, answered: 9_000 }), row(`${number}/response/4`, { sent: 9_000, answered: 12_000 })]
  return { corporation, region, asked: [row('q', { messageId: 'm-1', outcome: 'found' })], rows, answered: new Set(['m-1']), driven: one }
}

const judged = ({ corporation, region, asked, rows, answered, driven }: ReturnType<typeof sound>): string[] => {
  const told = (events: readonly Event[], its: readonly Row[]): Told => ({
    events: new Map([[number, events]]),
    rows: new Map([[number, its]]),
    messageIds: new Set(),
  })
  return caseProblems(driven, told(corporation, asked), told(region, rows), answered).map(({ text }) => text)
}

describe('who judges a run of exchanges', () => {
  it('finds nothing where nothing is wrong', () => expect(judged(sound())).toEqual([]))

  it.each<[string, (scene: ReturnType<typeof sound>) => void, RegExp]>([
    [
      'an outage taken for "no data"',
      (s) => (s.corporation[0] = event(1, 'RegisterAnswered', { found: false, exchange: 'm-1' })),
      /found=false/,
    ],
    [
      'an answer that took hold twice',
      (s) => s.corporation.push(event(7, 'RegisterAnswered', { found: true, exchange: 'm-2' })),
      /took hold 2 times/,
    ],
    ['an answer that nobody gave', (s) => s.answered.clear(), /never answered m-1/],
    ['an answer that is in no journal', (s) => s.asked.pop(), /the journal has undefined/],
    ['another ending than was worked towards', (s) => (s.driven = { ...one, expected: 'refused' }), /ended as served/],
    ['a message that was lost', (s) => s.region.shift(), /took hold 0 times/],
    [
      'a message that was taken twice',
      (s) => s.region.push(event(7, 'MessageTaken', { message: `${number}/send/2` })),
      /took hold 2 times/,
    ],
    ['a message that nobody was told of as delivered', (s) => s.region.splice(4, 1), /delivered 0 times/],
    [
      'a hash that the other side has not',
      (s) => (s.region[1] = { ...event(2, 'MessageSent', { message: 'note/2' }), hash: '9999' }),
      /another hash/,
    ],
    [
      'an order that was not kept',
      (s) => (s.rows[1] = row(`${number}/response/4`, { sent: 6_000, answered: 12_000 })),
      /left 3000 ms before/,
    ],
  ])('finds %s', (_, spoil, found) => {
    const scene = sound()
    spoil(scene)
    expect(judged(scene).join('\n')).toMatch(found)
  })
})

it('whom the cases are about is invented, the same for the same seed, and now and then nobody', () => {
  const all = Array.from({ length: 300 }, (_, index) => personOf(`seed/${index}`))
  expect(all.every(({ iin }) => parseIin(iin).ok)).toBe(true)
  expect(all.filter(({ absent }) => absent).length).toBeGreaterThan(8)
  expect(personOf('seed/7')).toEqual(personOf('seed/7'))
})

// The rest is `npm run exchanges`.
describe('two nodes with the contour between them', () => {
  it('bring each case to the same end, each question and message to one effect, while messages are lost, doubled and forged', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'qyzmet-exchanges-test-'))
    try {
      const { wrong, counts } = await runExchanges({ folder, exchanges: 16, callers: 2, seed: 'gate', told: () => {} })
      expect(wrong).toEqual([])
      expect(counts.cases).toBe(2)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
