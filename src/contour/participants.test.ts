import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { envelopeBytes, readEnvelope } from '../gateway/shep/envelope.ts'
import type { AsyncMessage, StateNotification } from '../gateway/shep/messages.ts'
import { asyncNamespace, clientNamespace } from '../gateway/shep/names.ts'
import { readRequest } from '../gateway/shep/read.ts'
import { responseMarkup } from '../gateway/shep/write.ts'
import { verifyBody } from '../seal/xmldsig/body.ts'
import { textOf } from '../xml/tree.ts'
import { asyncMessage, iis, letter, post, responseOf, rshep, signed, testContour } from './contour.testing.ts'
import type { Contour } from './contour.ts'
import { faultRule } from './faults/rule.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

interface Client {
  readonly url: string
  readonly messages: AsyncMessage[]
  readonly states: StateNotification[]
  readonly signatures: string[]
  status: number
}

/** The push client of a participant: remembers what it was given. */
async function client(contour: () => Contour): Promise<Client> {
  const heard: Client = { url: '', messages: [], states: [], signatures: [], status: 200 }
  const server: Server = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece)
    if (heard.status !== 200) return void response.writeHead(heard.status).end()
    const { content, document } = readEnvelope(Buffer.concat(pieces))
    heard.signatures.push((await verifyBody(document, { store: { certificates: contour().keys.known } })).kind)
    if (content.local === 'sendMessage') heard.messages.push(readRequest('sendMessage', content))
    else heard.states.push(readRequest('changeMassageStatusNotification', content))
    const said = content.local === 'sendMessage' ? { messageId: '1', correlationId: '1', responseDate: '2019-10-14T10:00:00+05:00' } : {}
    const markup =
      content.local === 'sendMessage'
        ? responseMarkup('sendMessage', asyncNamespace, said as { messageId: string; correlationId: string; responseDate: string }) // just made
        : responseMarkup('changeMassageStatusNotification', clientNamespace, said)
    response.writeHead(200, { 'content-type': 'text/xml' }).end(envelopeBytes(markup))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return Object.assign(heard, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }) // listening on a port
}

async function opened(options: Parameters<typeof testContour>[0] = {}): Promise<Contour> {
  const contour = await testContour({ limits: { retryMs: 20, leaseMs: 60_000 }, ...options })
  ends.push(() => contour.close())
  return contour
}

const until = async (what: () => unknown, ms = 15_000) => {
  for (const end = performance.now() + ms; !what(); ) {
    if (performance.now() > end) throw new Error('it did not happen')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

const send = async (contour: Contour, ...message: Parameters<typeof letter>) =>
  responseOf('sendMessage', await post(contour.async, await signed(contour, letter(...message))))
const confirm = async (
  contour: Contour,
  messageId: string,
  said: { accepted: boolean; resend?: boolean; code?: string } = { accepted: true },
  sender = rshep,
) =>
  post(
    contour.async,
    await signed(
      contour,
      asyncMessage('sendDeliveryNotification', {
        messageId,
        serviceId: 'DEMO_TEST',
        notificationDate: '2019-10-14T10:17:00+05:00',
        accepted: said.accepted,
        statusDate: '2019-10-14T10:17:00+05:00',
        resend: said.resend ?? false,
        requestDate: '2019-10-14T10:17:00+05:00',
        sender,
        ...(said.code === undefined
          ? {}
          : { error: { errorCode: said.code, errorMessage: 'why', errorDate: '2019-10-14T10:17:00+05:00' } }),
      }),
    ),
  )
const stateOf = async (contour: Contour, messageId: string, sender = iis) =>
  responseOf(
    'getMessageStatus',
    await post(
      contour.async,
      await signed(
        contour,
        asyncMessage('getMessageStatus', { messageId, requestDate: '2019-10-14T10:18:00+05:00', sender, properties: [] }),
      ),
    ),
  )
const fetched = async (contour: Contour, sender = rshep, more: { amount?: number; messageId?: string } = {}) =>
  responseOf(
    'getMessages',
    await post(
      contour.async,
      await signed(contour, asyncMessage('getMessages', { serviceId: 'DEMO_TEST', sender, properties: [], ...more })),
    ),
  ).messages

const eventually = async (contour: Contour) => {
  let found = await fetched(contour)
  for (let n = 0; n < 200 && found.length === 0; n++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    found = await fetched(contour)
  }
  return found
}

describe('two participants', () => {
  it('talk by being called: request, delivery, notice of it, answer under one correlation', async () => {
    const contour = await opened()
    const [office, counter] = [await client(() => contour), await client(() => contour)]
    await contour.participants.register({ ...card('demo-rshep'), serves: ['DEMO_TEST'], push: office.url })
    await contour.participants.register({ ...card('demo-iis'), push: counter.url })
    const sent = await send(contour, 'REQUEST', iis, undefined, 'сұрау')
    await until(() => office.messages.length === 1)
    const [request] = office.messages
    expect(request).toMatchObject({
      messageId: sent.messageId,
      correlationId: sent.correlationId,
      messageType: 'REQUEST',
      sender: { senderId: 'demo-iis' },
    })
    expect(request && textOf(request.data)).toBe('сұрау')
    expect((await stateOf(contour, sent.messageId)).messageState).toBe('ON_DELIVERY')
    expect((await confirm(contour, sent.messageId)).code).toBeNull()
    await until(() => counter.states.length === 1)
    expect(counter.states[0]).toMatchObject({ messageId: sent.messageId, messageState: 'DELIVERED' })
    expect((await stateOf(contour, sent.messageId)).messageState).toBe('DELIVERED')
    await send(contour, 'RESPONSE', rshep, sent.correlationId, 'жауап')
    await until(() => counter.messages.length === 1)
    expect(counter.messages[0]).toMatchObject({ correlationId: sent.correlationId, messageType: 'RESPONSE' })
    expect([...office.signatures, ...counter.signatures]).toEqual(Array(3).fill('valid'))
    expect(JSON.stringify(office.messages.map(({ sender }) => sender))).not.toContain('secret')
  })

  it('talk by fetching: a message is handed out once, comes again after its lease, and is over when it is confirmed', async () => {
    const contour = await opened({ limits: { retryMs: 20, leaseMs: 1500 } })
    await contour.participants.register({ ...card('demo-rshep'), serves: ['DEMO_TEST'] })
    const sent = await send(contour, 'REQUEST')
    expect((await fetched(contour)).map(({ messageId }) => messageId)).toEqual([sent.messageId])
    expect(await fetched(contour)).toEqual([])
    expect(await fetched(contour, rshep, { messageId: sent.messageId })).toHaveLength(1)
    expect(await eventually(contour)).toHaveLength(1)
    await confirm(contour, sent.messageId, { accepted: false, resend: true })
    expect(await eventually(contour)).toHaveLength(1)
    await confirm(contour, sent.messageId)
    await new Promise((resolve) => setTimeout(resolve, 1600))
    expect(await fetched(contour)).toEqual([])
    await send(contour, 'RESPONSE', rshep, sent.correlationId)
    expect((await fetched(contour, iis)).map(({ messageType }) => messageType)).toEqual(['RESPONSE'])
    expect(await fetched(contour, rshep)).toEqual([])
  })

  it('hear why a message was not taken, and nobody else may say so', async () => {
    const contour = await opened()
    await contour.participants.register({ ...card('demo-rshep'), serves: ['DEMO_TEST'] })
    const { messageId } = await send(contour, 'REQUEST')
    expect((await confirm(contour, messageId, { accepted: false }, iis)).code).toBe('SCE001')
    await confirm(contour, messageId, { accepted: false, code: 'lawDiffers' })
    expect(await stateOf(contour, messageId)).toMatchObject({
      messageState: 'NOT_DELIVERED',
      status: { statusCode: 'lawDiffers', statusMessage: 'why' },
    })
    await confirm(contour, messageId)
    expect((await stateOf(contour, messageId)).messageState).toBe('NOT_DELIVERED')
  })

  it('find each other again after an outage of the receiver, in order within a talk', async () => {
    const contour = await opened()
    const [office, counter] = [await client(() => contour), await client(() => contour)]
    await contour.participants.register({ ...card('demo-rshep'), serves: ['DEMO_TEST'], push: office.url, confirms: 'push' })
    await contour.participants.register({ ...card('demo-iis'), push: counter.url, confirms: 'push' })
    const { correlationId } = await send(contour, 'REQUEST')
    await until(() => office.messages.length === 1)
    counter.status = 503
    for (const n of [1, 2, 3, 4, 5]) await send(contour, 'NOTIFICATION', rshep, correlationId, String(n))
    await until(() => contour.watch.list({ outcome: 'failed' }, 10).length > 1)
    counter.status = 200
    await until(() => counter.messages.length === 5)
    expect(counter.messages.map(({ data }) => textOf(data))).toEqual(['1', '2', '3', '4', '5'])
  })

  it('meet duplicates, lost words and overtaking where a fault says so', async () => {
    const contour = await opened({ limits: { retryMs: 20, leaseMs: 1500 } })
    const office = await client(() => contour)
    await contour.participants.register({ ...card('demo-rshep'), serves: ['DEMO_TEST'], push: office.url, confirms: 'push' })
    await contour.faults.add(faultRule.parse({ kind: 'duplicate', count: 1 }))
    const doubled = await send(contour, 'REQUEST')
    await until(() => office.messages.length === 2)
    expect(office.messages.map(({ messageId }) => messageId)).toEqual([doubled.messageId, doubled.messageId])
    await contour.faults.add(faultRule.parse({ kind: 'reorder', count: 1, delayMs: 150 }))
    const [first, second] = [await send(contour, 'REQUEST'), await send(contour, 'REQUEST')]
    await until(() => office.messages.length === 4)
    expect(office.messages.slice(2).map(({ messageId }) => messageId)).toEqual([second.messageId, first.messageId])
    await contour.participants.register({ ...card('demo-rshep'), serves: ['DEMO_TEST'], push: office.url })
    await contour.faults.add(faultRule.parse({ kind: 'lost', count: 1 }))
    const lost = await send(contour, 'REQUEST')
    await until(() => office.messages.length === 5)
    expect((await confirm(contour, lost.messageId)).code).toBeNull()
    expect((await stateOf(contour, lost.messageId)).messageState).toBe('ON_DELIVERY')
    await until(() => office.messages.length === 6)
    expect(office.messages[5]?.messageId).toBe(lost.messageId)
  })

  it('are called under faults too: a broken call is made again', async () => {
    const contour = await opened()
    const office = await client(() => contour)
    await contour.participants.register({ ...card('demo-rshep'), serves: ['DEMO_TEST'], push: office.url, confirms: 'push' })
    for (const kind of ['cutBefore', 'http500', 'timeOut'] as const)
      await contour.faults.add(faultRule.parse({ kind, where: 'push', count: 1 }))
    await contour.faults.add(faultRule.parse({ kind: 'badSignature', where: 'push', count: 1 }))
    await send(contour, 'REQUEST')
    await until(() => office.messages.length === 1)
    expect(contour.watch.list({ channel: 'push', outcome: 'broken' }, 10).length).toBeGreaterThanOrEqual(1)
  })
})

describe('a restart', () => {
  it('keeps messages on their way, what is registered, faults, and what was seen', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'simulator-restart-'))
    ends.push(() => rmSync(folder, { recursive: true }))
    const before = await testContour({ data: folder })
    await before.participants.register({ ...card('demo-rshep'), serves: ['DEMO_TEST'] })
    await before.faults.add(faultRule.parse({ kind: 'delay', delayMs: 1 }))
    const sent = await send(before, 'REQUEST')
    await before.close()
    const after = await opened({ data: folder })
    expect(after.faults.list()).toHaveLength(1)
    expect(after.watch.list({ message: sent.messageId }, 1)).toHaveLength(1)
    expect((await fetched(after)).map(({ messageId, correlationId }) => [messageId, correlationId])).toEqual([
      [sent.messageId, sent.correlationId],
    ])
    expect((await stateOf(after, sent.messageId)).messageState).toBe('ON_DELIVERY')
    await send(after, 'RESPONSE', rshep, sent.correlationId)
    await after.state.reset()
    expect([after.faults.list(), after.watch.list({}, 1), after.mailbox.list(1)]).toEqual([[], [], []])
    await until(() => after.participants.find('demo-iis') !== null)
  })

  it('is refused to a second one over the same folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'simulator-twice-'))
    ends.push(() => rmSync(folder, { recursive: true }))
    await opened({ data: folder })
    await expect(testContour({ data: folder })).rejects.toThrow()
  })
})

describe('a thousand messages', () => {
  it('go through, each once, while others fetch', async () => {
    const contour = await opened({ strictSignatures: false, limits: { leaseMs: 60_000 } })
    await contour.participants.register({ ...card('demo-rshep'), serves: ['DEMO_TEST'] })
    const bytes = envelopeBytes(letter('REQUEST'))
    const question = envelopeBytes(asyncMessage('getMessages', { serviceId: 'DEMO_TEST', sender: rshep, properties: [], amount: 100 }))
    const sent = new Set<string>()
    const heard: string[] = []
    const sender = async () => {
      for (let n = 0; n < 100; n++) sent.add(responseOf('sendMessage', await post(contour.async, bytes)).messageId)
    }
    const fetcher = async () => {
      while (heard.length < 1000)
        for (const { messageId } of responseOf('getMessages', await post(contour.async, question)).messages) heard.push(messageId ?? '')
    }
    await Promise.all([...Array.from({ length: 10 }, sender), fetcher(), fetcher()])
    expect(new Set(heard)).toEqual(sent)
    expect(heard).toHaveLength(1000)
  })
})

const card = (senderId: string) => ({
  senderId,
  name: '',
  serves: [] as string[],
  push: null as string | null,
  sync: null,
  confirms: 'notification' as 'notification' | 'push',
  certificates: [],
})
