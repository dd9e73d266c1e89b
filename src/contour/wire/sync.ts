import { randomUUID } from 'node:crypto'
import type { OutgoingResponse } from '../../gateway/shep/messages.ts'
import { processedCode, processedText } from '../../gateway/shep/names.ts'
import { readRequest } from '../../gateway/shep/read.ts'
import { responseMarkup } from '../../gateway/shep/write.ts'
import { element, type Markup } from '../../xml/write.ts'
import { answerOf, type ServiceAnswer, type ServiceCall, type SyncService } from '../services/service.ts'
import type { Participants } from '../shep/participants.ts'
import type { SeenIds } from '../shep/seen.ts'
import type { ServiceRules } from '../shep/serviceRules.ts'
import { type Admitted, refusing } from './admit.ts'
import type { Call, Reply } from './call.ts'
import { newSession, Refused } from './refusal.ts'
import { checkBusiness, type SignatureTools } from './transport.ts'

export interface SyncTools extends SignatureTools {
  readonly participants: Participants
  readonly services: readonly SyncService[]
  readonly rules: ServiceRules
  readonly seen: SeenIds
  /** Carries a call to a participant who serves it. */
  readonly forward: (url: string, call: ServiceCall) => Promise<ServiceAnswer>
}

/** SyncChannel: the question goes to whoever serves it, the answer comes back in the same call. */
export async function answerSync({ envelope, namespace, sender }: Admitted, call: Call, tools: SyncTools): Promise<Reply> {
  const asked = refusing(() => readRequest('SendMessage', envelope.content))
  const { serviceId: service, messageId, data } = asked
  Object.assign(call.trace, { service, message: messageId, correlation: asked.correlationId ?? null })
  const before = tools.seen.look(sender, messageId, Buffer.from(envelope.document.text.slice(data.span.start, data.span.end)))
  if (before !== 'new') call.trace.notes.push({ code: `repeated.${before}` })
  const serve = routeOf(service, tools)
  if (serve === null) throw new Refused('SCE004', `serviceId=${service}`, [{ code: 'noService', params: { service } }])
  call.trace.receiver = serve.by
  await checkBusiness(envelope, data, tools.rules.requiresSignature(service), tools)
  const answer = await serve.answer({ service, sender, messageId, data, signal: call.signal })
  call.trace.notes.push(...(answer.notes ?? []))
  if (answer.kind === 'fault') throw new Refused(answer.code, answer.data, [])
  if (answer.kind === 'cut') return { kind: 'cut' }
  if (answer.kind === 'content') return { kind: 'content', content: answer.content }
  const correlationId = call.strike.has('wrongCorrelation') ? randomUUID() : messageId
  const said: OutgoingResponse<'SendMessage'> = {
    messageId: randomUUID(),
    correlationId,
    responseDate: tools.clock.now(),
    status: statusOf(answer),
    sessionId: newSession(),
    data: answer.kind === 'data' ? answer.data : empty,
  }
  return { kind: 'content', content: responseMarkup('SendMessage', namespace, said) }
}

const empty: Markup = element('data', {})

const statusOf = (answer: Extract<ServiceAnswer, { kind: 'data' | 'status' }>) =>
  answer.kind === 'data' ? { code: processedCode, message: processedText } : { code: answer.code, message: answer.message.slice(0, 250) }

/** A participant who has registered for a service stands before the contour's own simulation of it. */
function routeOf(service: string, { participants, services, forward }: SyncTools) {
  const registered = participants.serving(service)
  const url = registered?.sync ?? null
  if (registered !== null && url !== null) return { by: registered.senderId, answer: (call: ServiceCall) => forward(url, call) }
  const own = services.find((one) => one.services.includes(service))
  return own === undefined ? null : { by: 'simulator', answer: (call: ServiceCall) => answerOf(own, call) }
}
