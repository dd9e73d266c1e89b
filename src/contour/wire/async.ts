import { randomUUID } from 'node:crypto'
import type { OutgoingResponse } from '../../gateway/shep/messages.ts'
import { readRequest } from '../../gateway/shep/read.ts'
import { responseMarkup } from '../../gateway/shep/write.ts'
import { payloadDocument } from '../../seal/xmldsig/enveloped.ts'
import { canonicalXml } from '../../xml/canonical.ts'
import type { XmlElement } from '../../xml/tree.ts'
import { verbatim } from '../../xml/write.ts'
import type { Letter, Mailbox, Posted } from '../shep/mailbox.ts'
import type { Participants } from '../shep/participants.ts'
import type { ServiceRules } from '../shep/serviceRules.ts'
import { type Admitted, refusing } from './admit.ts'
import type { Call, Reply } from './call.ts'
import { newSession, Refused } from './refusal.ts'
import { checkBusiness, type SignatureTools } from './transport.ts'

export interface AsyncTools extends SignatureTools {
  readonly participants: Participants
  readonly mailbox: Mailbox
  readonly rules: ServiceRules
  /** Who takes a service's messages where no participant has registered for it; null: nobody. */
  readonly ownReceiver: (service: string) => string | null
  /** Something waits to be delivered or told. */
  readonly nudge: () => void
}

type Handler = (admitted: Admitted, call: Call, tools: AsyncTools) => Promise<Reply>

/** AsyncChannel: messages are taken, kept, and handed on when their receivers are there. */
export const asyncHandlers = { sendMessage, sendDeliveryNotification, getMessageStatus, getMessages } satisfies Record<string, Handler>

async function sendMessage({ envelope, namespace, sender }: Admitted, call: Call, tools: AsyncTools): Promise<Reply> {
  const said = refusing(() => readRequest('sendMessage', envelope.content))
  const { serviceId: service, messageType: type, correlationId, messageDate, data } = said
  Object.assign(call.trace, { service, correlation: correlationId ?? null })
  if (type !== 'REQUEST' && correlationId === undefined)
    throw new Refused('SCE001', 'correlationId', [{ code: 'noCorrelation', params: { type } }])
  if (type === 'REQUEST' && correlationId !== undefined) call.trace.notes.push({ code: 'correlationGiven' })
  if (said.messageId !== undefined) call.trace.notes.push({ code: 'messageIdGiven' })
  await checkBusiness(envelope, data, tools.rules.requiresSignature(service), tools)
  const receiverOf = (name: string) => tools.participants.serving(name)?.senderId ?? tools.ownReceiver(name)
  const later = call.strike.get('reorder')?.delayMs ?? 0
  const posting = {
    type,
    service,
    sender,
    messageDate,
    data: refusing(() => portable(envelope.document, data)),
    ...(correlationId === undefined ? {} : { correlation: correlationId }),
  }
  const copies = call.strike.has('duplicate') ? 2 : 1
  const posted = await tools.mailbox.post(posting, receiverOf, { laterMs: later, copies })
  if (posted.kind !== 'posted') throw notPosted(posted, service, correlationId)
  Object.assign(call.trace, { message: posted.id, correlation: posted.correlation, receiver: posted.receiver })
  tools.nudge()
  const taken: OutgoingResponse<'sendMessage'> = {
    messageId: posted.id,
    correlationId: call.strike.has('wrongCorrelation') ? randomUUID() : posted.correlation,
    responseDate: tools.clock.now(),
    sessionId: newSession(),
  }
  return { kind: 'content', content: responseMarkup('sendMessage', namespace, taken) }
}

/** A payload as it came, so that its own signature stays right; one that leans on namespaces of the envelope takes them along. */
const portable = (document: Admitted['envelope']['document'], data: XmlElement): string =>
  payloadDocument(document, data) === null
    ? canonicalXml(data, { exclusive: false, comments: true }).toString('utf8')
    : document.text.slice(data.span.start, data.span.end)

function notPosted({ kind }: Exclude<Posted, { kind: 'posted' }>, service: string, correlation: string | undefined): Refused {
  const params = { service, correlation: correlation ?? '' }
  if (kind === 'noService') return new Refused('SCE004', `serviceId=${service}`, [{ code: 'noService', params }])
  if (kind === 'full') return new Refused('SCE909', 'full', [{ code: 'full' }])
  return new Refused('SCE001', `correlationId=${correlation ?? ''}`, [{ code: kind, params }])
}

async function sendDeliveryNotification({ envelope, namespace, sender }: Admitted, call: Call, tools: AsyncTools): Promise<Reply> {
  const said = refusing(() => readRequest('sendDeliveryNotification', envelope.content))
  const { messageId, serviceId, accepted, resend, error } = said
  Object.assign(call.trace, { service: serviceId, message: messageId })
  if (!call.strike.has('lost')) {
    const reasons = error === undefined ? {} : { code: error.errorCode, reason: error.errorMessage }
    const kept = await tools.mailbox.deliver(messageId, sender, { accepted, resend, ...reasons })
    if (kept === 'unknown') throw unknownMessage(messageId)
    tools.nudge()
  }
  return { kind: 'content', content: responseMarkup('sendDeliveryNotification', namespace, {}) }
}

async function getMessageStatus({ envelope, namespace, sender }: Admitted, call: Call, tools: AsyncTools): Promise<Reply> {
  const { messageId } = refusing(() => readRequest('getMessageStatus', envelope.content))
  call.trace.message = messageId
  const letter = tools.mailbox.status(messageId, sender)
  if (letter === null) throw unknownMessage(messageId)
  Object.assign(call.trace, { service: letter.service, correlation: letter.correlation })
  const said: OutgoingResponse<'getMessageStatus'> = {
    messageState: letter.state,
    status: stateChangeOf(letter),
    responseDate: tools.clock.now(),
    sessionId: newSession(),
  }
  return { kind: 'content', content: responseMarkup('getMessageStatus', namespace, said) }
}

/** No code of the gateway is public for it: a message that it does not have is told as another format's, with the id. */
const unknownMessage = (messageId: string) =>
  new Refused('SCE001', `messageId=${messageId}`, [{ code: 'unknownMessage', params: { message: messageId } }])

/** How a state is told: the receiver's own code where it gave one, else the state's name. */
export const stateChangeOf = ({ state, code, reason, changedAt }: Letter) => ({
  statusCode: code ?? state,
  statusMessage: reason ?? state,
  statusDate: changedAt,
})

/** The gateway gives as many as it likes where it is not told; more than this it never gives. */
const [usualAmount, mostAmount] = [10, 100]

async function getMessages({ envelope, namespace, sender }: Admitted, call: Call, tools: AsyncTools): Promise<Reply> {
  const asked = refusing(() => readRequest('getMessages', envelope.content))
  const { serviceId: service, messageId: message, correlationId: correlation, amount } = asked
  Object.assign(call.trace, { service, message: message ?? null, correlation: correlation ?? null })
  const wanted = Math.min(mostAmount, amount === undefined || amount <= 0 ? usualAmount : amount)
  const letters = await tools.mailbox.fetch(sender, {
    service,
    amount: wanted,
    ...(message === undefined ? {} : { message }),
    ...(correlation === undefined ? {} : { correlation }),
  })
  const wrong = call.strike.has('wrongCorrelation')
  const messages = letters.map((letter) => letterMessage(letter, wrong))
  const said: OutgoingResponse<'getMessages'> = { responseDate: tools.clock.now(), sessionId: newSession(), messages }
  return { kind: 'content', content: responseMarkup('getMessages', namespace, said) }
}

/** A kept message as it is handed on. The sender's password stays with the gateway. */
export const letterMessage = (letter: Letter, wrongCorrelation: boolean): OutgoingResponse<'getMessages'>['messages'][number] => ({
  messageId: letter.id,
  correlationId: wrongCorrelation ? randomUUID() : letter.correlation,
  serviceId: letter.service,
  messageType: letter.type,
  messageDate: letter.messageDate,
  sender: { senderId: letter.sender },
  properties: [],
  sessionId: newSession(),
  data: verbatim(letter.data),
})
