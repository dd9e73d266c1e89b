import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { technicalFailure } from '../../failures.ts'
import { nextAttempt } from '../../retry.ts'
import type { IncomingMessage, Listener, MessageChannel, MessageState, MessageStatus, OutgoingMessage, Receipt, Sent } from '../channel.ts'
import { once, type Taken } from '../once.ts'
import { payload, payloadDigest } from '../payload.ts'

/** What may go wrong, settable while it runs: a page of the demonstration or a test writes into this object. */
export interface MessageFaults {
  /** Nothing can be handed over, and what the gateway has stays with it. */
  down: boolean
  /** Each delivery takes so long, in ms. */
  delayMs: number
  /** Each message is brought twice. */
  duplicate: boolean
  /** Every other message is held back behind the next. */
  reorder: boolean
  /** The gateway takes a message, but its sender never hears so. */
  lostReply: boolean
}

export interface Participant {
  readonly senderId: string
  /** Services whose requests come to this participant. */
  readonly serves?: readonly string[]
  /** Where receipts are remembered; absent: in memory. */
  readonly taken?: Taken
}

/** A message as a page of the gateway may show it: without what it says. */
export type Passage = Omit<IncomingMessage, 'payload'> & MessageStatus & { readonly to: string; readonly arrivals: number }

export interface InProcessGateway {
  readonly faults: MessageFaults
  join(participant: Participant): MessageChannel
  /** Newest last; finished ones are forgotten above 1,000. */
  passages(): Passage[]
  /** Until nothing is on delivery. */
  settled(): Promise<void>
  /** Stops every delivery; what is on delivery is lost, as with any process that ends. */
  close(): Promise<void>
}

interface Seat {
  readonly taken: Taken | undefined
  listener: Listener | null
  take: Listener['message'] | null
}
interface Entry {
  readonly message: IncomingMessage
  readonly to: string
  status: MessageStatus
  arrivals: number
}

const patience = { firstMs: 10, longestMs: 1_000, factor: 2 }
const mostRefusals = 40
const heldBackMs = 40
const remembered = 1_000

/** The gateway between two workstations of one process: the same messages, states and troubles as on the wire, nothing kept over a restart. */
export function inProcessGateway(now: () => string, given: Partial<MessageFaults> = {}): InProcessGateway {
  const faults: MessageFaults = { down: false, delayMs: 0, duplicate: false, reorder: false, lostReply: false, ...given }
  const seats = new Map<string, Seat>()
  const servers = new Map<string, string>()
  const talks = new Map<string, readonly [string, string]>()
  const entries = new Map<string, Entry>()
  const running = new Set<Promise<void>>()
  const end = new AbortController()
  let sent = 0

  const become = async (entry: Entry, state: MessageState, code: MessageStatus['code']): Promise<void> => {
    entry.status = { messageId: entry.message.messageId, state, at: now(), code }
    // The sender can always ask: what goes wrong with telling is not the delivery's matter.
    await seats
      .get(entry.message.senderId)
      ?.listener?.status?.(entry.status)
      .catch(() => {})
  }

  async function deliver(entry: Entry, holdMs: number): Promise<void> {
    await pause(faults.delayMs + holdMs)
    // An unreachable receiver is waited for without end; one that takes nothing is given up.
    for (let [attempt, refusals] = [1, 0]; !end.signal.aborted; attempt++) {
      const receipt = await bring(entry)
      if (receipt !== null) refusals++
      if (receipt?.kind === 'accepted') return become(entry, 'DELIVERED', null)
      if (receipt !== null && (!receipt.resend || refusals >= mostRefusals)) return become(entry, 'NOT_DELIVERED', receipt.code)
      await pause(nextAttempt(attempt, entry.message.messageId, patience))
    }
  }

  /** null: the receiver could not be reached; that may last as long as it likes. */
  async function bring(entry: Entry): Promise<Receipt | null> {
    const take = seats.get(entry.to)?.take
    if (faults.down || !take) return null
    entry.arrivals++
    const receipt = await take(entry.message)
    if (!faults.duplicate) return receipt
    entry.arrivals++
    return take(entry.message)
  }

  const pause = (ms: number): Promise<void> => (ms <= 0 ? Promise.resolve() : sleep(ms, undefined, { signal: end.signal }).catch(() => {}))

  function post(from: string, to: string, correlationId: string, said: OutgoingMessage): Sent {
    const { serviceId, messageType, messageDate } = said
    const [messageId, body] = [randomUUID(), payload.parse(said.payload)]
    const message = {
      messageId,
      correlationId,
      messageType,
      serviceId,
      senderId: from,
      messageDate,
      payload: body,
      digest: payloadDigest(body),
    }
    const entry: Entry = { message, to, status: { messageId, state: 'ON_DELIVERY', at: now(), code: null }, arrivals: 0 }
    entries.set(messageId, entry)
    forgetOldest(entries)
    const work: Promise<void> = deliver(entry, faults.reorder && sent++ % 2 === 0 ? heldBackMs : 0).finally(() => running.delete(work))
    running.add(work)
    if (faults.lostReply) return technicalFailure('govtech-transport-error')
    return { kind: 'accepted', messageId, correlationId, responseDate: now() }
  }

  function channelOf({ senderId, taken }: Participant): MessageChannel {
    const seat: Seat = { taken, listener: null, take: null }
    seats.set(senderId, seat)
    return {
      senderId,
      async sendMessage(said, { signal, tap } = {}) {
        await tap?.sends({ id: null, bytes: new TextEncoder().encode(JSON.stringify(said.payload)) })
        if (faults.down || signal?.aborted) return technicalFailure('govtech-transport-error')
        if (said.messageType !== 'REQUEST') {
          const to = talks.get(said.correlationId)?.find((party) => party !== senderId)
          // A talk that the gateway knows nothing of is a message that does not match the format: to repeat it is useless.
          return to === undefined ? technicalFailure('shep-error') : post(senderId, to, said.correlationId, said)
        }
        const to = servers.get(said.serviceId)
        if (to === undefined) return technicalFailure('shep-error')
        const correlationId = randomUUID()
        talks.set(correlationId, [senderId, to])
        return post(senderId, to, correlationId, said)
      },
      async getMessageStatus(messageId) {
        if (faults.down) return technicalFailure('govtech-transport-error')
        const entry = entries.get(messageId)
        return entry?.message.senderId === senderId ? { kind: 'status', status: entry.status } : { kind: 'unknown' }
      },
      listen(listener) {
        if (seat.listener !== null) throw new Error(`${senderId} is listening already.`)
        const atHand = new Set<Promise<Receipt>>()
        const take = once(listener.message.bind(listener), now, seat.taken)
        seat.listener = listener
        seat.take = async (message) => {
          const work: Promise<Receipt> = take(message).finally(() => atHand.delete(work))
          atHand.add(work)
          return work
        }
        return async () => {
          seat.listener = null
          seat.take = null
          await Promise.allSettled(atHand)
        }
      },
    }
  }

  return {
    faults,
    join(participant) {
      for (const service of participant.serves ?? []) servers.set(service, participant.senderId)
      return channelOf(participant)
    },
    passages: () =>
      [...entries.values()].map(({ message: { payload: _, ...rest }, to, status, arrivals }) => ({ ...rest, ...status, to, arrivals })),
    async settled() {
      while (running.size > 0) await Promise.all(running)
    },
    async close() {
      end.abort()
      await Promise.allSettled(running)
    },
  }
}

function forgetOldest(entries: Map<string, Entry>): void {
  for (const [id, { status }] of entries) {
    if (entries.size <= remembered) return
    if (status.state !== 'ON_DELIVERY') entries.delete(id)
  }
}
