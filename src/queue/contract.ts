import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { firstBroken } from './line.ts'
import type { CallAnswer, Queue, Ticket } from './queue.ts'

/** Queues that share one hall, as several servers do; one alone where an implementation cannot be shared. `letters`: `attestation` has `Д`, `housing` `Б`. */
export interface QueuesUnderTest {
  readonly queues: readonly [Queue, ...Queue[]]
  /** Forgets the processes and begins again on what was kept; skipped where nothing is kept. */
  readonly restart: (() => Promise<Queue>) | { readonly skipped: string }
  stop(): Promise<void>
}

const branch = 'aktobe-city'
const day = '2019-10-14'
const at = (time: string): string => `${day}T${time}+05:00`
const taker = { branch, service: 'attestation', language: 'kk' } as const

/** What every queue keeps to. */
export function queueContract(name: string, start: () => Promise<QueuesUnderTest>): void {
  describe(`queue: ${name}`, () => {
    let subject: QueuesUnderTest
    let queue: Queue
    beforeEach(async () => {
      subject = await start()
      queue = subject.queues[0]
    })
    afterEach(async () => subject.stop())

    const take = async (time: string, more: Partial<Parameters<Queue['takeTicket']>[0]> = {}): Promise<Ticket> =>
      got(await queue.takeTicket({ ...taker, at: at(time), ...more }))
    const call = (operator: string, time = '10:30:00', from = queue) => from.callNext({ branch, window: '3', operator, at: at(time) })

    it('numbers tickets by letter, anew each day and in each hall', async () => {
      expect((await take('09:00:00')).number).toBe('Д-001')
      expect((await take('09:01:00')).number).toBe('Д-002')
      expect((await take('09:02:00', { service: 'housing' })).number).toBe('Б-001')
      expect((await take('09:03:00', { branch: 'almaty-1' })).number).toBe('Д-001')
      expect(got(await queue.takeTicket({ ...taker, at: '2019-10-15T09:00:00+05:00' })).number).toBe('Д-001')
    })

    it('takes the day from the local date, not from that of Greenwich', async () => {
      expect(got(await queue.takeTicket({ ...taker, at: '2019-10-14T02:00:00+05:00' })).day).toBe('2019-10-14')
    })

    it('leads a ticket through its life, with the time of each turn', async () => {
      const { id: ticket } = await take('09:00:00')
      const operator = 'aktobe.operator'
      expect(got(await call(operator, '09:10:00'))).toMatchObject({
        id: ticket,
        state: 'called',
        window: '3',
        operator,
        calledAt: at('09:10:00'),
      })
      expect(got(await queue.callAgain({ ticket, operator, at: at('09:10:40') })).calls).toBe(2)
      expect(got(await queue.start({ ticket, operator, at: at('09:11:00') }))).toMatchObject({
        state: 'serving',
        startedAt: at('09:11:00'),
      })
      const done = got(await queue.finish({ ticket, operator, at: at('09:20:00'), case: 'AKT-2019-000001' }))
      expect(done).toMatchObject({ state: 'served', takenAt: at('09:00:00'), endedAt: at('09:20:00'), case: 'AKT-2019-000001' })
      expect(await queue.ticket(ticket)).toEqual(done)
    })

    it('calls by the time of taking, and says when there is nobody', async () => {
      const numbers = [await take('09:00:00'), await take('09:01:00')].map((ticket) => ticket.number)
      expect([got(await call('one')).number, got(await call('two')).number]).toEqual(numbers)
      expect(await call('three')).toEqual({ ok: false, code: 'nobody' })
    })

    it('calls a published priority first and writes the reason down', async () => {
      await take('09:00:00')
      await take('09:01:00')
      const { number } = await take('09:02:00', { priority: 'infant' })
      expect((await queue.waiting(branch, at('09:03:00'))).map((ticket) => ticket.number)).toEqual(['Д-003', 'Д-001', 'Д-002'])
      expect(got(await call('one')).number).toBe(number)
      expect((await queue.log(branch, day)).at(-1)).toMatchObject({ act: 'called', number, details: { priority: 'infant' } })
    })

    it('calls only for the services that a window serves', async () => {
      await take('09:00:00')
      await take('09:01:00', { service: 'housing' })
      const called = await queue.callNext({ branch, window: '1', operator: 'one', at: at('09:05:00'), services: ['housing'] })
      expect(got(called).number).toBe('Б-001')
    })

    it('never gives one ticket to two operators who call at the same time', async () => {
      for (let i = 0; i < 20; i++) await take('09:00:00')
      const calls = Array.from({ length: 25 }, (_, i) => call(`operator ${i}`, '10:00:00', subject.queues[i % subject.queues.length]))
      const answers = await Promise.all(calls)
      const called = answers.filter((answer) => answer.ok).map((answer) => got(answer).number)
      expect(new Set(called).size).toBe(20)
      expect(called).toHaveLength(20)
      expect(answers.filter((answer) => !answer.ok && answer.code === 'nobody')).toHaveLength(5)
    })

    it('never gives one number to two takers', async () => {
      const takings = Array.from({ length: 30 }, (_, i) =>
        subject.queues[i % subject.queues.length]?.takeTicket({ ...taker, at: at('09:00:00') }),
      )
      const numbers = (await Promise.all(takings)).map((answer) => answer && got(answer).number)
      expect(new Set(numbers).size).toBe(30)
    })

    it('says no to what does not fit', async () => {
      const { id: ticket } = await take('09:00:00')
      await take('09:00:10')
      const operator = 'one'
      const time = at('09:30:00')
      expect(await queue.start({ ticket, operator, at: time })).toEqual({ ok: false, code: 'wrongState' })
      got(await call(operator))
      expect(await queue.start({ ticket, operator: 'two', at: time })).toEqual({ ok: false, code: 'otherOperator' })
      expect(await queue.finish({ ticket, operator, at: time })).toEqual({ ok: false, code: 'wrongState' })
      expect(await call(operator)).toEqual({ ok: false, code: 'busy' })
      expect(await queue.noShow({ ticket: `${branch}/${day}/Д-999`, operator, at: time })).toEqual({ ok: false, code: 'unknownTicket' })
      expect(await queue.noShow({ ticket: 'nonsense', operator, at: time })).toEqual({ ok: false, code: 'unknownTicket' })
      expect(got(await queue.noShow({ ticket, operator, at: time }))).toMatchObject({ state: 'noShow', endedAt: time })
      expect(got(await call(operator)).number).toBe('Д-002')
    })

    it('shows the last calls, each to be announced once in its order', async () => {
      await take('09:00:00')
      const second = await take('09:00:10', { language: 'ru' })
      await take('09:00:20')
      got(await call('one', '09:10:00'))
      got(await call('two', '09:10:00'))
      got(await queue.callAgain({ ticket: second.id, operator: 'two', at: at('09:11:00') }))
      const board = await queue.board(branch, at('09:12:00'))
      expect(board.waiting).toBe(1)
      expect(board.calls.map(({ call: place, number, language }) => [place, number, language])).toEqual([
        [3, 'Д-002', 'ru'],
        [2, 'Д-002', 'ru'],
        [1, 'Д-001', 'kk'],
      ])
    })

    it('keeps a log in which a changed line is found', async () => {
      for (const time of ['09:00:00', '09:01:00', '09:02:00']) await take(time)
      got(await call('one'))
      const log = await queue.log(branch, day)
      expect(firstBroken(log)).toBeNull()
      expect(firstBroken(log.map((line) => (line.seq === 2 ? { ...line, at: at('08:00:00') } : line)))).toBe(2)
      expect(firstBroken(log.filter((line) => line.seq !== 3))).toBe(3)
    })

    it('has no number left after 999 of a letter', async () => {
      for (let i = 0; i < 999; i++) await take('09:00:00')
      expect(await queue.takeTicket({ ...taker, at: at('17:00:00') })).toEqual({ ok: false, code: 'full' })
    })

    it('goes on after a restart where it was', async ({ skip }) => {
      if (typeof subject.restart === 'object') return skip(subject.restart.skipped)
      await take('09:00:00')
      await take('09:01:00')
      got(await call('one'))
      const again = await subject.restart()
      expect((await again.waiting(branch, at('10:00:00'))).map((ticket) => ticket.number)).toEqual(['Д-002'])
      expect(got(await again.takeTicket({ ...taker, at: at('10:00:00') })).number).toBe('Д-003')
      expect(firstBroken(await again.log(branch, day))).toBeNull()
    })
  })
}

function got(answer: CallAnswer): Ticket {
  if (!answer.ok) throw new Error(`the queue said ${answer.code}`)
  return answer.ticket
}
