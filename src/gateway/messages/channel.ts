import type { CallOptions, TechnicalFailure } from '../failure.ts'
import type { WireMessage } from '../tap.ts'
import type { Payload } from './payload.ts'

/**
 * Asynchronous messages between the Corporation's workstation and the regional gateway's workstation (ЭҮАШ АЖО), as AsyncChannel v10 of
 * the gateway carries them. One case's talk: REQUEST → delivery notification → NOTIFICATION … → RESPONSE, all under one correlation id.
 */
export type MessageType = 'REQUEST' | 'NOTIFICATION' | 'UPDATE' | 'RESPONSE'
export type MessageState = 'ON_DELIVERY' | 'DELIVERED' | 'NOT_DELIVERED' | 'DELIVERY_STOPPED'

interface Outgoing {
  /** Route on the gateway: the receiver of a REQUEST is whoever serves it. */
  readonly serviceId: string
  /** RFC 3339 with offset, by the sender's clock. */
  readonly messageDate: string
  readonly payload: Payload
  /** `payload.message` of the case's message before this one: this one does not leave before that one was taken by its receiver. */
  readonly after?: string
}

/** The gateway makes the correlation id of a REQUEST; everything else must name the one it belongs to. */
export type OutgoingMessage = Outgoing &
  (
    | { readonly messageType: 'REQUEST'; readonly correlationId?: undefined }
    | { readonly messageType: 'NOTIFICATION' | 'UPDATE' | 'RESPONSE'; readonly correlationId: string }
  )

/** `accepted`: the gateway has it, no more; whether the receiver took it is told by `getMessageStatus` or `status`. */
export type Sent =
  | { readonly kind: 'accepted'; readonly messageId: string; readonly correlationId: string; readonly responseDate: string }
  | TechnicalFailure

export interface IncomingMessage {
  /** Made by the gateway. The same message may come twice under one id, and once more under another if the sender repeated it. */
  readonly messageId: string
  readonly correlationId: string
  readonly messageType: MessageType
  readonly serviceId: string
  readonly senderId: string
  readonly messageDate: string
  readonly payload: Payload
  /** Hex SHA-256 of the payload's canonical JSON: the receiver's chain holds it beside its own event. */
  readonly digest: string
  /** As it came on the wire, for the journal; absent where there is no wire. */
  readonly original?: WireMessage
}

/**
 * The receiver's word on one message. `accepted` only after what it causes is committed. `notAccepted` with `resend` false ends the delivery:
 * the message can never be taken as it is (another edition of the law, a shape that cannot be read).
 */
export type Receipt =
  | { readonly kind: 'accepted'; readonly at: string }
  | { readonly kind: 'notAccepted'; readonly at: string; readonly resend: boolean; readonly code: RejectionCode }

/**
 * `lawDiffers`: the receiver holds another file of the regulation; `termsDiffer`: it counts another due date by the same file; `notFollowing`: what
 * is told cannot follow from what it has of the case; `numberTaken`: it has another case of this number; `unreadable`: no such shape, or a file that
 * is not what its digest says; `unknownCase`: no request with this correlation; `busy`: later.
 */
export const rejectionCodes = ['lawDiffers', 'termsDiffer', 'notFollowing', 'numberTaken', 'unreadable', 'unknownCase', 'busy'] as const
export type RejectionCode = (typeof rejectionCodes)[number]

export interface MessageStatus {
  readonly messageId: string
  readonly state: MessageState
  /** When it came into this state, RFC 3339. */
  readonly at: string
  /** Why it was not delivered. */
  readonly code: RejectionCode | null
}

/** `unknown`: the gateway has no message of this id (it was restarted, or never took it): send again under the same `payload.message`. */
export type StatusAnswer = { readonly kind: 'status'; readonly status: MessageStatus } | { readonly kind: 'unknown' } | TechnicalFailure

export interface Listener {
  /** Called once for each message of a sender, however often the gateway brings it. To throw is to ask for it again later. */
  message(message: IncomingMessage): Promise<Receipt>
  /** A message that we sent has come into another state. May come late or twice. */
  status?(status: MessageStatus): Promise<void>
}

/** One participant's side of the gateway. An outage is an answer, never an exception; a payload of another shape is a breakage and throws. */
export interface MessageChannel {
  readonly senderId: string
  /**
   * Sends once. After a failure the gateway may still have the message: repeat it with the same `payload.message`, and the receiver takes it once.
   * Messages of one correlation sent one after another may arrive in another order.
   */
  sendMessage(message: OutgoingMessage, options?: CallOptions): Promise<Sent>
  getMessageStatus(messageId: string, options?: CallOptions): Promise<StatusAnswer>
  /** Begins to receive, by being called or by asking regularly. One listener at a time; the result stops it, after what is at hand. */
  listen(listener: Listener): () => Promise<void>
}
