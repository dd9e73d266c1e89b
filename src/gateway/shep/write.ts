import { type Content, element, type Markup, optional } from '../../xml/write.ts'
import type {
  AsyncMessage,
  DeliveryNotification,
  ErrorInfo,
  MessagesAnswer,
  MessagesQuestion,
  OutgoingRequest,
  OutgoingResponse,
  Property,
  Sender,
  StateChange,
  StateNotification,
  StatusAnswer,
  StatusQuestion,
  SyncRequest,
  SyncResponse,
} from './messages.ts'
import type { Operation } from './names.ts'

/** Everything below the element of the operation is without a namespace: the most frequent mistake of others. */
const text = (name: string, value: string): Markup => element(name, {}, value)
const group = (name: string, ...content: readonly Content[]): Markup => element(name, {}, ...content)

const sender = (said: Sender) => group('sender', text('senderId', said.senderId), optional('password', said.password))
const properties = (all: readonly Property[]) => all.map(({ key, value }) => group('properties', text('key', key), text('value', value)))
const stateChange = (said: StateChange) =>
  group('status', text('statusCode', said.statusCode), text('statusMessage', said.statusMessage), text('statusDate', said.statusDate))

export const errorInfo = (name: string, said: ErrorInfo, attributes = {}): Markup =>
  element(
    name,
    attributes,
    text('errorCode', said.errorCode),
    text('errorMessage', said.errorMessage),
    optional('errorData', said.errorData),
    text('errorDate', said.errorDate),
    said.subError && errorInfo('subError', said.subError),
    optional('sessionId', said.sessionId),
  )

const syncRequest = (said: SyncRequest<Markup>) => [
  group(
    'requestInfo',
    text('messageId', said.messageId),
    optional('correlationId', said.correlationId),
    text('serviceId', said.serviceId),
    text('messageDate', said.messageDate),
    optional('routeId', said.routeId),
    sender(said.sender),
    properties(said.properties),
    optional('sessionId', said.sessionId),
  ),
  group('requestData', said.data),
]

const syncResponse = (said: SyncResponse<Markup>) => [
  group(
    'responseInfo',
    text('messageId', said.messageId),
    optional('correlationId', said.correlationId),
    text('responseDate', said.responseDate),
    group('status', text('code', said.status.code), text('message', said.status.message)),
    optional('sessionId', said.sessionId),
  ),
  group('responseData', said.data),
]

const asyncMessage = (said: AsyncMessage<Markup>) => [
  group(
    'messageInfo',
    optional('messageId', said.messageId),
    optional('correlationId', said.correlationId),
    text('serviceId', said.serviceId),
    text('messageType', said.messageType),
    optional('routeId', said.routeId),
    text('messageDate', said.messageDate),
    sender(said.sender),
    properties(said.properties),
    optional('sessionId', said.sessionId),
  ),
  group('messageData', said.data),
]

const deliveryNotification = (said: DeliveryNotification) => [
  group(
    'notification',
    text('messageId', said.messageId),
    text('serviceId', said.serviceId),
    text('notificationDate', said.notificationDate),
    group(
      'deliveryStatus',
      // The second value is spelt so by the gateway.
      text('receiveStatus', said.accepted ? 'MESSAGE_ACCEPTED' : 'MESSAGE_NOT_ACCTEPTED'),
      text('statusDate', said.statusDate),
      text('resendMessage', said.resend ? 'RESEND' : 'NOT_RESEND'),
      said.error && errorInfo('error', said.error),
    ),
  ),
  text('requestDate', said.requestDate),
  said.sender && sender(said.sender),
]

const statusQuestion = (said: StatusQuestion) => [
  text('messageId', said.messageId),
  text('requestDate', said.requestDate),
  sender(said.sender),
  properties(said.properties),
]

const messagesQuestion = (said: MessagesQuestion) => [
  optional('messageId', said.messageId),
  optional('correlationId', said.correlationId),
  optional('requestDate', said.requestDate),
  text('serviceId', said.serviceId),
  said.sender && sender(said.sender),
  optional('amount', said.amount?.toString()),
  properties(said.properties),
]

const statusAnswer = (said: StatusAnswer) => [
  text('messageState', said.messageState),
  stateChange(said.status),
  text('responseDate', said.responseDate),
  optional('sessionId', said.sessionId),
]

const messagesAnswer = (said: MessagesAnswer<Markup>) => [
  text('responseDate', said.responseDate),
  text('sessionId', said.sessionId),
  said.messages.map((one) => group('messages', asyncMessage(one))),
]

const stateNotification = (said: StateNotification) => [
  group(
    'notification',
    text('notificationId', said.notificationId),
    text('messageId', said.messageId),
    text('notificationDate', said.notificationDate),
    text('messageState', said.messageState),
    stateChange(said.status),
    said.error && errorInfo('error', said.error),
  ),
  text('requestDate', said.requestDate),
  optional('sessionId', said.sessionId),
]

const requestContents: { readonly [Op in Operation]: (said: OutgoingRequest<Op>) => Content } = {
  SendMessage: syncRequest,
  sendMessage: asyncMessage,
  sendDeliveryNotification: deliveryNotification,
  getMessageStatus: statusQuestion,
  getMessages: messagesQuestion,
  changeMassageStatusNotification: stateNotification,
}

const responseContents: { readonly [Op in Operation]: (said: OutgoingResponse<Op>) => Content } = {
  SendMessage: syncResponse,
  sendMessage: (said) => [
    text('messageId', said.messageId),
    text('correlationId', said.correlationId),
    text('responseDate', said.responseDate),
    optional('sessionId', said.sessionId),
  ],
  sendDeliveryNotification: () => null,
  getMessageStatus: statusAnswer,
  getMessages: messagesAnswer,
  changeMassageStatusNotification: () => null,
}

/** The element of an operation: the only one with a namespace. */
export const requestMarkup = <Op extends Operation>(operation: Op, namespace: string, said: OutgoingRequest<Op>): Markup =>
  element(`n:${operation}`, { 'xmlns:n': namespace }, group('request', requestContents[operation](said)))

export const responseMarkup = <Op extends Operation>(operation: Op, namespace: string, said: OutgoingResponse<Op>): Markup =>
  element(`n:${operation}Response`, { 'xmlns:n': namespace }, group('response', responseContents[operation](said)))
