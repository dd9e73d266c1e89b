import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Carrier } from './carrier.ts'

type Fault = (() => Promise<void>) | { readonly skipped: string }

/** A carrier with its addresses, and how it is brought into the situations of the contract. What cannot be made is left out, with the reason. */
export interface CarrierUnderTest {
  readonly carrier: Carrier
  readonly address: string
  /** An address that the carrier knows to be nobody's. */
  readonly nobody: string | { readonly skipped: string }
  readonly outage: { begin(): Promise<void>; end(): Promise<void> } | { readonly skipped: string }
  /** From now on replies are lost after the notice was taken; `mended` ends it. */
  readonly lostReply: { begin(): Promise<void>; end(): Promise<void> } | { readonly skipped: string }
  readonly undelivered: Fault
  /** The next notices arrive late; `pass` lets that time go by. */
  readonly late: { begin(): Promise<void>; pass(): Promise<void> } | { readonly skipped: string }
  /** How many times the person behind `address` was given the notice of this name. */
  arrivals(id: string): Promise<number>
  stop(): Promise<void>
}

/** What every carrier of notices keeps to. */
export function carrierContract(name: string, start: () => Promise<CarrierUnderTest>): void {
  describe(`carrier: ${name}`, () => {
    let subject: CarrierUnderTest
    beforeEach(async () => {
      subject = await start()
    })
    afterEach(async () => subject.stop())
    const notice = (id = 'case/1/ready/sms', to = subject.address) => ({
      id,
      to,
      subject: 'Жауап',
      body: 'Жауап дайын, келіңіз. Ответ готов.',
    })

    it('takes a notice, brings it and says so', async () => {
      expect(await subject.carrier.send(notice())).toEqual({ kind: 'accepted' })
      expect(await subject.carrier.delivery(notice().id)).toEqual({ kind: 'delivered' })
      expect(await subject.arrivals(notice().id)).toBe(1)
    })

    it('brings once what is sent twice under one name', async () => {
      await subject.carrier.send(notice())
      expect(await subject.carrier.send(notice())).toEqual({ kind: 'accepted' })
      expect(await subject.arrivals(notice().id)).toBe(1)
    })

    it('brings once what was sent again because the reply was lost', async ({ skip }) => {
      const { lostReply } = subject
      if ('skipped' in lostReply) return skip(lostReply.skipped)
      await lostReply.begin()
      expect((await subject.carrier.send(notice())).kind).toBe('outage')
      await lostReply.end()
      expect(await subject.carrier.send(notice())).toEqual({ kind: 'accepted' })
      expect(await subject.arrivals(notice().id)).toBe(1)
    })

    it('says of an outage that nothing is known, throws nothing, and works after it', async ({ skip }) => {
      const { outage } = subject
      if ('skipped' in outage) return skip(outage.skipped)
      await outage.begin()
      expect((await subject.carrier.send(notice())).kind).toBe('outage')
      expect((await subject.carrier.delivery(notice().id)).kind).toBe('outage')
      await outage.end()
      expect(await subject.carrier.send(notice())).toEqual({ kind: 'accepted' })
    })

    it('refuses for good an address that is nobody’s', async ({ skip }) => {
      const { nobody } = subject
      if (typeof nobody === 'object') return skip(nobody.skipped)
      expect(await subject.carrier.send(notice('a', nobody))).toEqual({ kind: 'refused', code: 'noSuchAddress' })
      expect(await subject.carrier.delivery('a')).toEqual({ kind: 'unknown' })
    })

    it('says what it could not bring', async ({ skip }) => {
      if (typeof subject.undelivered === 'object') return skip(subject.undelivered.skipped)
      await subject.undelivered()
      expect(await subject.carrier.send(notice())).toEqual({ kind: 'accepted' })
      expect((await subject.carrier.delivery(notice().id)).kind).toBe('undelivered')
      expect(await subject.arrivals(notice().id)).toBe(0)
    })

    it('tells what is on its way from what has come', async ({ skip }) => {
      const { late } = subject
      if ('skipped' in late) return skip(late.skipped)
      await late.begin()
      await subject.carrier.send(notice())
      expect(await subject.carrier.delivery(notice().id)).toEqual({ kind: 'onWay' })
      await late.pass()
      expect(await subject.carrier.delivery(notice().id)).toEqual({ kind: 'delivered' })
    })

    it('knows nothing of a notice that it never had', async () => {
      expect(await subject.carrier.delivery('nothing')).toEqual({ kind: 'unknown' })
    })

    it('ends at once when the caller gives up, as an outage', async () => {
      expect((await subject.carrier.send(notice(), { signal: AbortSignal.abort() })).kind).toBe('outage')
    })
  })
}
