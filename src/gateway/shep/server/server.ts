import { createHash, randomUUID } from 'node:crypto'
import type { Certificate } from '../../../seal/certificates/certificate.ts'
import { signBody, type XmlSigner } from '../../../seal/xmldsig/sign.ts'
import { canonicalXml } from '../../../xml/canonical.ts'
import { XmlRefused } from '../../../xml/refused.ts'
import type { XmlElement } from '../../../xml/tree.ts'
import type { Markup } from '../../../xml/write.ts'
import type { SignatureFinding } from '../../tap.ts'
import { type Envelope, envelopeBytes, readEnvelope } from '../envelope.ts'
import { faultMarkup, isShepCode, wordsOf } from '../faults.ts'
import type { IncomingRequest, OutgoingResponse, Sender } from '../messages.ts'
import { type Channel, namespacesOf, type Operation } from '../names.ts'
import { readRequest } from '../read.ts'
import { shepSchemas } from '../schemas.ts'
import { judgeTransport, type TransportTrust } from '../transport.ts'
import { responseMarkup } from '../write.ts'
import { ShepRefusal } from './refusal.ts'
import { type Seen, seenInMemory } from './seen.ts'

/** What a handler knows of a message besides what it says. */
export interface Received {
  /** As they came. */
  readonly bytes: Uint8Array
  readonly envelope: Envelope
  /** Under which the operation came; the answer goes out under the same. */
  readonly namespace: string
  /** Whose signature the Body carries; null where signatures are not asked for and there is none. */
  readonly certificate: Certificate | null
  /** What the journal may keep of the signature; absent where nobody looked. */
  readonly finding?: SignatureFinding
  readonly signal: AbortSignal
}

export type Handlers = {
  readonly [Op in Operation]?: (request: IncomingRequest<Op>, received: Received) => Promise<OutgoingResponse<Op>>
}

export interface ShepServerOptions {
  readonly channel: Channel
  /** The operations that are served; throw `ShepRefusal` for a fault. Anything else that is thrown is SCE909. */
  readonly handlers: Handlers
  /** null: messages may come unsigned (a test contour only). */
  readonly trust: TransportTrust | null
  /** Signs answers and faults; null: nobody does. */
  readonly signer: XmlSigner | null
  readonly now: () => string
  readonly seen?: Seen
  /** Who may send: throws `ShepRefusal` otherwise. Default: whoever's signature is believed. */
  readonly admit?: (sender: Sender | null, certificate: Certificate | null) => Promise<void> | void
  /** Of one message. Default 4 MiB. */
  readonly mostBytes?: number
  /** Handled at once; what comes above it is answered SCE909 without being read. Default 64. */
  readonly mostAtOnce?: number
  /** Of all that are handled at once. Default 64 MiB: with its tree a message is some ten times as large. */
  readonly mostBytesAtOnce?: number
  /** A breakage of ours behind an SCE909, for the log. */
  readonly broke?: (cause: unknown) => void
}

export interface ShepReply {
  /** 200, or 500 with a fault, by the HTTP binding of SOAP 1.1. */
  readonly status: 200 | 500
  readonly body: Buffer
  /** The code of the fault, or null. */
  readonly fault: string | null
}

/** One channel of a participant, or of the gateway: bytes in, bytes out, whatever comes. */
export interface ShepServer {
  handle(bytes: Uint8Array, options?: { readonly signal?: AbortSignal }): Promise<ShepReply>
}

/** What of a message is known so far: a fault is told under its operation. */
interface Place {
  operation: Operation
  namespace: string
}

/** Payloads of the gateway have hundreds of elements; what is kept while a signature is judged stays below some ten megabytes. */
const narrow = { elements: 20_000, nodes: 60_000 }

const served: Readonly<Record<Channel, readonly [Operation, ...Operation[]]>> = {
  sync: ['SendMessage'],
  async: ['sendMessage', 'sendDeliveryNotification', 'getMessageStatus', 'getMessages'],
  client: ['sendMessage', 'changeMassageStatusNotification'],
}

/**
 * Serves one channel. In this order: bytes, XML, envelope (SCE001); the signature of the Body over the bytes as they came (SCE007, SCE006, SCE005); the schema
 * (SCE001); whether the sender may; whether the message came before (SCE001); the handler.
 */
export function shepServer(options: ShepServerOptions): ShepServer {
  const { channel, now, signer, mostAtOnce = 64, mostBytesAtOnce = 64 << 20 } = options
  const seen = options.seen ?? seenInMemory()
  const atWork = { messages: 0, bytes: 0 }

  async function handle(bytes: Uint8Array, signal: AbortSignal): Promise<ShepReply> {
    const place: Place = { operation: served[channel][0], namespace: namespacesOf[channel][0] }
    try {
      if (atWork.messages >= mostAtOnce || atWork.bytes + bytes.length > mostBytesAtOnce) throw new ShepRefusal('SCE909', 'busy')
      atWork.messages++
      atWork.bytes += bytes.length
      try {
        return { status: 200, body: await sealed(await answer(bytes, place, signal)), fault: null }
      } finally {
        atWork.messages--
        atWork.bytes -= bytes.length
      }
    } catch (cause) {
      return fault(place, cause)
    }
  }

  async function answer(bytes: Uint8Array, place: Place, signal: AbortSignal): Promise<Markup> {
    const envelope = readEnvelope(bytes, { ...narrow, bytes: options.mostBytes ?? 4 << 20 })
    const { content } = envelope
    const operation = served[channel].find((one) => one === content.local && namespacesOf[channel].includes(content.namespace))
    if (operation !== undefined) Object.assign(place, { operation, namespace: content.namespace })
    const signer = await signerOf(envelope)
    if (operation === undefined) throw new ShepRefusal('SCE001', `${content.local} is no operation of this channel`)
    const problems = (await shepSchemas()).problems(content)
    if (problems.length > 0) throw new ShepRefusal('SCE001', problems.slice(0, 3).join('; '))
    return dispatch(operation, content, { bytes, envelope, namespace: content.namespace, signal, ...signer })
  }

  async function signerOf({ document }: Envelope): Promise<Pick<Received, 'certificate' | 'finding'>> {
    if (options.trust === null) return { certificate: null }
    const said = await judgeTransport(document, options.trust, now())
    if (said.kind === 'believed') return { certificate: said.certificate, finding: said.finding }
    throw new ShepRefusal(said.code, `${said.reason}: ${said.detail}`)
  }

  async function dispatch<Op extends Operation>(operation: Op, content: XmlElement, received: Received): Promise<Markup> {
    const request = readRequest(operation, content)
    const handler: Handlers[Op] = options.handlers[operation]
    if (handler === undefined) throw new ShepRefusal('SCE004', operation)
    const sender = 'sender' in request ? (request.sender ?? null) : null
    await options.admit?.(sender, received.certificate)
    const key = replayKey(channel, operation, sender, 'messageId' in request ? request.messageId : undefined, received.envelope.body)
    if (key !== null && !(await seen.take(key))) throw new ShepRefusal('SCE001', 'this message came before')
    try {
      const said = await handler(request, received)
      if (key !== null) await seen.keep?.(key)
      return responseMarkup(operation, received.namespace, said)
    } catch (cause) {
      if (key !== null) await seen.release(key)
      throw cause
    }
  }

  async function fault({ operation, namespace }: Place, cause: unknown): Promise<ShepReply> {
    const refusal = refusalOf(cause)
    if (refusal.code === 'SCE909' && cause !== refusal) options.broke?.(cause)
    const said = faultMarkup(operation, namespace, {
      errorCode: refusal.code,
      errorMessage: refusal.words ?? (isShepCode(refusal.code) ? wordsOf(refusal.code).ru : refusal.code),
      ...(refusal.message === '' ? {} : { errorData: showable(refusal.message) }),
      errorDate: now(),
    })
    return { status: 500, body: await sealedIfPossible(said), fault: refusal.code }
  }

  const sealed = async (content: Markup): Promise<Buffer> => {
    const bytes = envelopeBytes(content, `id-${randomUUID()}`)
    return signer === null ? bytes : signBody(bytes, signer)
  }

  /** A fault that cannot be signed is told all the same: whoever hears it only learns that there is no answer. */
  const sealedIfPossible = (content: Markup): Promise<Buffer> =>
    sealed(content).catch((cause: unknown) => {
      options.broke?.(cause)
      return envelopeBytes(content)
    })

  return { handle: (bytes, { signal } = {}) => handle(bytes, signal ?? new AbortController().signal) }
}

/**
 * By what a message is known again. Questions and confirmations do the same however often they come, and what the gateway pushes may rightly come
 * twice: its receiver tells duplicates apart (`once`). Where the gateway makes the id, the signed Body itself is the key.
 */
function replayKey(
  channel: Channel,
  operation: Operation,
  sender: Sender | null,
  messageId: string | undefined,
  body: XmlElement,
): string | null {
  if (channel === 'client' || (operation !== 'SendMessage' && operation !== 'sendMessage')) return null
  const own = messageId ?? canonicalXml(body, { exclusive: true, comments: false }).toString('utf8')
  const named = JSON.stringify([sender?.senderId ?? '', operation, messageId !== undefined, own])
  // A digest: whoever sends chooses how long the id is, and a hundred thousand are kept.
  return createHash('sha256').update(named).digest('base64')
}

function refusalOf(cause: unknown): ShepRefusal {
  if (cause instanceof ShepRefusal) return cause
  if (cause instanceof XmlRefused) return new ShepRefusal('SCE001', `${cause.reason}: ${cause.message}`)
  return new ShepRefusal('SCE909', '')
}

/** What parsers say may repeat signs that no XML holds. */
const showable = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[^\t\n\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '?')
    .slice(0, 500)
