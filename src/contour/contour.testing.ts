import { request as httpRequest } from 'node:http'
import { envelopeBytes, readEnvelope } from '../gateway/shep/envelope.ts'
import { readFault } from '../gateway/shep/faults.ts'
import type { IncomingResponse, OutgoingRequest } from '../gateway/shep/messages.ts'
import type { Operation } from '../gateway/shep/names.ts'
import { asyncNamespace, syncNamespace } from '../gateway/shep/names.ts'
import { readResponse } from '../gateway/shep/read.ts'
import { requestMarkup } from '../gateway/shep/write.ts'
import { signBody } from '../seal/xmldsig/sign.ts'
import { element, type Markup, verbatim } from '../xml/write.ts'
import { type Contour, type ContourOptions, openContour } from './contour.ts'

/** A contour on a free port with a fast PKI. */
export const testContour = (options: Partial<ContourOptions> = {}): Promise<Contour> =>
  openContour({ port: 0, algorithm: 'ecdsa', ...options })

export const iis = { senderId: 'demo-iis', password: 'demo-secret' }
export const rshep = { senderId: 'demo-rshep', password: 'demo-secret' }

let number = 0
export const nextId = () => `00000000-0000-4000-8000-${String(++number).padStart(12, '0')}`

/** `cs:Request` about one person. */
export const personAsked = (iin: string, more: Markup[] = []): Markup =>
  element(
    'data',
    {
      'xmlns:cs': 'http://message.persistence.interactive.nat',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:type': 'cs:Request',
    },
    element('messageId', {}, nextId()),
    element('messageDate', {}, '2019-10-14T10:15:30.120+05:00'),
    element('senderCode', {}, 'DEMO'),
    element('iin', {}, iin),
    ...more,
  )

export const syncMessage = (data: Markup, service = 'GBDFL_UniversalServiceSync', sender: OutgoingRequest<'SendMessage'>['sender'] = iis) =>
  requestMarkup('SendMessage', syncNamespace, {
    messageId: nextId(),
    serviceId: service,
    messageDate: '2019-10-14T10:15:30.120+05:00',
    sender,
    properties: [],
    data,
  })

export const asyncMessage = <Op extends Exclude<Operation, 'SendMessage' | 'changeMassageStatusNotification'>>(
  operation: Op,
  said: OutgoingRequest<Op>,
) => requestMarkup(operation, asyncNamespace, said)

export const letter = (
  type: 'REQUEST' | 'NOTIFICATION' | 'RESPONSE',
  sender = iis,
  correlationId?: string,
  text = 'x',
  serviceId = 'DEMO_TEST',
) =>
  asyncMessage('sendMessage', {
    serviceId,
    messageType: type,
    messageDate: '2019-10-14T10:15:30.120+05:00',
    sender,
    properties: [],
    data: verbatim(`<data><demo xmlns="urn:demo">${text}</demo></data>`),
    ...(correlationId === undefined ? {} : { correlationId }),
  })

export async function signed(contour: Contour, content: Markup, as = 'corporation-system'): Promise<Buffer> {
  const signer = await contour.keys.system(as)
  if (signer === null) throw new Error(`no system ${as}`)
  return signBody(envelopeBytes(content), signer)
}

export interface Heard {
  readonly status: number
  readonly type: string
  readonly text: string
  readonly code: string | null
  readonly bytes: Buffer
}

/** Posts bytes and reads what comes back; a fault's code apart. */
export async function post(url: string, bytes: Uint8Array, init: RequestInit = {}): Promise<Heard> {
  const headers = { 'content-type': 'text/xml; charset=UTF-8', soapaction: '""' }
  const response = await fetch(url, { method: 'POST', body: Uint8Array.from(bytes), headers, ...init })
  const answer = Buffer.from(await response.arrayBuffer())
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    text: answer.toString(),
    code: codeOf(answer),
    bytes: answer,
  }
}

function codeOf(bytes: Buffer): string | null {
  try {
    return readFault(readEnvelope(bytes).content)?.code ?? null
  } catch {
    return null
  }
}

export const responseOf = <Op extends Operation>(operation: Op, { bytes }: Heard): IncomingResponse<Op> =>
  readResponse(operation, readEnvelope(bytes, { bytes: 64 << 20 }).content)

/** A request whose connection the test holds itself, to see how it ends. */
export function rawPost(url: string, bytes: Uint8Array): Promise<{ ended: 'whole' | string; received: number; ms: number }> {
  const began = performance.now()
  return new Promise((resolve) => {
    let received = 0
    const done = (ended: string) => resolve({ ended, received, ms: performance.now() - began })
    const request = httpRequest(url, { method: 'POST', headers: { 'content-type': 'text/xml', soapaction: '""' } }, (response) => {
      response.on('data', (piece: Buffer) => {
        received += piece.length
      })
      response.on('end', () => done('whole'))
      response.on('error', (cause: NodeJS.ErrnoException) => done(cause.code ?? cause.name))
    })
    request.on('error', (cause: NodeJS.ErrnoException) => done(cause.code ?? cause.name))
    request.end(bytes)
  })
}
