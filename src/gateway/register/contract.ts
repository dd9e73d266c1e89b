import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { person } from './person.ts'
import { ConsentMissing, type PersonRegister, type RegisterQuestion } from './register.ts'

/** How an implementation is brought into the situations of the contract. One that it cannot be brought into is left out, with the reason. */
export interface RegisterUnderTest {
  readonly register: PersonRegister
  /** Numbers behind which the register has somebody, nobody, and somebody whose answer takes over half a second. */
  readonly iins: { readonly found: string; readonly absent: string; readonly slow: string | { readonly skipped: string } }
  /** Cuts the connection and restores it. */
  readonly outage: { begin(): Promise<void>; end(): Promise<void> } | { readonly skipped: string }
  /** Makes every answer that of another question. */
  readonly confuse: (() => Promise<void>) | { readonly skipped: string }
  stop(): Promise<void>
}

const question = (iin: string, queryId = 'AKT-0001/query/3'): RegisterQuestion => ({
  iin,
  caseNumber: 'AKT-0001',
  queryId,
  consent: { at: '2019-10-14T10:00:00+05:00', form: 'written' },
  purpose: 'attestation',
})

/** What every register of individuals keeps to. */
export function registerContract(name: string, start: () => Promise<RegisterUnderTest>): void {
  describe(`register of individuals: ${name}`, () => {
    let subject: RegisterUnderTest
    beforeEach(async () => {
      subject = await start()
    })
    afterEach(async () => subject.stop())

    it('gives a person of the register in the shape of the register', async () => {
      const answer = await subject.register.ask(question(subject.iins.found))
      if (answer.kind !== 'found') throw new Error(`answered ${answer.kind}`)
      expect(person.parse(answer.person)).toEqual(answer.person)
      expect(answer.person.iin).toBe(subject.iins.found)
      expect(answer.exchange.answerId).toBeTruthy()
      expect(answer.exchange.answeredAt).not.toBeNull()
    })

    it('says that there is nobody in the words of the register, in both languages', async () => {
      const answer = await subject.register.ask(question(subject.iins.absent))
      if (answer.kind !== 'notFound') throw new Error(`answered ${answer.kind}`)
      expect(answer.code).not.toBe('')
      expect(answer.text.kk).not.toBe('')
      expect(answer.text.ru).not.toBe('')
    })

    it('names each exchange anew, also when the same query is asked again', async () => {
      const [first, second] = [
        await subject.register.ask(question(subject.iins.found)),
        await subject.register.ask(question(subject.iins.found)),
      ]
      expect(first.exchange.id).not.toBe(second.exchange.id)
    })

    it('asks nothing without consent', async () => {
      const { consent: _, ...rest } = question(subject.iins.found)
      const unlawful = rest as RegisterQuestion // what only a fault elsewhere could produce: the type forbids it
      await expect(subject.register.ask(unlawful)).rejects.toBeInstanceOf(ConsentMissing)
    })

    it('takes no outage for "nobody", and answers again when it is over', async ({ skip }) => {
      const { outage } = subject
      if ('skipped' in outage) return skip(outage.skipped)
      await outage.begin()
      for (const iin of [subject.iins.found, subject.iins.absent]) {
        const answer = await subject.register.ask(question(iin))
        if (answer.kind !== 'technicalFailure') throw new Error(`answered ${answer.kind}`)
        expect(answer).toMatchObject({ retryable: true, exchange: { answerId: null } })
        expect(answer.text.kk).not.toBe(answer.text.ru)
      }
      await outage.end()
      expect((await subject.register.ask(question(subject.iins.found))).kind).toBe('found')
    })

    it('takes no answer to another question for an answer', async ({ skip }) => {
      if (typeof subject.confuse === 'object') return skip(subject.confuse.skipped)
      await subject.confuse()
      for (const iin of [subject.iins.found, subject.iins.absent]) {
        expect(await subject.register.ask(question(iin))).toMatchObject({ kind: 'technicalFailure', code: 'remote-service-error' })
      }
    })

    it('ends at once when the caller gives up, as a failure', async ({ skip }) => {
      const { slow } = subject.iins
      if (typeof slow === 'object') return skip(slow.skipped)
      const before = performance.now()
      const answer = await subject.register.ask(question(slow), { signal: AbortSignal.timeout(30) })
      expect(answer).toMatchObject({ kind: 'technicalFailure', code: 'govtech-transport-error' })
      expect(performance.now() - before).toBeLessThan(400)
    })
  })
}
