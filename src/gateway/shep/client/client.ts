import { signBody, type XmlSigner } from '../../../seal/xmldsig/sign.ts'
import { XmlRefused } from '../../../xml/refused.ts'
import type { XmlElement } from '../../../xml/tree.ts'
import type { CallOptions } from '../../failure.ts'
import type { SignatureFinding } from '../../tap.ts'
import { type Envelope, envelopeBytes, readEnvelope } from '../envelope.ts'
import { readFault } from '../faults.ts'
import type { IncomingResponse, OutgoingRequest, Sender } from '../messages.ts'
import { type Channel, namespacesOf, type Operation, processedCode } from '../names.ts'
import { readResponse } from '../read.ts'
import { shepSchemas } from '../schemas.ts'
import { judgeTransport, type TransportTrust } from '../transport.ts'
import { requestMarkup } from '../write.ts'
import { faultFailure, httpFailure, type ShepFailure, strangeFailure, unansweredFailure } from './failure.ts'
import { type LineSettings, lineTo, type Posted, post } from './post.ts'

export interface ShepClientSettings {
  /** http or https. */
  readonly address: string
  readonly channel: Channel
  readonly sender: Sender
  /** null: nothing is signed (a test contour only). */
  readonly signer: XmlSigner | null
  /** null: answers need not be signed. A signature that is there and wrong is refused all the same. */
  readonly trust: TransportTrust | null
  readonly now: () => string
  readonly line?: LineSettings
}

export type ShepAnswer<Op extends Operation> =
  | {
      readonly kind: 'answer'
      readonly response: IncomingResponse<Op>
      readonly envelope: Envelope
      readonly finding: SignatureFinding | null
    }
  | ShepFailure
export type ForeignAnswer = { readonly kind: 'answer'; readonly content: XmlElement; readonly envelope: Envelope } | ShepFailure

/** A question; its sender is the client's, unless it is handed on in the name of another, as the gateway does. */
export type Question<Op extends Operation> = Omit<OutgoingRequest<Op>, 'sender'> & { readonly sender?: Sender }

/** Calls the operations of one channel. A failure is a value; to repeat belongs to whoever runs the effect, always as a new message. */
export interface ShepClient {
  call<Op extends Operation>(operation: Op, question: Question<Op>, options?: CallOptions): Promise<ShepAnswer<Op>>
  /** Asks a service whose answer is not of the gateway's shape, as the consent service's: any element of this namespace is the answer. */
  callForeign(question: Question<'SendMessage'>, namespace: string, options?: CallOptions): Promise<ForeignAnswer>
  /** Ends the connections that are kept. */
  close(): void
}

export function shepClient(settings: ShepClientSettings): ShepClient {
  const { channel, sender, signer, now } = settings
  const line = lineTo(settings.address, settings.line)
  const [namespace] = namespacesOf[channel]

  /** Signs, posts, reads: the envelope of the answer, or why there is none. */
  async function exchange<Op extends Operation>(operation: Op, question: Question<Op>, options: CallOptions): Promise<Got | ShepFailure> {
    const said = { sender, ...question } as unknown as OutgoingRequest<Op> // the question and its sender are the request
    const plain = envelopeBytes(requestMarkup(operation, namespace, said))
    const bytes = signer === null ? plain : await signBody(plain, signer)
    await options.tap?.sends({ bytes, id: idOf(question, 'messageId'), ...correlation(idOf(question, 'correlationId')) })
    const posted = await post(line, bytes, options.signal)
    if (posted.kind === 'unanswered') return unansweredFailure(posted)
    return heard(posted, options)
  }

  async function heard({ status, bytes }: Extract<Posted, { kind: 'answered' }>, { tap }: CallOptions): Promise<Got | ShepFailure> {
    const envelope = envelopeOrNull(bytes, line.mostBytes)
    const { finding, failure } = envelope === null ? unread : await judged(envelope)
    await tap?.hears({ bytes, id: null, ...(finding === null ? {} : { signature: finding }) })
    if (envelope === null) return status === 200 ? strangeFailure('format', 'the answer cannot be read') : httpFailure(status)
    // A fault only says that there is no answer: who sent it does not matter.
    const fault = readFault(envelope.content)
    if (fault !== null) return faultFailure(fault)
    if (status !== 200) return httpFailure(status)
    return failure ?? { envelope, finding }
  }

  async function judged({ document }: Envelope): Promise<{ finding: SignatureFinding | null; failure: ShepFailure | null }> {
    const nobody = { trust: { roots: [], authorities: [] }, pinned: [] }
    const said = await judgeTransport(document, settings.trust ?? nobody, now())
    if (said.kind === 'believed') return { finding: said.finding, failure: null }
    // Without anybody to trust only the arithmetic is judged.
    const isOpen = settings.trust === null && (said.reason === 'missing' || said.reason === 'untrusted')
    const finding = said.reason === 'missing' ? null : said.finding
    return { finding, failure: isOpen ? null : strangeFailure('signature', `${said.reason}: ${said.detail}`) }
  }

  return {
    async call(operation, question, options = {}) {
      const got = await exchange(operation, question, options)
      if (!('envelope' in got)) return got
      return answered(operation, got, idOf(question, 'messageId'))
    },
    async callForeign(question, foreign, options = {}) {
      const got = await exchange('SendMessage', question, options)
      if (!('envelope' in got)) return got
      const { content } = got.envelope
      return content.namespace === foreign
        ? { kind: 'answer', content, envelope: got.envelope }
        : strangeFailure('schema', `an answer of ${content.namespace}`)
    },
    close: () => line.agent.destroy(),
  }

  async function answered<Op extends Operation>(
    operation: Op,
    { envelope, finding }: Got,
    messageId: string | null,
  ): Promise<ShepAnswer<Op>> {
    const { content } = envelope
    if (content.local !== `${operation}Response` || !namespacesOf[channel].includes(content.namespace))
      return strangeFailure('schema', `the answer is ${content.local}`)
    const problems = (await shepSchemas()).problems(content)
    if (problems.length > 0) return strangeFailure('schema', problems.slice(0, 3).join('; '))
    const response = readOrNull(operation, content)
    if (response === null) return strangeFailure('schema', 'the answer is incomplete')
    if ('status' in response && 'code' in response.status) {
      const { code } = response.status
      if (code !== processedCode) return strangeFailure('status', code.slice(0, 100))
      if ('correlationId' in response && response.correlationId !== undefined && response.correlationId !== messageId)
        return strangeFailure('correlation', 'the answer belongs to another question')
    }
    return { kind: 'answer', response, envelope, finding }
  }
}

/** An answer that is one, as far as its signature says. */
interface Got {
  readonly envelope: Envelope
  readonly finding: SignatureFinding | null
}

const unread = { finding: null, failure: null }
const correlation = (id: string | null) => (id === null ? {} : { correlationId: id })

function idOf(question: object, name: 'messageId' | 'correlationId'): string | null {
  const found = name in question ? Object.entries(question).find(([key]) => key === name)?.[1] : undefined
  return typeof found === 'string' ? found : null
}

function envelopeOrNull(bytes: Uint8Array, mostBytes: number): Envelope | null {
  try {
    return readEnvelope(bytes, { bytes: mostBytes })
  } catch (cause) {
    if (cause instanceof XmlRefused) return null
    throw cause
  }
}

function readOrNull<Op extends Operation>(operation: Op, content: XmlElement): IncomingResponse<Op> | null {
  try {
    return readResponse(operation, content)
  } catch (cause) {
    if (cause instanceof XmlRefused) return null
    throw cause
  }
}
