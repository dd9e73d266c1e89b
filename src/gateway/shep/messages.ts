import type { XmlElement } from '../../xml/tree.ts'
import type { Markup } from '../../xml/write.ts'

/**
 * The messages of SHEP v10. `Data` is the element `data`: `XmlElement` in what came in, `Markup` in what goes out. Times are xs:dateTime as
 * they stood, ours always with an offset.
 */
export interface Sender {
  readonly senderId: string
  /** In clear within the signed body: never log what holds it. */
  readonly password?: string
}
export interface Property {
  /** At most 30 characters. */
  readonly key: string
  /** At most 500 characters. */
  readonly value: string
}

export interface SyncRequest<Data = XmlElement> {
  readonly messageId: string
  readonly correlationId?: string
  readonly serviceId: string
  readonly messageDate: string
  readonly routeId?: string
  readonly sender: Sender
  readonly properties: readonly Property[]
  /** Filled by the gateway: a GUID in braces. */
  readonly sessionId?: string
  readonly data: Data
}

export interface SyncResponse<Data = XmlElement> {
  /** The responder's own. */
  readonly messageId: string
  /** The request's message id, where it is given. */
  readonly correlationId?: string
  readonly responseDate: string
  readonly status: { readonly code: string; readonly message: string }
  readonly sessionId?: string
  readonly data: Data
}

export type AsyncMessageType = 'REQUEST' | 'NOTIFICATION' | 'UPDATE' | 'RESPONSE'
export type AsyncMessageState = 'ON_DELIVERY' | 'DELIVERED' | 'NOT_DELIVERED' | 'DELIVERY_STOPPED'

export interface AsyncMessage<Data = XmlElement> {
  /** Made by the gateway: left out when sending. */
  readonly messageId?: string
  /** Made by the gateway for a REQUEST, given in every other message. */
  readonly correlationId?: string
  readonly serviceId: string
  readonly messageType: AsyncMessageType
  readonly routeId?: string
  readonly messageDate: string
  readonly sender: Sender
  readonly properties: readonly Property[]
  readonly sessionId?: string
  readonly data: Data
}

export interface AsyncTaken {
  readonly messageId: string
  readonly correlationId: string
  readonly responseDate: string
  readonly sessionId?: string
}

export interface ErrorInfo {
  readonly errorCode: string
  readonly errorMessage: string
  readonly errorData?: string
  readonly errorDate: string
  readonly subError?: ErrorInfo
  readonly sessionId?: string
}

/** The receiver's word on a message that it was given. */
export interface DeliveryNotification {
  readonly messageId: string
  readonly serviceId: string
  readonly notificationDate: string
  readonly accepted: boolean
  readonly statusDate: string
  /** The gateway is asked to bring it again. */
  readonly resend: boolean
  readonly error?: ErrorInfo
  readonly requestDate: string
  readonly sender?: Sender
}

export interface StatusQuestion {
  readonly messageId: string
  readonly requestDate: string
  readonly sender: Sender
  readonly properties: readonly Property[]
}

export interface StateChange {
  readonly statusCode: string
  readonly statusMessage: string
  readonly statusDate: string
}

export interface StatusAnswer {
  readonly messageState: AsyncMessageState
  readonly status: StateChange
  readonly responseDate: string
  readonly sessionId?: string
}

export interface MessagesQuestion {
  readonly messageId?: string
  readonly correlationId?: string
  readonly requestDate?: string
  readonly serviceId: string
  readonly sender?: Sender
  /** 0 or absent: as many as the gateway likes to give. */
  readonly amount?: number
  readonly properties: readonly Property[]
}

export interface MessagesAnswer<Data = XmlElement> {
  readonly responseDate: string
  readonly sessionId: string
  readonly messages: readonly AsyncMessage<Data>[]
}

/** The gateway tells a sender that one of its messages has come into another state. */
export interface StateNotification {
  readonly notificationId: string
  readonly messageId: string
  readonly notificationDate: string
  readonly messageState: AsyncMessageState
  readonly status: StateChange
  readonly error?: ErrorInfo
  readonly requestDate: string
  readonly sessionId?: string
}

/** Of operations that only confirm; what is in their answer is nowhere published, and nothing is read from it. */
export type Confirmation = Readonly<Record<never, never>>

/** What is asked and answered, by operation. */
export interface Requests<Data> {
  SendMessage: SyncRequest<Data>
  sendMessage: AsyncMessage<Data>
  sendDeliveryNotification: DeliveryNotification
  getMessageStatus: StatusQuestion
  getMessages: MessagesQuestion
  changeMassageStatusNotification: StateNotification
}
export interface Responses<Data> {
  SendMessage: SyncResponse<Data>
  sendMessage: AsyncTaken
  sendDeliveryNotification: Confirmation
  getMessageStatus: StatusAnswer
  getMessages: MessagesAnswer<Data>
  changeMassageStatusNotification: Confirmation
}

export type OutgoingRequest<Op extends keyof Requests<Markup>> = Requests<Markup>[Op]
export type IncomingRequest<Op extends keyof Requests<XmlElement>> = Requests<XmlElement>[Op]
export type OutgoingResponse<Op extends keyof Responses<Markup>> = Responses<Markup>[Op]
export type IncomingResponse<Op extends keyof Responses<XmlElement>> = Responses<XmlElement>[Op]
