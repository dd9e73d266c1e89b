import type { CallOptions } from '../../failure.ts'
import { type Question, type ShepClientSettings, shepClient } from '../../shep/client/client.ts'
import type { AsyncMessage } from '../../shep/messages.ts'
import { ShepRefusal } from '../../shep/server/refusal.ts'
import { type ShepServer, shepServer } from '../../shep/server/server.ts'
import { instantText } from '../../shep/time.ts'
import type { TransportTrust } from '../../shep/transport.ts'
import type { WireMessage } from '../../tap.ts'
import type { Listener, MessageChannel, MessageStatus, OutgoingMessage, Receipt, Sent, StatusAnswer } from '../channel.ts'
import { once, type Taken, takenInMemory } from '../once.ts'
import { dataOf } from './data.ts'
import { pulling } from './pull.ts'
import { deliveryOf, incomingOf, statusOf } from './receive.ts'

export interface ShepMessagesSettings extends Omit<ShepClientSettings, 'channel' | 'trust'> {
  /** Whose answers and pushes are believed: the gateway's. null: anybody's (a test contour only). */
  readonly trust: TransportTrust | null
  /**
   * `push`: the gateway calls `push` of this channel, which has to be mounted where it is registered. `pull`: this side asks for what waits under
   * these services, and for the state of what it sent, every so many ms.
   */
  readonly receive: { readonly kind: 'push' } | { readonly kind: 'pull'; readonly services: readonly string[]; readonly everyMs: number }
  /** Where receipts are remembered; absent: in memory. */
  readonly taken?: Taken
  /** A breakage of ours while receiving, for the log. */
  readonly broke?: (cause: unknown) => void
}

export interface ShepMessages extends MessageChannel {
  /** What the gateway calls; serves in every mode, and refuses (SCE909, to come again) while nobody listens. */
  readonly push: ShepServer
  /** Ends the connections that are kept. */
  close(): void
}

/** One participant's messages over AsyncChannel v10. */
export function shepMessages(settings: ShepMessagesSettings): ShepMessages {
  const { now, receive, broke } = settings
  const client = shepClient({ ...settings, channel: 'async' })
  const { senderId } = settings.sender
  const taken = settings.taken ?? takenInMemory()
  const atHand = new Set<Promise<unknown>>()
  let listener: Listener | null = null
  let take: Listener['message'] | null = null
  /** Sent, and their end not yet told: asked for where nobody pushes it. */
  const open = new Map<string, MessageStatus['state']>()

  /** Gives a message to the listener and tells the gateway its word; only then is it done. Throws where the gateway cannot be told: it will bring it again. */
  async function handle(said: AsyncMessage & { readonly messageId: string }, original: WireMessage): Promise<void> {
    if (take === null) throw new ShepRefusal('SCE909', 'nobody listens')
    const message = incomingOf(said, original)
    const receipt: Receipt = message === null ? { kind: 'notAccepted', at: now(), resend: false, code: 'unreadable' } : await take(message)
    const told = await client.call('sendDeliveryNotification', deliveryOf(said, receipt, now()))
    if (told.kind !== 'answer') throw new ShepRefusal('SCE909', 'the receipt could not be told')
  }

  const atWork = async <T>(work: Promise<T>): Promise<T> => {
    atHand.add(work)
    try {
      return await work
    } finally {
      atHand.delete(work)
    }
  }

  async function sendMessage(message: OutgoingMessage, options: CallOptions = {}): Promise<Sent> {
    const { serviceId, messageType, messageDate, correlationId } = message
    const correlated = correlationId === undefined ? {} : { correlationId }
    const question: Question<'sendMessage'> = {
      serviceId,
      messageType,
      messageDate,
      properties: [],
      data: dataOf(message.payload),
      ...correlated,
    }
    const said = await client.call('sendMessage', question, options)
    if (said.kind !== 'answer') return said
    const { response } = said
    if (receive.kind === 'pull') remember(open, response.messageId)
    return {
      kind: 'accepted',
      messageId: response.messageId,
      correlationId: response.correlationId,
      responseDate: instantText(response.responseDate) ?? now(),
    }
  }

  async function getMessageStatus(messageId: string, options: CallOptions = {}): Promise<StatusAnswer> {
    const said = await client.call('getMessageStatus', { messageId, requestDate: now(), properties: [] }, options)
    if (said.kind === 'answer') return { kind: 'status', status: statusOf(messageId, said.response) }
    // The question itself is of the right format: what does not match is the id, which the gateway does not have.
    return said.fault?.code === 'SCE001' ? { kind: 'unknown' } : said
  }

  const push = shepServer({
    channel: 'client',
    trust: settings.trust,
    signer: settings.signer,
    now,
    ...(broke ? { broke } : {}),
    handlers: {
      async sendMessage(said, { bytes, finding }) {
        const { messageId, correlationId } = said
        if (messageId === undefined || correlationId === undefined)
          throw new ShepRefusal('SCE001', 'a pushed message has messageId and correlationId')
        await atWork(handle({ ...said, messageId }, { bytes, id: messageId, ...(finding ? { signature: finding } : {}) }))
        return { messageId, correlationId, responseDate: now() }
      },
      async changeMassageStatusNotification(said) {
        if (listener === null) throw new ShepRefusal('SCE909', 'nobody listens')
        await atWork(Promise.resolve(listener.status?.(statusOf(said.messageId, said, said.error?.errorCode ?? said.status.statusCode))))
        return {}
      },
    },
  })

  return {
    senderId,
    push,
    sendMessage,
    getMessageStatus,
    listen(given) {
      if (listener !== null) throw new Error(`${senderId} is listening already.`)
      listener = given
      take = once(given.message.bind(given), now, taken)
      const stop =
        receive.kind === 'pull'
          ? pulling({ client, now, ...receive, open, handle, status: getMessageStatus, told: (status) => given.status?.(status), broke })
          : null
      return async () => {
        await stop?.()
        listener = null
        take = null
        await Promise.allSettled(atHand)
      }
    },
    close: client.close,
  }
}

/** As many as can be asked for in a while; the states of others are still told to whoever asks. */
const mostOpen = 2_000

function remember(open: Map<string, MessageStatus['state']>, messageId: string): void {
  open.set(messageId, 'ON_DELIVERY')
  for (const oldest of open.keys()) {
    if (open.size <= mostOpen) return
    open.delete(oldest)
  }
}
