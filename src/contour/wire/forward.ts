import { randomUUID } from 'node:crypto'
import { readEnvelope } from '../../gateway/shep/envelope.ts'
import { readFault } from '../../gateway/shep/faults.ts'
import { processedCode, syncNamespace } from '../../gateway/shep/names.ts'
import { readResponse } from '../../gateway/shep/read.ts'
import { requestMarkup } from '../../gateway/shep/write.ts'
import { canonicalXml } from '../../xml/canonical.ts'
import { XmlRefused } from '../../xml/refused.ts'
import { verbatim } from '../../xml/write.ts'
import type { ContourClock } from '../clock.ts'
import type { ContourKeys } from '../keys.ts'
import type { ServiceAnswer, ServiceCall } from '../services/service.ts'
import { gatewayBytes } from './answerBytes.ts'
import { newSession } from './refusal.ts'

export interface ForwardTools {
  readonly clock: ContourClock
  readonly keys: ContourKeys
  readonly pushMs: number
}

/** Carries a call to a participant who serves it under the gateway's own signature, and its answer back. Whatever is no answer is SCE909 to the caller. */
export function forwardTo({ clock, keys, pushMs }: ForwardTools) {
  return async (url: string, { service, sender, messageId, data, signal }: ServiceCall): Promise<ServiceAnswer> => {
    try {
      const content = requestMarkup('SendMessage', syncNamespace, {
        messageId,
        correlationId: randomUUID(),
        serviceId: service,
        messageDate: clock.now(),
        sender: { senderId: sender },
        properties: [],
        sessionId: newSession(),
        data: verbatim(canonicalXml(data, { exclusive: false, comments: true }).toString('utf8')),
      })
      const response = await fetch(url, {
        method: 'POST',
        body: Uint8Array.from(await gatewayBytes(content, keys, new Map())),
        headers: { 'content-type': 'text/xml; charset=UTF-8', soapaction: '""' },
        signal: AbortSignal.any([signal, AbortSignal.timeout(pushMs)]),
        redirect: 'error',
      })
      return answerIn(new Uint8Array(await response.arrayBuffer()))
    } catch (cause) {
      const why = cause instanceof Error ? cause.name : 'unknown'
      return { kind: 'fault', code: 'SCE909', data: why, notes: [{ code: 'notForwarded', params: { why } }] }
    }
  }
}

function answerIn(bytes: Uint8Array): ServiceAnswer {
  try {
    const { content } = readEnvelope(bytes)
    const fault = readFault(content)
    if (fault !== null) return { kind: 'fault', code: fault.code || 'SCE909', data: fault.error?.errorData ?? fault.message }
    const { status, data } = readResponse('SendMessage', content)
    if (status.code !== processedCode) return { kind: 'status', ...status }
    return { kind: 'data', data: verbatim(canonicalXml(data, { exclusive: false, comments: true }).toString('utf8')) }
  } catch (cause) {
    if (!(cause instanceof XmlRefused)) throw cause
    return { kind: 'fault', code: 'SCE909', data: cause.message, notes: [{ code: 'notForwarded', params: { why: cause.message } }] }
  }
}
