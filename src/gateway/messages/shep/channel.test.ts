import { createServer } from 'node:http'
import { describe, expect, it } from 'vitest'
import { signBody } from '../../../seal/xmldsig/sign.ts'
import { readXml } from '../../../xml/read.ts'
import { element } from '../../../xml/write.ts'
import { listening, listeningHttp, newPair, now } from '../../shep/contour.testing.ts'
import { envelopeBytes } from '../../shep/envelope.ts'
import { asyncNamespace } from '../../shep/names.ts'
import { mountShep } from '../../shep/server/http.ts'
import { requestMarkup } from '../../shep/write.ts'
import type { IncomingMessage } from '../channel.ts'
import { type ChannelsUnderTest, messagesContract } from '../contract.ts'
import { application } from '../payload.testing.ts'
import { type ShepMessages, type ShepMessagesSettings, shepMessages } from './channel.ts'
import { dataOf, payloadOf } from './data.ts'
import { testGateway } from './gateway.testing.ts'

const pair = await newPair()
const service = 'DEMO_RSHEP_INTAKE'

async function start(kind: 'push' | 'pull'): Promise<ChannelsUnderTest> {
  const gateway = await testGateway(pair, { [service]: 'region' })
  const opened: { close(): unknown }[] = []
  const join = async (senderId: string): Promise<ShepMessages> => {
    const receive: ShepMessagesSettings['receive'] = kind === 'push' ? { kind } : { kind, services: [service], everyMs: 3 }
    const channel = shepMessages({
      address: gateway.address,
      sender: { senderId, password: 'demo-secret' },
      signer: pair.participant,
      trust: pair.trustsGateway,
      now,
      receive,
    })
    opened.push(channel)
    if (kind === 'pull') return channel
    const server = await listeningHttp(createServer(mountShep({ paths: { '/push': channel.push } })), '/push')
    opened.push(server)
    gateway.addresses.set(senderId, server.address)
    return channel
  }
  const [corporation, region] = [await join('corporation'), await join('region')]
  const fault = (name: keyof typeof gateway.faults) => async (on: boolean) => {
    gateway.faults[name] = on
  }
  const stops: (() => Promise<void>)[] = []
  const stopping = (channel: ShepMessages): ShepMessages => ({
    ...channel,
    listen: (listener) => {
      const stop = channel.listen(listener)
      stops.push(stop)
      return stop
    },
  })
  return {
    corporation: stopping(corporation),
    region: stopping(region),
    service,
    outage: fault('down'),
    duplicate: fault('duplicate'),
    lostReply: fault('lostReply'),
    reorder: fault('reorder'),
    settled: () => gateway.settled(),
    async stop() {
      await Promise.all(stops.map((stop) => stop()))
      await gateway.close()
      for (const one of opened) await one.close()
    },
  }
}

messagesContract('over SHEP, pushed', () => start('push'))
messagesContract('over SHEP, pulled', () => start('pull'))

describe('our payload in an envelope', () => {
  it('comes back whatever its words hold', () => {
    const said = { ...application(), asks: 'ңғү <&]]> "\\ \u0001 \ufffe \uffff 😀 \r\n' }
    const { root } = readXml(Buffer.from(dataOf(said).markup))
    expect(payloadOf(root)).toEqual(said)
  })

  it.each([
    '<data/>',
    '<data>{}</data>',
    '<data><message>{}</message></data>',
    '<data><m:message xmlns:m="urn:qyzmet:message">{}</m:message></data>',
    '<data><m:message xmlns:m="urn:qyzmet:message"><x/></m:message></data>',
  ])('is none: %s', (text) => expect(payloadOf(readXml(Buffer.from(text)).root)).toBeNull())
})

describe('what the gateway pushes', () => {
  it('is refused for good where it can never be read, and to come again while nobody listens', async () => {
    const told: unknown[] = []
    const server = await listening(
      (await import('../../shep/server/server.ts')).shepServer({
        channel: 'async',
        trust: pair.trustsParticipant,
        signer: pair.gateway,
        now,
        handlers: {
          sendDeliveryNotification: async (said) => {
            told.push(said)
            return {}
          },
        },
      }),
    )
    const channel = shepMessages({
      address: server.address,
      sender: { senderId: 'region' },
      signer: pair.participant,
      trust: pair.trustsGateway,
      now,
      receive: { kind: 'push' },
    })
    const pushed = (data = dataOf(application()), signer = pair.gateway) =>
      signBody(
        envelopeBytes(
          requestMarkup('sendMessage', asyncNamespace, {
            messageId: 'm',
            correlationId: 'c',
            serviceId: service,
            messageType: 'REQUEST',
            messageDate: '2019-08-21T10:15:30',
            sender: { senderId: 'corporation' },
            properties: [],
            data,
          }),
        ),
        signer,
      )
    expect((await channel.push.handle(await pushed())).fault).toBe('SCE909')
    const heard: IncomingMessage[] = []
    const stop = channel.listen({
      message: async (message) => {
        heard.push(message)
        return { kind: 'accepted', at: now() }
      },
    })
    expect((await channel.push.handle(await pushed())).fault).toBeNull()
    // An offset where there was none, and the message as it came, with its signature.
    expect(heard).toMatchObject([{ messageDate: '2019-08-21T10:15:30+06:00', original: { id: 'm', signature: { valid: true } } }])
    expect((await channel.push.handle(await pushed(element('data', {}, 'x')))).fault).toBeNull()
    expect(told).toMatchObject([{ accepted: true }, { accepted: false, resend: false, error: { errorCode: 'unreadable' } }])
    expect((await channel.push.handle(await pushed(undefined, pair.participant))).fault).toBe('SCE006')
    await server.close()
    // The word does not reach the gateway: the push is no success, so that it comes again.
    expect((await channel.push.handle(await pushed())).fault).toBe('SCE909')
    expect(heard).toHaveLength(1)
    await stop()
    channel.close()
  })
})
