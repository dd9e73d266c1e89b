import type { Answer } from '../engine/case/input.ts'
import type { BilingualText, FailureCode } from './failure.ts'
import { technicalFailure } from './failures.ts'
import type { MessageStatus, RejectionCode, Sent, StatusAnswer } from './messages/channel.ts'
import type { RegisterAnswer } from './register/register.ts'

/** From what an outside system said to what the case is told. Pure: whoever runs the effect decides when to ask again, and says so in `retryAt`. */

/**
 * @param retryAt RFC 3339, when the question will be asked again; only where the failure can mend itself
 */
export function answerOfRegister(said: RegisterAnswer, retryAt?: string): Answer {
  switch (said.kind) {
    case 'found':
      return { kind: 'found', person: { ...said.person }, exchange: said.exchange.id }
    case 'notFound':
      return { kind: 'notFound', text: bothWords(said.text), exchange: said.exchange.id }
    case 'technicalFailure':
      return failed(said.code, said.text, said.retryable ? retryAt : undefined)
  }
}

/**
 * What a sending step may be told now; `wait`: nothing yet, the message is on its way; `repeat`: the gateway does not have it, send it again
 * under the same name.
 */
export type Delivery = { readonly kind: 'answer'; readonly answer: Answer } | { readonly kind: 'wait' } | { readonly kind: 'repeat' }

/** To have been handed to the gateway is not to have been delivered: only a failure is told to the case at once. */
export function answerOfSending(sent: Sent, retryAt?: string): Delivery {
  if (sent.kind === 'accepted') return { kind: 'wait' }
  return { kind: 'answer', answer: failed(sent.code, sent.text, sent.retryable ? retryAt : undefined) }
}

export function answerOfStatus(said: StatusAnswer, retryAt?: string): Delivery {
  switch (said.kind) {
    case 'unknown':
      return { kind: 'repeat' }
    case 'technicalFailure':
      return { kind: 'answer', answer: failed(said.code, said.text, said.retryable ? retryAt : undefined) }
    case 'status':
      return answerOfState(said.status)
  }
}

/** The same for a state that the gateway told by itself. */
export function answerOfState({ state, messageId, at, code: why }: MessageStatus): Delivery {
  switch (state) {
    case 'ON_DELIVERY':
      return { kind: 'wait' }
    case 'DELIVERED':
      return { kind: 'answer', answer: { kind: 'delivered', exchange: messageId, receivedAt: at } }
    case 'NOT_DELIVERED':
    case 'DELIVERY_STOPPED': {
      // A receiver that will not take it: never a decision on the application, and repeating it changes nothing.
      const { code, text } = technicalFailure((why && whyNot[why]) ?? 'remote-service-error')
      return { kind: 'answer', answer: failed(code, text) }
    }
  }
}

const whyNot: Partial<Record<RejectionCode, FailureCode>> = {
  lawDiffers: 'law-differs',
  termsDiffer: 'terms-differ',
  notFollowing: 'node-refused',
  numberTaken: 'node-refused',
  unknownCase: 'node-refused',
}

function failed(code: FailureCode, text: BilingualText, retryAt?: string): Answer {
  return { kind: 'technicalFailure', code, text: bothWords(text), ...(retryAt === undefined ? {} : { retryAt }) }
}

/** The register's words are ready in both languages; the case keeps them as given, Kazakh first. */
const bothWords = ({ kk, ru }: BilingualText): string => (kk === ru ? kk : `${kk} / ${ru}`)
