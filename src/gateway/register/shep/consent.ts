import type { CallOptions, TechnicalFailure } from '../../failure.ts'
import { technicalFailure } from '../../failures.ts'
import type { ShepClient } from '../../shep/client/client.ts'
import type { RegisterQuestion } from '../register.ts'
import { accessPass, type KdpAsker, type KdpToken, kdpData, kdpNamespace, kdpService, readKdpAnswer } from './kdp.ts'

/** Gives the token by which the register lets a person be read, or why there is none. */
export interface ConsentTokens {
  /** Given for this question before, and still valid: asked again, the person is not. */
  known(question: RegisterQuestion): KdpToken | null
  ask(question: RegisterQuestion, access: string, options?: CallOptions): Promise<ConsentToken | TechnicalFailure>
  /** The register did not take it: the next question asks the person anew. */
  forget(queryId: string): void
}
export interface ConsentToken {
  readonly kind: 'token'
  readonly token: KdpToken
}

export interface ConsentParts {
  readonly client: Pick<ShepClient, 'callForeign'>
  readonly asker: KdpAsker
  /** RSASSA-PKCS1-v1_5 with SHA-256, by the key that the service knows. */
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array>
  /** The law's time, RFC 3339. */
  readonly now: () => string
  /** A new name for a message. */
  readonly newId: () => string
}

/** So many tokens are remembered; the oldest give way. */
const most = 1000

/**
 * Consent through the gateway. A token is remembered for its question while it is valid: a question that is asked again after an outage must not send the
 * person a second SMS. Nothing of it outlives the process.
 */
export function shepConsent(parts: ConsentParts): ConsentTokens {
  const { client, asker, sign, now, newId } = parts
  const known = new Map<string, { readonly token: KdpToken; readonly iin: string; readonly until: number }>()

  const remembered: ConsentTokens['known'] = ({ queryId, iin }) => {
    const found = known.get(queryId)
    return found !== undefined && found.iin === iin && Date.parse(now()) < found.until ? found.token : null
  }
  const remember = ({ queryId, iin }: RegisterQuestion, token: KdpToken, from: string): void => {
    // The last tenth is left unused: the register's clock is another's, and the question takes its time.
    known.set(queryId, { token, iin, until: Date.parse(from) + asker.expiresIn * 0.9 })
    const [oldest] = known.keys()
    if (known.size > most && oldest !== undefined) known.delete(oldest)
  }

  return {
    known: remembered,
    async ask(question, access, options = {}) {
      const [messageId, messageDate] = [newId(), now()]
      const pass = await accessPass({ companyBin: asker.companyBin, at: messageDate, validFor: asker.expiresIn }, sign)
      const data = kdpData({ iin: question.iin, employee: question.employee ?? asker.responsible, access, pass }, asker)
      const said = await client.callForeign({ messageId, messageDate, serviceId: kdpService, properties: [], data }, kdpNamespace, options)
      if (said.kind === 'technicalFailure') return said
      const answer = readKdpAnswer(said.content, messageId)
      if (answer.kind === 'unreadable') return technicalFailure('remote-service-error', false)
      if (answer.kind === 'none') return technicalFailure('kdp-token-not-found')
      remember(question, answer.token, messageDate)
      return { kind: 'token', token: answer.token }
    },
    forget: (queryId) => void known.delete(queryId),
  }
}
