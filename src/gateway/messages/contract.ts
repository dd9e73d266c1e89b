import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { IncomingMessage, MessageChannel, MessageStatus, OutgoingMessage, Receipt, Sent } from './channel.ts'
import { application, progress, refusal } from './payload.testing.ts'
import { type Payload, payloadDigest } from './payload.ts'

type Fault = ((on: boolean) => Promise<void>) | { readonly skipped: string }

/** Two participants who talk through the gateway under test, the region serving `service`. A situation that cannot be made is left out, with the reason. */
export interface ChannelsUnderTest {
  readonly corporation: MessageChannel
  readonly region: MessageChannel
  readonly service: string
  readonly outage: Fault
  readonly duplicate: Fault
  readonly lostReply: Fault
  readonly reorder: Fault
  /** Until nothing is on its way. */
  settled(): Promise<void>
  stop(): Promise<void>
}

const date = '2019-10-14T10:16:00+05:00'
const accepted: Receipt = { kind: 'accepted', at: date }

/** What every pair of message channels keeps to. */
export function messagesContract(name: string, start: () => Promise<ChannelsUnderTest>): void {
  describe(`messages: ${name}`, () => {
    let subject: ChannelsUnderTest
    beforeEach(async () => {
      subject = await start()
    })
    afterEach(async () => subject.stop())

    const request = (payload: Payload = application()): OutgoingMessage => ({
      messageType: 'REQUEST',
      serviceId: subject.service,
      messageDate: date,
      payload,
    })
    const reply = (messageType: 'NOTIFICATION' | 'RESPONSE', correlationId: string, payload: Payload): OutgoingMessage => {
      return { messageType, correlationId, serviceId: subject.service, messageDate: date, payload }
    }
    const listen = (channel: MessageChannel, answer: (message: IncomingMessage) => Receipt | Promise<Receipt> = () => accepted) => {
      const [heard, told]: [IncomingMessage[], MessageStatus[]] = [[], []]
      const stop = channel.listen({
        message: async (message) => {
          heard.push(message)
          return answer(message)
        },
        status: async (status) => {
          told.push(status)
        },
      })
      return { heard, told, stop }
    }
    const statusOf = async (channel: MessageChannel, sent: Sent & { kind: 'accepted' }): Promise<MessageStatus> => {
      const answer = await channel.getMessageStatus(sent.messageId)
      if (answer.kind !== 'status') throw new Error(`asked for its state, the gateway says ${answer.kind}`)
      return answer.status
    }

    it('carries a talk: request, delivery, notification and response under one correlation', async () => {
      const [office, counter] = [listen(subject.region), listen(subject.corporation)]
      const sent = taken(await subject.corporation.sendMessage(request()))
      await subject.settled()
      expect(office.heard).toHaveLength(1)
      expect(office.heard[0]).toMatchObject({ messageType: 'REQUEST', senderId: subject.corporation.senderId, payload: application() })
      expect(office.heard[0]?.digest).toBe(payloadDigest(application()))
      expect(office.heard[0]?.correlationId).toBe(sent.correlationId)
      expect(await statusOf(subject.corporation, sent)).toMatchObject({ state: 'DELIVERED', code: null })
      expect(counter.told).toContainEqual(expect.objectContaining({ messageId: sent.messageId, state: 'DELIVERED' }))
      taken(await subject.region.sendMessage(reply('NOTIFICATION', sent.correlationId, progress())))
      await subject.settled()
      taken(await subject.region.sendMessage(reply('RESPONSE', sent.correlationId, refusal())))
      await subject.settled()
      expect(counter.heard.map((message) => [message.messageType, message.correlationId])).toEqual([
        ['NOTIFICATION', sent.correlationId],
        ['RESPONSE', sent.correlationId],
      ])
    })

    it('brings a duplicate to the listener once', async ({ skip }) => {
      if (typeof subject.duplicate === 'object') return skip(subject.duplicate.skipped)
      const office = listen(subject.region)
      await subject.duplicate(true)
      const sent = taken(await subject.corporation.sendMessage(request()))
      await subject.settled()
      expect(office.heard).toHaveLength(1)
      expect(await statusOf(subject.corporation, sent)).toMatchObject({ state: 'DELIVERED' })
    })

    it('brings a message once that was sent again because the reply was lost', async ({ skip }) => {
      if (typeof subject.lostReply === 'object') return skip(subject.lostReply.skipped)
      const office = listen(subject.region)
      await subject.lostReply(true)
      expect(await subject.corporation.sendMessage(request())).toMatchObject({ kind: 'technicalFailure', retryable: true })
      await subject.lostReply(false)
      const again = taken(await subject.corporation.sendMessage(request()))
      await subject.settled()
      expect(office.heard).toHaveLength(1)
      expect(await statusOf(subject.corporation, again)).toMatchObject({ state: 'DELIVERED' })
    })

    it('says of an outage that nothing was handed over, and works after it', async ({ skip }) => {
      if (typeof subject.outage === 'object') return skip(subject.outage.skipped)
      const office = listen(subject.region)
      await subject.outage(true)
      expect(await subject.corporation.sendMessage(request())).toMatchObject({ kind: 'technicalFailure', retryable: true })
      await subject.outage(false)
      taken(await subject.corporation.sendMessage(request()))
      await subject.settled()
      expect(office.heard).toHaveLength(1)
    })

    it('keeps a message while its receiver is away', async () => {
      const sent = taken(await subject.corporation.sendMessage(request()))
      expect(await statusOf(subject.corporation, sent)).toMatchObject({ state: 'ON_DELIVERY' })
      const office = listen(subject.region)
      await subject.settled()
      expect(office.heard).toHaveLength(1)
    })

    it('comes again when the listener broke down', async () => {
      let times = 0
      const office = listen(subject.region, () => {
        if (++times < 3) throw new Error('the database is away')
        return accepted
      })
      const sent = taken(await subject.corporation.sendMessage(request()))
      await subject.settled()
      expect(office.heard).toHaveLength(3)
      expect(await statusOf(subject.corporation, sent)).toMatchObject({ state: 'DELIVERED' })
    })

    it('ends with the reason when the receiver can never take it', async () => {
      const office = listen(subject.region, () => ({ kind: 'notAccepted', at: date, resend: false, code: 'lawDiffers' }))
      const sent = taken(await subject.corporation.sendMessage(request()))
      await subject.settled()
      expect(office.heard).toHaveLength(1)
      expect(await statusOf(subject.corporation, sent)).toMatchObject({ state: 'NOT_DELIVERED', code: 'lawDiffers' })
    })

    it('refuses for good what it cannot route', async () => {
      const nowhere = { ...request(), serviceId: 'NO_SUCH_SERVICE' }
      expect(await subject.corporation.sendMessage(nowhere)).toMatchObject({ kind: 'technicalFailure', retryable: false })
      const lost = reply('RESPONSE', '00000000-0000-4000-8000-000000000000', refusal())
      expect(await subject.region.sendMessage(lost)).toMatchObject({ kind: 'technicalFailure', retryable: false })
    })

    it('knows no state of a message that it never took, nor of another sender', async () => {
      listen(subject.region)
      const sent = taken(await subject.corporation.sendMessage(request()))
      expect(await subject.corporation.getMessageStatus('00000000-0000-4000-8000-000000000000')).toEqual({ kind: 'unknown' })
      expect(await subject.region.getMessageStatus(sent.messageId)).toEqual({ kind: 'unknown' })
    })

    it('loses nothing when the order is lost', async ({ skip }) => {
      if (typeof subject.reorder === 'object') return skip(subject.reorder.skipped)
      const office = listen(subject.region)
      await subject.reorder(true)
      const names = Array.from({ length: 6 }, (_, i) => `AKT-2019-00000${i}/send/7`)
      for (const message of names) taken(await subject.corporation.sendMessage(request(application(message))))
      await subject.settled()
      const heard = office.heard.map((message) => message.payload.message)
      expect([...heard].sort()).toEqual(names)
      expect(heard).not.toEqual(names)
    })
  })
}

function taken(sent: Sent): Sent & { kind: 'accepted' } {
  if (sent.kind !== 'accepted') throw new Error(`the gateway refused: ${sent.code}`)
  return sent
}
