import { canonical } from '../../ledger/canonical.ts'
import type { IncomingMessage, Listener, MessageChannel, MessageStatus, OutgoingMessage, Receipt, Sent } from '../messages/channel.ts'
import { type AttendedParts, attend, held, learnFrom, messageMs } from './attend.ts'
import type { AttemptEnd } from './journal.ts'

/** A channel whose every message, either way, stands in the journal; one leaves alone of its name, after the one that must go before it. */
export function attendedChannel(channel: MessageChannel, parts: AttendedParts, timeoutMs = messageMs): MessageChannel {
  const { journal, services } = parts
  return {
    senderId: channel.senderId,
    sendMessage: (message, { signal } = {}) =>
      attend(
        parts,
        { ...nameOf(message), direction: 'out', timeoutMs, signal, after: message.after },
        (o) => channel.sendMessage(message, o),
        endOf,
      ),
    // Asked many times for one message: no row each, but whether the gateway lives is learned from it.
    async getMessageStatus(messageId, options) {
      const service = 'messageStatus'
      const waitMs = await services.admit(service)
      if (waitMs > 0) return held(waitMs)
      const said = await channel.getMessageStatus(messageId, options)
      await learnFrom(parts, service, messageId, said)
      if (said.kind === 'status') await settled(parts, said.status)
      return said
    },
    listen: (listener) => channel.listen(attendedListener(parts, listener)),
  }

  function attendedListener(at: AttendedParts, listener: Listener): Listener {
    return {
      message: (message) => receive(at, listener, message),
      async status(status) {
        await settled(at, status)
        await listener.status?.(status)
      },
    }
  }

  async function settled(at: AttendedParts, { messageId, state, at: when }: MessageStatus): Promise<void> {
    if (state === 'ON_DELIVERY') return
    await journal.settle(messageId, state === 'DELIVERED' ? 'delivered' : 'undelivered', when).catch((cause: unknown) => at.failed?.(cause))
  }
}

const nameOf = ({ serviceId, payload }: OutgoingMessage) => ({
  home: payload.case.home,
  case: payload.case.number,
  key: payload.message,
  service: serviceId,
})

const endOf = (sent: Sent): Omit<AttemptEnd, 'tookMs'> =>
  sent.kind === 'accepted'
    ? { outcome: 'accepted', answeredAt: sent.responseDate, answerId: sent.messageId, correlationId: sent.correlationId }
    : { outcome: sent.code, answeredAt: null }

/** The row stands before the message is taken; its words are kept after, when there is a case whose key seals them. */
async function receive(parts: AttendedParts, listener: Listener, message: IncomingMessage): Promise<Receipt> {
  const { journal, now, told } = parts
  const { payload, serviceId } = message
  const at = { home: payload.case.home, case: payload.case.number }
  const id = await journal.begin({ ...at, key: payload.message, service: serviceId, direction: 'in', sentAt: now() })
  const began = performance.now()
  const receipt = await listener.message(message)
  const tookMs = performance.now() - began
  const outcome = receipt.kind === 'accepted' ? 'taken' : receipt.code
  told?.(serviceId, outcome, tookMs / 1000)
  try {
    const end = { outcome, answeredAt: receipt.at, tookMs, answerId: message.messageId, correlationId: message.correlationId } as const
    await journal.end(at.home, id, end)
    const bytes = message.original ?? {
      bytes: new TextEncoder().encode(canonical(JSON.parse(JSON.stringify(payload)))),
      id: message.messageId,
    }
    if (receipt.kind === 'accepted') await journal.keep({ ...at, id }, 'request', bytes)
  } catch (cause) {
    parts.failed?.(cause)
  }
  return receipt
}
