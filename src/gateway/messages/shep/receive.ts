import type { AsyncMessage } from '../../shep/messages.ts'
import { instantText } from '../../shep/time.ts'
import type { WireMessage } from '../../tap.ts'
import { type IncomingMessage, type MessageStatus, type Receipt, type RejectionCode, rejectionCodes } from '../channel.ts'
import { payloadDigest } from '../payload.ts'
import { payloadOf } from './data.ts'

/** What the receiver's own code was; the gateway's codes of delivery are not public, and mean nothing here. */
export const rejectionOf = (code: string | undefined): RejectionCode | null => rejectionCodes.find((one) => one === code) ?? null

/** A message of the gateway as the listener knows it, or null: it can never be read. */
export function incomingOf(said: AsyncMessage, original: WireMessage): IncomingMessage | null {
  const payload = payloadOf(said.data)
  const messageDate = instantText(said.messageDate)
  const { messageId, correlationId, messageType, serviceId, sender } = said
  if (payload === null || messageDate === null || messageId === undefined || correlationId === undefined) return null
  return {
    messageId,
    correlationId,
    messageType,
    serviceId,
    senderId: sender.senderId,
    messageDate,
    payload,
    digest: payloadDigest(payload),
    original: { ...original, id: messageId, correlationId },
  }
}

/** The receipt as the gateway is told it. */
export function deliveryOf(said: Pick<AsyncMessage, 'serviceId'> & { readonly messageId: string }, receipt: Receipt, now: string) {
  const accepted = receipt.kind === 'accepted'
  const error = accepted ? undefined : { errorCode: receipt.code, errorMessage: receipt.code, errorDate: receipt.at }
  return {
    messageId: said.messageId,
    serviceId: said.serviceId,
    notificationDate: now,
    accepted,
    statusDate: receipt.at,
    resend: !accepted && receipt.resend,
    ...(error === undefined ? {} : { error }),
    requestDate: now,
  }
}

export const statusOf = (
  messageId: string,
  said: { readonly messageState: MessageStatus['state']; readonly status: { readonly statusCode: string; readonly statusDate: string } },
  code: string | undefined = said.status.statusCode,
): MessageStatus => ({
  messageId,
  state: said.messageState,
  at: instantText(said.status.statusDate) ?? said.status.statusDate,
  code: rejectionOf(code),
})
