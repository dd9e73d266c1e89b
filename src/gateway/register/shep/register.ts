import type { XmlElement } from '../../../xml/tree.ts'
import type { Exchange } from '../../exchange.ts'
import type { CallOptions, TechnicalFailure } from '../../failure.ts'
import { technicalFailure } from '../../failures.ts'
import type { ShepClient } from '../../shep/client/client.ts'
import type { Envelope } from '../../shep/envelope.ts'
import { type PersonRegister, type RegisterAnswer, type RegisterQuestion, requireConsent } from '../register.ts'
import { type Reading, readResponse } from '../response.ts'
import type { ConsentToken, ConsentTokens } from './consent.ts'
import type { KdpToken } from './kdp.ts'
import { type PayloadTrust, verifiedPayload } from './payload.ts'
import { readData } from './read.ts'
import { registerServices, requestData } from './request.ts'

export interface ShepRegisterParts {
  /** Of SyncChannel; believes nobody but the gateway. */
  readonly client: Pick<ShepClient, 'call'>
  /** Our system as the register knows it. */
  readonly senderCode: string
  /** Where the register's own signature of its data is judged. */
  readonly trust: PayloadTrust
  /** Present: the register is asked with a token of consent, `GBDFLUniversal_token`. */
  readonly tokens?: ConsentTokens
  /** Puts something around the register's own question, as a journal does: an outage of the consent service is none of the register's. */
  readonly around?: (register: PersonRegister) => PersonRegister
  /** The law's time, RFC 3339. */
  readonly now: () => string
  /** A new name for a message. */
  readonly newId: () => string
}

/** The register of individuals behind the gateway, SyncChannel. */
export function shepRegister(parts: ShepRegisterParts): PersonRegister {
  const { tokens, around = (register) => register } = parts
  return {
    async ask(question, options = {}) {
      requireConsent(question)
      const consent = await consentFor(parts, question, options)
      if (consent?.kind === 'technicalFailure') return { ...bare(consent), exchange: begun(parts, registerServices.token) }
      let stage: string | undefined
      const alone: PersonRegister = {
        ask: async (own, heard = {}) => {
          const said = await asked(parts, own, consent?.token ?? null, heard)
          stage = said.stage
          return said.answer
        },
      }
      const answer = await around(alone).ask(question, options)
      if (consent === null || stage !== 'status') return answer
      // The register does not take the token, and would not the next time: the person is asked anew when somebody does the step anew.
      await tokens?.forget(question)
      return answer.kind === 'technicalFailure' ? { ...answer, retryable: false } : answer
    },
  }
}

/** Null where the service wants none. What is heard of the register's exchange is its own: the consent's is another, with a journal of its own. */
async function consentFor(
  { tokens }: ShepRegisterParts,
  question: RegisterQuestion,
  { tap: _, ...apart }: CallOptions,
): Promise<ConsentToken | TechnicalFailure | null> {
  if (tokens === undefined) return null
  const known = await tokens.known(question)
  return known === null ? tokens.ask(question, registerServices.token, apart) : { kind: 'token', token: known }
}

const begun = ({ newId, now }: ShepRegisterParts, service: string): Exchange => ({
  id: newId(),
  answerId: null,
  service,
  sentAt: now(),
  answeredAt: null,
})

async function asked(
  parts: ShepRegisterParts,
  { iin }: RegisterQuestion,
  consent: KdpToken | null,
  options: CallOptions,
): Promise<{ answer: RegisterAnswer; stage?: string }> {
  const serviceId = consent === null ? registerServices.plain : registerServices.token
  const exchange = begun(parts, serviceId)
  const { id: messageId, sentAt: messageDate } = exchange
  const data = requestData({ messageId, messageDate, senderCode: parts.senderCode, iin, ...(consent === null ? {} : { consent }) })
  const said = await parts.client.call('SendMessage', { messageId, messageDate, serviceId, properties: [], data }, options)
  if (said.kind === 'technicalFailure') return { answer: { ...bare(said), exchange }, stage: said.stage }
  const reading = await readAnswer(parts, said.envelope, said.response.data, { requestId: messageId, iin })
  const answered = { ...exchange, answeredAt: parts.now() }
  if (reading.kind === 'technicalFailure') return { answer: { ...reading, exchange: answered } }
  const { answerId, ...told } = reading
  return { answer: { ...told, exchange: { ...answered, answerId } } }
}

/** The payload's own signature, its schema, and whether it answers this question. */
export async function readAnswer(
  { trust, now }: Pick<ShepRegisterParts, 'trust' | 'now'>,
  { document }: Envelope,
  data: XmlElement,
  question: { readonly requestId: string; readonly iin: string },
): Promise<Reading> {
  const signed = await verifiedPayload(document, data, trust, now())
  if (signed === null) return unreadable()
  const read = await readData(signed)
  return 'problems' in read ? unreadable() : readResponse(read.value, question)
}

/** Asked again it would say the same: a person has to look. */
const unreadable = (): TechnicalFailure => technicalFailure('remote-service-error', false)

/** What the wire knows beyond the failure is for its journal, not for the case. */
const bare = ({ kind, code, text, retryable, heldMs }: TechnicalFailure): TechnicalFailure => ({
  kind,
  code,
  text,
  retryable,
  ...(heldMs === undefined ? {} : { heldMs }),
})
