import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer } from '../../engine/case/input.ts'
import { answerOfSending, answerOfStatus } from '../../gateway/answers.ts'
import { technicalFailure } from '../../gateway/failures.ts'
import type { MessageChannel, OutgoingMessage } from '../../gateway/messages/channel.ts'
import { payloadDigest } from '../../gateway/messages/payload.ts'

/** Where a message lies on the gateway: asked for, it need not be sent a second time. */
export interface SentAs {
  readonly exchange: string
  readonly correlation: string
}

export type Delivery =
  | {
      readonly kind: 'delivered'
      readonly exchange: string
      readonly correlation: string
      readonly receivedAt: string
      readonly digest: string
    }
  | {
      readonly kind: 'failed'
      readonly answer: Failure
      readonly heldMs?: number | undefined
      readonly outOfTurn?: true | undefined
      readonly sentAs?: SentAs | undefined
    }
type Failure = Extract<Answer, { kind: 'technicalFailure' }>

/** How long the delivery of one message is watched before it is asked for again; in milliseconds. */
const watchFor = 5_000

/**
 * Hands a message to the gateway and waits until the other workstation has taken it. One that lies there already is only asked for; sent again under
 * the same name it is taken once.
 */
export async function deliver(
  channel: MessageChannel,
  message: OutgoingMessage,
  retryAt: string,
  before?: SentAs,
  patienceMs = watchFor,
): Promise<Delivery> {
  let at = before
  if (at === undefined) {
    const sent = await channel.sendMessage(message)
    if (sent.kind !== 'accepted') {
      const told = answerOfSending(sent, retryAt)
      return { kind: 'failed', answer: failureIn(told, retryAt), heldMs: sent.heldMs, outOfTurn: sent.outOfTurn }
    }
    at = { exchange: sent.messageId, correlation: sent.correlationId }
  }
  for (let waited = 0; waited <= patienceMs; waited += 50) {
    const told = answerOfStatus(await channel.getMessageStatus(at.exchange), retryAt)
    if (told.kind === 'repeat') return { kind: 'failed', answer: late(retryAt) }
    if (told.kind === 'answer') {
      const { answer } = told
      if (answer.kind === 'delivered') return { ...at, ...answer, digest: payloadDigest(message.payload) }
      // A gateway that is away may still have it; a receiver that refused it has to be asked anew.
      const mayMend = answer.kind === 'technicalFailure' && answer.retryAt !== undefined
      return { kind: 'failed', answer: failureIn(told, retryAt), ...(mayMend ? { sentAs: at } : {}) }
    }
    await sleep(50)
  }
  return { kind: 'failed', answer: late(retryAt), sentAs: at }
}

const failureIn = (told: ReturnType<typeof answerOfSending>, retryAt: string): Failure =>
  told.kind === 'answer' && told.answer.kind === 'technicalFailure' ? told.answer : late(retryAt)

/** Not delivered in the time it was watched: nothing is known but that it is not there yet. */
function late(retryAt: string): Failure {
  const { code, text } = technicalFailure('govtech-transport-error')
  return { kind: 'technicalFailure', code, text: `${text.kk} / ${text.ru}`, retryAt }
}
