import { describe, expect, it } from 'vitest'
import { type AppendOutcome, LedgerAway } from '../ledger.ts'
import type { Prepared } from './prepare.ts'
import { appendQueue } from './queue.ts'
import type { Writer } from './writer.ts'

const appended: AppendOutcome = { kind: 'appended', version: 1, result: null }

function prepared(caseNumber: string, idempotencyKey = caseNumber): Prepared {
  const command = {
    home: 1,
    case: caseNumber,
    expectedVersion: 0,
    idempotencyKey,
    requestHash: '',
    events: [],
    result: null,
    views: {},
    effects: [],
  }
  const after = { version: 1, hash: Buffer.alloc(0), key: null, newlyWrapped: null }
  return {
    command,
    version: 1,
    after,
    rows: { commands: [], events: [], personal: [], files: [], chunks: [], effects: [], gone: [], views: {} },
  }
}

/** Notes each batch; answers when told. */
function slowWriter() {
  const batches: string[][] = []
  const pending: (() => void)[] = []
  const writer: Writer = {
    write: (batch) => {
      batches.push(batch.map(({ command }) => command.case))
      return new Promise((resolve) => pending.push(() => resolve(batch.map(() => appended))))
    },
    close: async () => {},
  }
  return { writer, batches, answer: () => pending.shift()?.() }
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 5))

describe('the append queue', () => {
  it('sends together what came in one turn, shared between the writers', async () => {
    const [a, b] = [slowWriter(), slowWriter()]
    const queue = appendQueue([a.writer, b.writer], 1000)
    const all = ['1', '2', '3', '4'].map((number) => queue.submit(prepared(number)))
    await turn()
    expect([...a.batches, ...b.batches].map((batch) => batch.length)).toEqual([2, 2])
    a.answer()
    b.answer()
    expect(await Promise.all(all)).toEqual([appended, appended, appended, appended])
  })

  it('keeps a case, and a key, in one batch in flight', async () => {
    const [a, b] = [slowWriter(), slowWriter()]
    const queue = appendQueue([a.writer, b.writer], 1000)
    const all = [queue.submit(prepared('1', 'x')), queue.submit(prepared('1', 'y')), queue.submit(prepared('2', 'x'))]
    await turn()
    expect([...a.batches, ...b.batches]).toEqual([['1']])
    for (const writer of [a, b]) writer.answer()
    await turn()
    expect([...a.batches, ...b.batches].flat()).toHaveLength(3)
    for (const writer of [a, b, a, b]) writer.answer()
    expect(await Promise.all(all)).toHaveLength(3)
  })

  it('sends again what a lost connection left open, until it is answered', async () => {
    let attempts = 0
    const writer: Writer = {
      write: async (batch) => {
        attempts += 1
        if (attempts < 3) throw new Error('Connection terminated')
        return batch.map(() => appended)
      },
      close: async () => {},
    }
    expect(await appendQueue([writer], 2000).submit(prepared('1'))).toEqual(appended)
    expect(attempts).toBe(3)
  })

  it('answers unknown when the time is over after sending, and notDone before', async () => {
    const { writer } = slowWriter()
    const queue = appendQueue([writer], 30)
    const sent = queue.submit(prepared('1'))
    await turn()
    const unsent = queue.submit(prepared('2'))
    const outcomes = await Promise.allSettled([sent, unsent])
    expect(outcomes.map((one) => one.status === 'rejected' && one.reason instanceof LedgerAway && one.reason.outcome)).toEqual([
      'unknown',
      'notDone',
    ])
  })

  it('gives an error to the command that it concerns', async () => {
    const writer: Writer = {
      write: async (batch) => batch.map((_, index) => (index === 0 ? new Error('bad') : appended)),
      close: async () => {},
    }
    const queue = appendQueue([writer], 1000)
    const [bad, good] = await Promise.allSettled([queue.submit(prepared('1')), queue.submit(prepared('2'))])
    expect([bad?.status, good?.status]).toEqual(['rejected', 'fulfilled'])
  })
})
