import { afterAll, describe, expect, it } from 'vitest'
import { closeGostPool } from '../../seal/algorithms/pool.ts'
import { signBody } from '../../seal/xmldsig/sign.ts'
import { textOf } from '../../xml/tree.ts'
import { element } from '../../xml/write.ts'
import { redact } from '../journal/redact.ts'
import { newPair, now, personQuestion, sender } from './contour.testing.ts'
import { envelopeBytes, readEnvelope } from './envelope.ts'
import { failureOf, readFault } from './faults.ts'
import type { DeliveryNotification, OutgoingRequest, StateNotification } from './messages.ts'
import { asyncNamespace, clientNamespace, type Operation, syncNamespace } from './names.ts'
import { readRequest, readResponse } from './read.ts'
import { shepSchemas } from './schemas.ts'
import { ShepRefusal } from './server/refusal.ts'
import { type ShepServerOptions, shepServer } from './server/server.ts'
import { requestMarkup, responseMarkup } from './write.ts'

afterAll(closeGostPool)

const pair = await newPair()
const schemas = await shepSchemas()
const answered = async () => ({
  messageId: 'answer',
  correlationId: '6f1f6f0e-2a55-4c0a-9d3c-5d1f4a0b7c11',
  responseDate: now(),
  status: { code: 'SCSS001', message: 'Message has been processed successfully' },
  data: element('data', {}),
})
const gateway = (options: Partial<ShepServerOptions> = {}) =>
  shepServer({ channel: 'sync', handlers: { SendMessage: answered }, trust: pair.trustsParticipant, signer: pair.gateway, now, ...options })

const question = (messageId?: string): OutgoingRequest<'SendMessage'> => ({ ...personQuestion(messageId), sender })
const plain = <Op extends Operation>(operation: Op, namespace: string, said: OutgoingRequest<Op>) =>
  envelopeBytes(requestMarkup(operation, namespace, said))
const signedQuestion = async (messageId?: string, signer = pair.participant) =>
  signBody(plain('SendMessage', syncNamespace, question(messageId)), signer)
const changed = async (from: string | RegExp, to: string) => {
  const text = String(plain('SendMessage', syncNamespace, question()))
  expect(text.replace(from, to)).not.toBe(text)
  return signBody(Buffer.from(text.replace(from, to)), pair.participant)
}
const faultOf = async (bytes: Uint8Array, options: Partial<ShepServerOptions> = {}) => {
  const { status, body } = await gateway(options).handle(bytes)
  expect(status).toBe(500)
  const fault = readFault(readEnvelope(body).content)
  return fault?.error?.errorCode
}

const delivery: DeliveryNotification = {
  messageId: 'm',
  serviceId: 's',
  notificationDate: now(),
  accepted: false,
  statusDate: now(),
  resend: true,
  requestDate: now(),
  sender,
}
const stateNotice: StateNotification = { notificationId: 'n', messageId: 'm', notificationDate: now(), messageState: 'NOT_DELIVERED', status: { statusCode: 'x', statusMessage: 'y', statusDate: now() }, requestDate: now() } // biome-ignore format: a sample

describe('traps of the wire', () => {
  it('1: everything below the operation is unqualified; qualified children are a message of another format', async () => {
    const { content } = readEnvelope(plain('SendMessage', syncNamespace, question()))
    expect(content.namespace).toBe(syncNamespace)
    expect(content.children.every((child) => child.kind !== 'element' || child.namespace === '')).toBe(true)
    expect(await faultOf(await changed(/<(\/?)request>/g, '<$1n:request>'))).toBe('SCE001')
    expect(await faultOf(await changed('<request>', `<request xmlns="${syncNamespace}">`))).toBe('SCE001')
    expect(await faultOf(await changed(syncNamespace, `${syncNamespace.toLowerCase()}`))).toBe('SCE001')
  })

  it('2: MESSAGE_NOT_ACCTEPTED and changeMassageStatusNotification are spelt as the gateway spells them', () => {
    const refused = String(plain('sendDeliveryNotification', asyncNamespace, delivery))
    expect(refused).toContain('<receiveStatus>MESSAGE_NOT_ACCTEPTED</receiveStatus>')
    expect(schemas.problems(readEnvelope(Buffer.from(refused)).content)).toEqual([])
    expect(schemas.problems(readEnvelope(Buffer.from(refused.replace('ACCTEPTED', 'ACCEPTED'))).content)).not.toEqual([])
    expect(readRequest('sendDeliveryNotification', readEnvelope(Buffer.from(refused)).content)).toEqual(delivery)
    const notice = readEnvelope(plain('changeMassageStatusNotification', clientNamespace, stateNotice)).content
    expect([notice.local, schemas.problems(notice)]).toEqual(['changeMassageStatusNotification', []])
    expect(readRequest('changeMassageStatusNotification', notice)).toEqual(stateNotice)
  })

  it('3: a pushed sendMessage is taken under both namespaces, and answered under its own', async () => {
    const taken = { messageId: 'm', correlationId: 'c', responseDate: now() }
    const client = shepServer({
      channel: 'client',
      handlers: { sendMessage: async () => taken },
      trust: pair.trustsGateway,
      signer: pair.participant,
      now,
    })
    for (const namespace of [asyncNamespace, clientNamespace]) {
      const pushed = plain('sendMessage', namespace, { ...question(), messageId: 'm', correlationId: 'c', messageType: 'REQUEST' })
      const { status, body } = await client.handle(await signBody(pushed, pair.gateway))
      const { content } = readEnvelope(body)
      expect([status, content.namespace, readResponse('sendMessage', content)]).toEqual([200, namespace, taken])
      expect(schemas.problems(content)).toEqual([])
    }
  })

  it('4: sessionId has braces; one without them is a message of another format', async () => {
    const inner = '0b5a2a86-4b0e-4a57-9a4f-6a9d0f1c2b3d'
    expect((await gateway().handle(await changed('</sender>', `</sender><sessionId>{${inner}}</sessionId>`))).status).toBe(200)
    expect(await faultOf(await changed('</sender>', `</sender><sessionId>${inner}</sessionId>`))).toBe('SCE001')
  })

  it('5: correlationId stays empty on a REQUEST and comes back from the gateway; an empty element is none', () => {
    const request = plain('sendMessage', asyncNamespace, {
      ...personQuestion(undefined),
      messageId: undefined,
      sender,
      messageType: 'REQUEST',
    })
    expect(String(request)).not.toMatch(/correlationId|messageId>/)
    const empty = String(request).replace('<serviceId>', '<messageId/><correlationId></correlationId><serviceId>')
    expect(readRequest('sendMessage', readEnvelope(Buffer.from(empty)).content)).not.toHaveProperty('correlationId')
  })

  it('6: the password is in the body, and in nothing that is shown', async () => {
    const bytes = await signedQuestion()
    expect(String(bytes)).toContain('demo-secret')
    expect(redact(String(bytes)).text).not.toContain('demo-secret')
    expect(redact('<a><p:password xmlns:p="urn:p">x<b/>secret</p:password><data>&lt;password>y</data></a>').text).not.toMatch(/secret|>y/)
    expect(redact('<a><password>demo-secret</a>').text).not.toContain('demo-secret')
  })

  it('7: not found is not an outage is not a refusal: each code of the gateway is a technical failure, and so is one that nobody knows', async () => {
    expect([failureOf({ code: 'SCE004' }), failureOf({ code: 'SCE909' })]).toMatchObject([
      { code: 'shep-error', retryable: false },
      { code: 'shep-error', retryable: true },
    ])
    for (const code of ['SCE777', '', 'toString', '__proto__'])
      expect(failureOf({ code })).toMatchObject({ kind: 'technicalFailure', code: 'shep-unknown-error', retryable: true })
  })

  it('8: the signature has to be about the Body', async () => {
    const bytes = String(await signedQuestion())
    const body = /<soap:Body.*<\/soap:Body>/s.exec(bytes)?.[0] ?? ''
    const evil = bytes.replace(body, body.replace('850315399990', '900712499986').replace('wsu:Id="id-', 'wsu:Id="evil-'))
    expect(await faultOf(Buffer.from(evil.replace('</soap:Header>', `<w xmlns="">${body}</w></soap:Header>`)))).toBe('SCE006')
    expect(await faultOf(Buffer.from(bytes.replace('850315399990', '900712499986')))).toBe('SCE006')
    expect(await faultOf(plain('SendMessage', syncNamespace, question()))).toBe('SCE007')
  })

  it('9: a certificate by value, or by issuer and serial number from the configured ones', async () => {
    expect((await gateway().handle(await signedQuestion())).status).toBe(200)
    expect((await gateway().handle(await signedQuestion(undefined, { ...pair.participant, name: 'issuerSerial' }))).status).toBe(200)
    const stranger = (await newPair()).participant
    expect(await faultOf(await signedQuestion(undefined, stranger))).toBe('SCE006')
    expect(await faultOf(await signedQuestion(undefined, { ...stranger, name: 'issuerSerial' }))).toBe('SCE006')
  })

  it('10: GOST signatures go both ways', async () => {
    const gost = await newPair('gost2015-512')
    const bytes = await signedQuestion(undefined, gost.participant)
    const { status, body } = await gateway({ trust: gost.trustsParticipant, signer: gost.gateway }).handle(bytes)
    expect([status, String(body).includes('gostr34102015-gostr34112015-512')]).toEqual([200, true])
  })

  it('11: a certificate is judged at the moment of receipt', async () => {
    const bytes = await signedQuestion()
    expect(await faultOf(bytes, { now: () => '2030-01-01T00:00:00+05:00' })).toBe('SCE005')
    expect(await faultOf(bytes, { now: () => '2018-12-31T00:00:00+06:00' })).toBe('SCE005')
    expect((await gateway({ now: () => '2028-12-31T00:00:00+05:00' }).handle(bytes)).status).toBe(200)
  })

  it('17: times carry their offset as it was, of either side of the change of 2024', async () => {
    for (const messageDate of ['2019-08-21T10:15:30.120+06:00', '2024-03-01T00:00:00+05:00', '2019-08-21T04:15:30Z']) {
      const read = readRequest('SendMessage', readEnvelope(plain('SendMessage', syncNamespace, { ...question(), messageDate })).content)
      expect(read.messageDate).toBe(messageDate)
    }
    expect(await faultOf(await changed('2019-08-21T10:15:30.120+06:00', '21.08.2019'))).toBe('SCE001')
  })
})

describe('the codes of refusals', () => {
  it('SCE001: what is no message, and one that came before', async () => {
    for (const text of ['', 'x', '<a/>', '<!DOCTYPE a><a/>', String(await signedQuestion()).slice(0, -20)])
      expect(await faultOf(Buffer.from(text))).toBe('SCE001')
    expect(await faultOf(Buffer.alloc(5 << 20, 0x20))).toBe('SCE001')
    expect(await faultOf(await changed('<messageId>6f1f6f0e-2a55-4c0a-9d3c-5d1f4a0b7c11</messageId>', ''))).toBe('SCE001')
    const server = gateway()
    expect((await server.handle(await signedQuestion())).fault).toBeNull()
    expect((await server.handle(await signedQuestion())).fault).toBe('SCE001')
    expect((await server.handle(await signedQuestion('another'))).fault).toBeNull()
  })

  it('one of two that come at once is handled, and one that failed may come again', async () => {
    let times = 0
    const server = gateway({
      handlers: {
        SendMessage: async () => {
          if (++times === 1) throw new Error('the database is away')
          return answered()
        },
      },
    })
    const bytes = await signedQuestion()
    expect((await server.handle(bytes)).fault).toBe('SCE909')
    const both = await Promise.all([server.handle(bytes), server.handle(bytes)])
    expect(both.map(({ fault }) => fault).sort()).toEqual(['SCE001', null])
    expect(times).toBe(2)
  })

  it('where the gateway makes the id, the signed Body is known again', async () => {
    let times = 0
    const handler = async () => ({ messageId: String(++times), correlationId: 'c', responseDate: now() })
    const server = gateway({ channel: 'async', handlers: { sendMessage: handler } })
    const said = () =>
      signBody(plain('sendMessage', asyncNamespace, { ...question(), messageId: undefined, messageType: 'REQUEST' }), pair.participant)
    const first = await said()
    expect([(await server.handle(first)).fault, (await server.handle(first)).fault, (await server.handle(await said())).fault]).toEqual([
      null,
      'SCE001',
      null,
    ])
    expect(times).toBe(2)
  })

  it('SCE004: nobody serves it; a handler has its own words; SCE909 tells nothing of what broke', async () => {
    const bytes = await signedQuestion()
    const fault = async (handlers: ShepServerOptions['handlers'], broke?: (cause: unknown) => void) => {
      const { body } = await gateway({ handlers, ...(broke ? { broke } : {}) }).handle(bytes)
      const { content } = readEnvelope(body)
      const detail = content.children.flatMap((child) => (child.kind === 'element' && child.local === 'detail' ? child.children : []))[0]
      expect(detail?.kind === 'element' && schemas.problems(detail)).toEqual([])
      return [readFault(content)?.code, textOf(content)]
    }
    expect((await fault({}))[0]).toBe('SCE004')
    const refuse = async () => {
      throw new ShepRefusal('XYZ', 'serviceId=\u0001', 'words')
    }
    expect((await fault({ SendMessage: refuse }))[0]).toBe('XYZ')
    const causes: unknown[] = []
    const [code, text] = await fault({ SendMessage: () => Promise.reject(new Error('password=demo-secret')) }, (cause) =>
      causes.push(cause),
    )
    expect([code, text?.includes('demo-secret'), causes.length]).toEqual(['SCE909', false, 1])
  })

  it('SCE909: no more at once than there is room for', async () => {
    const server = gateway({ mostAtOnce: 1 })
    const [one, other] = [await signedQuestion('1'), await signedQuestion('2')]
    expect((await Promise.all([server.handle(one), server.handle(other)])).map(({ fault }) => fault)).toEqual([null, 'SCE909'])
    expect((await server.handle(other)).fault).toBeNull()
    expect((await gateway({ mostBytesAtOnce: 1000 }).handle(one)).fault).toBe('SCE909')
  })

  it('a key that cannot sign is a breakage of ours, told by an unsigned fault', async () => {
    const causes: unknown[] = []
    const key = { ...pair.gateway.key, algorithm: 'rsa-sha1' as const }
    const server = gateway({ signer: { ...pair.gateway, key }, broke: (cause) => causes.push(cause) })
    expect((await server.handle(await signedQuestion())).fault).toBe('SCE909')
    expect(causes).toHaveLength(2)
  })

  it('every answer is signed, faults too, and of the schema', async () => {
    for (const bytes of [await signedQuestion(), Buffer.from('x')])
      expect(String((await gateway().handle(bytes)).body)).toContain('X509IssuerSerial')
    const said = envelopeBytes(responseMarkup('SendMessage', syncNamespace, await answered()))
    expect(schemas.problems(readEnvelope(said).content)).toEqual([])
  })
})
