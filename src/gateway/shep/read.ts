import { XmlRefused } from '../../xml/refused.ts'
import { attributeOf, childNamed, childrenNamed, pathOf, textOf, type XmlElement } from '../../xml/tree.ts'
import type {
  AsyncMessage,
  AsyncMessageState,
  AsyncMessageType,
  DeliveryNotification,
  ErrorInfo,
  IncomingRequest,
  IncomingResponse,
  MessagesAnswer,
  MessagesQuestion,
  Property,
  Sender,
  StateChange,
  StateNotification,
  StatusAnswer,
  StatusQuestion,
  SyncRequest,
  SyncResponse,
} from './messages.ts'
import { type Operation, schemaInstanceNamespace } from './names.ts'

/**
 * From elements to messages. That the document keeps to its schema was asked before; what these functions miss all the same is refused as
 * `schema` too, so that no message is half read.
 */
function inside(element: XmlElement, name: string): XmlElement {
  const found = childNamed(element, '', name)
  if (found === null) throw new XmlRefused('schema', `${name} is missing`, pathOf(element))
  return found
}

const text = (element: XmlElement, name: string): string => textOf(inside(element, name))
const maybe = (element: XmlElement, name: string): string | undefined => {
  const found = childNamed(element, '', name)
  return found === null ? undefined : textOf(found)
}
/** Types of xs:dateTime, xs:int and enumerations of tokens may stand among spaces. */
const trimmed = (element: XmlElement, name: string): string => text(element, name).trim()
const isNil = (element: XmlElement): boolean => /^\s*(true|1)\s*$/.test(attributeOf(element, schemaInstanceNamespace, 'nil') ?? '')

/** Only members that are there: `undefined` would stand in a JSON of the message. */
const given = <T extends object>(members: T): T => {
  const known: Partial<T> = { ...members }
  for (const [key, value] of Object.entries(members)) if (value === undefined) delete known[key as keyof T] // own key
  return known as T // only what is undefined is gone, and those members are optional
}

const sender = (element: XmlElement): Sender => given({ senderId: text(element, 'senderId'), password: maybe(element, 'password') })

const properties = (element: XmlElement): Property[] =>
  childrenNamed(element, '', 'properties')
    .filter((one) => !isNil(one))
    .map((one) => ({ key: text(one, 'key'), value: text(one, 'value') }))

const stateChange = (element: XmlElement): StateChange => ({
  statusCode: text(element, 'statusCode'),
  statusMessage: text(element, 'statusMessage'),
  statusDate: trimmed(element, 'statusDate'),
})

export function readErrorInfo(element: XmlElement): ErrorInfo {
  const sub = childNamed(element, '', 'subError')
  return given({
    errorCode: text(element, 'errorCode'),
    errorMessage: text(element, 'errorMessage'),
    errorData: maybe(element, 'errorData'),
    errorDate: trimmed(element, 'errorDate'),
    subError: sub === null ? undefined : readErrorInfo(sub),
    sessionId: maybe(element, 'sessionId'),
  })
}

const errorIn = (element: XmlElement): ErrorInfo | undefined => {
  const found = childNamed(element, '', 'error')
  return found === null ? undefined : readErrorInfo(found)
}

function syncRequest(element: XmlElement): SyncRequest {
  const info = inside(element, 'requestInfo')
  return given({
    messageId: text(info, 'messageId'),
    correlationId: maybe(info, 'correlationId'),
    serviceId: text(info, 'serviceId'),
    messageDate: trimmed(info, 'messageDate'),
    routeId: maybe(info, 'routeId'),
    sender: sender(inside(info, 'sender')),
    properties: properties(info),
    sessionId: maybe(info, 'sessionId'),
    data: inside(inside(element, 'requestData'), 'data'),
  })
}

function syncResponse(element: XmlElement): SyncResponse {
  const info = inside(element, 'responseInfo')
  const status = inside(info, 'status')
  return given({
    messageId: text(info, 'messageId'),
    correlationId: maybe(info, 'correlationId'),
    responseDate: trimmed(info, 'responseDate'),
    status: { code: text(status, 'code'), message: text(status, 'message') },
    sessionId: maybe(info, 'sessionId'),
    data: inside(inside(element, 'responseData'), 'data'),
  })
}

const types: readonly string[] = ['REQUEST', 'NOTIFICATION', 'UPDATE', 'RESPONSE'] satisfies AsyncMessageType[]
const states: readonly string[] = ['ON_DELIVERY', 'DELIVERED', 'NOT_DELIVERED', 'DELIVERY_STOPPED'] satisfies AsyncMessageState[]

function oneOf<T extends string>(element: XmlElement, name: string, known: readonly string[]): T {
  const said = text(element, name)
  if (!known.includes(said)) throw new XmlRefused('schema', `${name} is none that is known`, pathOf(element))
  return said as T // among those that are known
}

function asyncMessage(element: XmlElement): AsyncMessage {
  const info = inside(element, 'messageInfo')
  return given({
    // Some leave the element empty when the gateway shall fill it.
    messageId: maybe(info, 'messageId') || undefined,
    correlationId: maybe(info, 'correlationId') || undefined,
    serviceId: text(info, 'serviceId'),
    messageType: oneOf<AsyncMessageType>(info, 'messageType', types),
    routeId: maybe(info, 'routeId'),
    messageDate: trimmed(info, 'messageDate'),
    sender: sender(inside(info, 'sender')),
    properties: properties(info),
    sessionId: maybe(info, 'sessionId'),
    data: inside(inside(element, 'messageData'), 'data'),
  })
}

function deliveryNotification(element: XmlElement): DeliveryNotification {
  const notification = inside(element, 'notification')
  const status = inside(notification, 'deliveryStatus')
  const from = childNamed(element, '', 'sender')
  return given({
    messageId: text(notification, 'messageId'),
    serviceId: text(notification, 'serviceId'),
    notificationDate: trimmed(notification, 'notificationDate'),
    accepted: oneOf(status, 'receiveStatus', ['MESSAGE_ACCEPTED', 'MESSAGE_NOT_ACCTEPTED']) === 'MESSAGE_ACCEPTED',
    statusDate: trimmed(status, 'statusDate'),
    resend: oneOf(status, 'resendMessage', ['RESEND', 'NOT_RESEND']) === 'RESEND',
    error: errorIn(status),
    requestDate: trimmed(element, 'requestDate'),
    sender: from === null ? undefined : sender(from),
  })
}

const statusQuestion = (element: XmlElement): StatusQuestion => ({
  messageId: text(element, 'messageId'),
  requestDate: trimmed(element, 'requestDate'),
  sender: sender(inside(element, 'sender')),
  properties: properties(element),
})

function messagesQuestion(element: XmlElement): MessagesQuestion {
  const from = childNamed(element, '', 'sender')
  const amount = maybe(element, 'amount')
  return given({
    messageId: maybe(element, 'messageId') || undefined,
    correlationId: maybe(element, 'correlationId') || undefined,
    requestDate: maybe(element, 'requestDate')?.trim(),
    serviceId: text(element, 'serviceId'),
    sender: from === null ? undefined : sender(from),
    amount: amount === undefined ? undefined : Number.parseInt(amount, 10),
    properties: properties(element),
  })
}

const statusAnswer = (element: XmlElement): StatusAnswer =>
  given({
    messageState: oneOf<AsyncMessageState>(element, 'messageState', states),
    status: stateChange(inside(element, 'status')),
    responseDate: trimmed(element, 'responseDate'),
    sessionId: maybe(element, 'sessionId'),
  })

const messagesAnswer = (element: XmlElement): MessagesAnswer => ({
  responseDate: trimmed(element, 'responseDate'),
  sessionId: text(element, 'sessionId'),
  messages: childrenNamed(element, '', 'messages')
    .filter((one) => !isNil(one))
    .map(asyncMessage),
})

function stateNotification(element: XmlElement): StateNotification {
  const notification = inside(element, 'notification')
  return given({
    notificationId: text(notification, 'notificationId'),
    messageId: text(notification, 'messageId'),
    notificationDate: trimmed(notification, 'notificationDate'),
    messageState: oneOf<AsyncMessageState>(notification, 'messageState', states),
    status: stateChange(inside(notification, 'status')),
    error: errorIn(notification),
    requestDate: trimmed(element, 'requestDate'),
    sessionId: maybe(element, 'sessionId'),
  })
}

const requests: { readonly [Op in Operation]: (element: XmlElement) => IncomingRequest<Op> } = {
  SendMessage: syncRequest,
  sendMessage: asyncMessage,
  sendDeliveryNotification: deliveryNotification,
  getMessageStatus: statusQuestion,
  getMessages: messagesQuestion,
  changeMassageStatusNotification: stateNotification,
}

const responses: { readonly [Op in Operation]: (element: XmlElement) => IncomingResponse<Op> } = {
  SendMessage: syncResponse,
  sendMessage: (element) =>
    given({
      messageId: text(element, 'messageId'),
      correlationId: text(element, 'correlationId'),
      responseDate: trimmed(element, 'responseDate'),
      sessionId: maybe(element, 'sessionId'),
    }),
  sendDeliveryNotification: () => ({}),
  getMessageStatus: statusAnswer,
  getMessages: messagesAnswer,
  changeMassageStatusNotification: () => ({}),
}

/** @throws XmlRefused (`schema`) where something is missing, or the request is nil */
export function readRequest<Op extends Operation>(operation: Op, element: XmlElement): IncomingRequest<Op> {
  const request = inside(element, 'request')
  if (isNil(request)) throw new XmlRefused('schema', 'the request is nil', pathOf(request))
  return requests[operation](request)
}

/** @throws XmlRefused (`schema`) where something is missing, or the response is nil */
export function readResponse<Op extends Operation>(operation: Op, element: XmlElement): IncomingResponse<Op> {
  const response = childNamed(element, '', 'response')
  // Operations that only confirm may answer with nothing at all.
  if (operation === 'sendDeliveryNotification' || operation === 'changeMassageStatusNotification') return responses[operation](element)
  if (response === null || isNil(response)) throw new XmlRefused('schema', 'there is no response', pathOf(element))
  return responses[operation](response)
}
