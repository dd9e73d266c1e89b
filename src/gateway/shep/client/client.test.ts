import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createSocket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { signBody } from '../../../seal/xmldsig/sign.ts'
import { childNamed, textOf } from '../../../xml/tree.ts'
import { element } from '../../../xml/write.ts'
import type { WireMessage } from '../../tap.ts'
import { type Listening, listening, listeningHttp, newPair, now, personQuestion, sender } from '../contour.testing.ts'
import { envelopeBytes } from '../envelope.ts'
import { faultMarkup } from '../faults.ts'
import { syncNamespace } from '../names.ts'
import { sample, samplesAbsent } from '../samples.testing.ts'
import { ShepRefusal } from '../server/refusal.ts'
import { type Handlers, shepServer } from '../server/server.ts'
import { responseMarkup } from '../write.ts'
import { type ShepClient, type ShepClientSettings, shepClient } from './client.ts'

const pair = await newPair()
const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

const response = (correlationId: string, code = 'SCSS001') => ({
  messageId: 'answer',
  correlationId,
  responseDate: now(),
  status: { code, message: '' },
  data: element('data', {}, element('found', {}, 'ңғү')),
})

async function clientTo(
  listener: RequestListener | Handlers,
  more: Partial<ShepClientSettings> = {},
): Promise<ShepClient & { server: Listening }> {
  const server =
    typeof listener === 'function'
      ? await listeningHttp(createServer(listener))
      : await listening(shepServer({ channel: 'sync', handlers: listener, trust: pair.trustsParticipant, signer: pair.gateway, now }))
  const client = shepClient({
    address: server.address,
    channel: 'sync',
    sender,
    signer: pair.participant,
    trust: pair.trustsGateway,
    now,
    ...more,
  })
  open.push(client, server)
  return Object.assign(client, { server })
}

const ask = (client: ShepClient, options = {}) => client.call('SendMessage', personQuestion(), options)
/** An HTTP server that answers whatever it is asked with these bytes. */
const saying =
  (bytes: Uint8Array | string, status = 200): RequestListener =>
  (request, answer) => {
    request.resume().on('end', () => answer.writeHead(status, { 'content-type': 'text/xml' }).end(bytes))
  }
const signed = (content: Parameters<typeof envelopeBytes>[0], by = pair.gateway) => signBody(envelopeBytes(content), by)
const answer = responseMarkup('SendMessage', syncNamespace, response(personQuestion().messageId))

describe('a call of the gateway', async () => {
  it('is signed, carries its sender, and brings the answer that was signed', async () => {
    const asked: unknown[] = []
    const client = await clientTo({
      SendMessage: async (request, { certificate }) => {
        asked.push(request.sender, certificate?.sha256)
        return response(request.messageId)
      },
    })
    const got = await ask(client)
    if (got.kind !== 'answer') expect.unreachable(got.detail)
    expect(textOf(childNamed(got.response.data, '', 'found') ?? got.response.data)).toBe('ңғү')
    expect(asked).toEqual([sender, pair.participant.certificate.sha256])
  })

  it('keeps its connection', async () => {
    let sockets = 0
    const client = await clientTo({ SendMessage: async ({ messageId }) => response(messageId) })
    client.server.http.on('connection', () => sockets++)
    for (let times = 0; times < 3; times++)
      expect(await client.call('SendMessage', personQuestion(String(times)))).toMatchObject({ kind: 'answer' })
    expect(sockets).toBe(1)
  })

  it('tells the journal before a byte leaves, and what came with its signature', async () => {
    const heard: (readonly [string, WireMessage])[] = []
    const tap = {
      sends: async (message: WireMessage) => void heard.push(['sends', message]),
      hears: async (message: WireMessage) => void heard.push(['hears', message]),
    }
    const client = await clientTo({ SendMessage: async ({ messageId }) => response(messageId) })
    await ask(client, { tap })
    expect(heard.map(([what, { id, signature }]) => [what, id, signature?.valid])).toEqual([
      ['sends', personQuestion().messageId, undefined],
      ['hears', null, true],
    ])
    const refusing = { ...tap, sends: () => Promise.reject(new Error('the journal is away')) }
    await expect(client.call('SendMessage', personQuestion('2'), { tap: refusing })).rejects.toThrow('journal')
  })

  it.each([
    ['fault', 'shep-error', false, async () => { throw new ShepRefusal('SCE004', '') }],
    ['fault', 'shep-error', true, async () => { throw new Error('broke') }],
    ['fault', 'shep-unknown-error', true, async () => { throw new ShepRefusal('AC-17', '') }],
    ['status', 'remote-service-error', true, async () => response(personQuestion().messageId, 'SCSE500')],
    ['correlation', 'remote-service-error', true, async () => response('another')],
  ] as const)('ends as a failure of the stage %s: %s', async (stage, code, retryable, handler) => {
    expect(await ask(await clientTo({ SendMessage: handler }))).toMatchObject({ kind: 'technicalFailure', stage, code, retryable, sent: true })
  }) // biome-ignore format: a table

  it.each([
    ['format', 'remote-service-error', saying('<html>')],
    ['format', 'remote-service-error', saying('')],
    ['http', 'remote-service-error', saying('Internal Server Error', 500)],
    ['http', 'govtech-transport-error', saying('', 503)],
    ['http', 'shep-unknown-error', saying('', 404)],
    ['signature', 'remote-service-error', saying(envelopeBytes(answer))],
    ['signature', 'remote-service-error', saying(String(await signed(answer)).replace('ңғү', 'нгу'))],
    ['signature', 'remote-service-error', saying(await signed(answer, pair.participant))],
    ['schema', 'remote-service-error', saying(await signed(element('n:SendMessageResponse', { 'xmlns:n': syncNamespace })))],
    ['schema', 'remote-service-error', saying(await signed(element('n:SendMessageResponse', { 'xmlns:n': syncNamespace }, element('response', { 'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance', 'xsi:nil': 'true' }))))],
    ['schema', 'remote-service-error', saying(await signed(element('n:OtherResponse', { 'xmlns:n': syncNamespace })))],
    ['fault', 'shep-error', saying(envelopeBytes(faultMarkup('SendMessage', syncNamespace, { errorCode: 'SCE909', errorMessage: '', errorDate: now() })))],
    ['fault', 'shep-unknown-error', saying('<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:Server</faultcode></s:Fault></s:Body></s:Envelope>', 500)],
    ['cut', 'govtech-transport-error', (request, said) => void request.resume().on('end', () => said.writeHead(200, { 'content-length': 5000 }).write('<a>', () => request.socket.destroy()))],
    ['cut', 'govtech-transport-error', (request) => void request.socket.destroy()],
  ] as readonly (readonly [string, string, RequestListener])[])('takes for no answer (%s, %s) what is none', async (stage, code, listener) => {
    expect(await ask(await clientTo(listener))).toMatchObject({ kind: 'technicalFailure', stage, code })
  }) // biome-ignore format: a table

  it('says of an answer without end that it is too long, without reading it', async () => {
    const endless: RequestListener = (_, said) => {
      const more = () => said.destroyed || said.write('x'.repeat(65_536), () => setImmediate(more))
      more()
    }
    expect(await ask(await clientTo(endless, { line: { mostBytes: 100_000 } }))).toMatchObject({ stage: 'format', detail: 'tooLong' })
  })

  it('waits no longer than it was told, also for an answer that comes in drops', async () => {
    const drops: RequestListener = (_, said) => {
      const timer = setInterval(() => said.write(' '), 10)
      said.on('close', () => clearInterval(timer))
    }
    const began = performance.now()
    for (const listener of [drops, () => {}])
      expect(await ask(await clientTo(listener, { line: { answerMs: 80 } }))).toMatchObject({
        stage: 'timeout',
        code: 'govtech-transport-error',
        sent: true,
      })
    expect(performance.now() - began).toBeLessThan(2000)
  })

  it('knows that nothing was sent where nobody listens', async () => {
    const closed = createSocket().listen(0, '127.0.0.1')
    await new Promise((resolve) => closed.once('listening', resolve))
    const { port } = closed.address() as AddressInfo
    await new Promise((resolve) => closed.close(resolve))
    const client = shepClient({ address: `http://127.0.0.1:${port}/`, channel: 'sync', sender, signer: null, trust: null, now })
    open.push(client)
    expect(await ask(client)).toMatchObject({ stage: 'connection', sent: false, code: 'govtech-transport-error', retryable: true })
  })

  it('ends at its signal', async () => {
    const end = new AbortController()
    const client = await clientTo(() => end.abort())
    expect(await ask(client, { signal: end.signal })).toMatchObject({ stage: 'stopped', sent: true })
    expect(await ask(client, { signal: AbortSignal.abort() })).toMatchObject({ stage: 'stopped', sent: false })
  })

  it('takes unsigned answers only where nobody is to be trusted, and a wrong signature nowhere', async () => {
    const openly = { trust: null }
    expect(await ask(await clientTo(saying(envelopeBytes(answer)), openly))).toMatchObject({ kind: 'answer' })
    expect(await ask(await clientTo(saying(await signed(answer, { ...pair.gateway, name: 'value' })), openly))).toMatchObject({
      kind: 'answer',
    })
    const bent = String(await signed(answer, { ...pair.gateway, name: 'value' })).replace('ңғү', 'нгу')
    expect(await ask(await clientTo(saying(bent), openly))).toMatchObject({ stage: 'signature' })
  })

  it.skipIf(samplesAbsent)(
    'reads an answer of the consent service, which is not of the shape (skipped where samples are absent)',
    async () => {
      const client = await clientTo(saying(sample('kdp/kdp-response.xml')), { trust: null })
      const kdp = 'http://service.2fa-chain.kz/ns/kdp'
      expect(await client.callForeign(personQuestion(), kdp)).toMatchObject({
        kind: 'answer',
        content: { local: 'sendMessageResponse', namespace: kdp },
      })
      expect(await client.callForeign(personQuestion(), 'urn:other')).toMatchObject({ stage: 'schema' })
      expect(await ask(client)).toMatchObject({ stage: 'schema' })
    },
  )
})
