import { setTimeout as sleep } from 'node:timers/promises'
import type { CallOptions } from '../../failure.ts'
import type { ShepClient } from '../../shep/client/client.ts'
import type { AsyncMessage } from '../../shep/messages.ts'
import type { WireMessage } from '../../tap.ts'
import type { MessageState, MessageStatus, StatusAnswer } from '../channel.ts'

export interface Pulling {
  readonly client: ShepClient
  readonly now: () => string
  readonly services: readonly string[]
  readonly everyMs: number
  /** Messages sent, by their last known state. */
  readonly open: Map<string, MessageState>
  readonly handle: (message: AsyncMessage & { readonly messageId: string }, original: WireMessage) => Promise<void>
  readonly status: (messageId: string, options: CallOptions) => Promise<StatusAnswer>
  readonly told: (status: MessageStatus) => Promise<void> | undefined
  readonly broke?: ((cause: unknown) => void) | undefined
}

const [mostAmount, statusesAtOnce] = [20, 50]

/** How many are asked for at once, by service: fewer where so many were too long for one answer. */
type Amounts = Map<string, number>

/** Asks for what waits, round after round, until it is stopped; what goes wrong in a round comes again in a later one. */
export function pulling(parts: Pulling): () => Promise<void> {
  const end = new AbortController()
  const amounts: Amounts = new Map()
  const running = (async () => {
    while (!end.signal.aborted) {
      const found = await round(parts, amounts, end.signal).catch((cause: unknown) => {
        parts.broke?.(cause)
        return 0
      })
      if (found === 0) await sleep(parts.everyMs, undefined, { signal: end.signal }).catch(() => {})
    }
  })()
  return async () => {
    end.abort()
    await running
  }
}

/** How many messages were taken: where some came, more may wait. */
async function round(parts: Pulling, amounts: Amounts, signal: AbortSignal): Promise<number> {
  let taken = 0
  for (const serviceId of parts.services) {
    if (signal.aborted) return taken
    const amount = amounts.get(serviceId) ?? mostAmount
    const said = await parts.client.call('getMessages', { requestDate: parts.now(), serviceId, amount, properties: [] }, { signal })
    if (said.kind !== 'answer') {
      if (said.stage === 'format') amounts.set(serviceId, Math.max(1, Math.floor(amount / 4)))
      continue
    }
    amounts.set(serviceId, Math.min(mostAmount, amount + 1))
    const { text } = said.envelope.document
    for (const message of said.response.messages) {
      const { messageId, data } = message
      // Of an answer with the messages of many cases only the one's own piece is its original.
      const { start, end } = (data.parent?.parent ?? data).span
      const bytes = Buffer.from(text.slice(start, end))
      if (
        messageId !== undefined &&
        (await isHandled(parts, { ...message, messageId }, { bytes, id: messageId, ...(said.finding ? { signature: said.finding } : {}) }))
      )
        taken++
    }
  }
  await askStates(parts, signal)
  return taken
}

async function isHandled(
  { handle, broke }: Pulling,
  message: AsyncMessage & { readonly messageId: string },
  original: WireMessage,
): Promise<boolean> {
  try {
    await handle(message, original)
    return true
  } catch (cause) {
    broke?.(cause)
    return false
  }
}

/** The oldest first; one that was asked goes behind the others. */
async function askStates({ open, status, told }: Pulling, signal: AbortSignal): Promise<void> {
  for (const [messageId, known] of [...open].slice(0, statusesAtOnce)) {
    const said = await status(messageId, { signal })
    if (said.kind === 'technicalFailure') return
    open.delete(messageId)
    if (said.kind === 'unknown') continue
    if (said.status.state === 'ON_DELIVERY') open.set(messageId, 'ON_DELIVERY')
    if (said.status.state !== known) await told(said.status)
  }
}
