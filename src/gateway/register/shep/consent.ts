import type { CallOptions, TechnicalFailure } from '../../failure.ts'
import { technicalFailure } from '../../failures.ts'
import type { ShepClient } from '../../shep/client/client.ts'
import type { RegisterQuestion } from '../register.ts'
import { accessPass, type KdpAsker, type KdpToken, kdpData, kdpNamespace, kdpService, readKdpAnswer } from './kdp.ts'
import type { KeptTokens } from './keptTokens.ts'

/** Gives the token by which the register lets a person be read, or why there is none. */
export interface ConsentTokens {
  /** Given for this question before, to whichever process, and still valid: asked again, the person is not. */
  known(question: RegisterQuestion): Promise<KdpToken | null>
  ask(question: RegisterQuestion, access: string, options?: CallOptions): Promise<ConsentToken | TechnicalFailure>
  /** The register did not take it: the next question asks the person anew. */
  forget(question: RegisterQuestion): Promise<void>
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
  readonly kept: KeptTokens
  /** Told why a token could not be kept. */
  readonly failed?: ((cause: unknown) => void) | undefined
}

/**
 * Consent through the gateway. A token is kept for its question while it is valid: a question that is asked again after an outage or a restart must not
 * send the person a second SMS.
 */
export function shepConsent(parts: ConsentParts): ConsentTokens {
  const { client, asker, sign, now, newId, kept, failed } = parts

  /** The person has answered: a token that could not be kept is used all the same. */
  const keep = async (question: RegisterQuestion, token: KdpToken, from: string): Promise<void> => {
    // The last tenth is left unused: the register's clock is another's, and the question takes its time.
    const until = new Date(Date.parse(from) + asker.expiresIn * 0.9).toISOString()
    await kept.keep(question, token, until).catch((cause: unknown) => failed?.(cause))
  }

  return {
    known: (question) => kept.find(question, now()),
    async ask(question, access, options = {}) {
      const [messageId, messageDate] = [newId(), now()]
      const pass = await accessPass({ companyBin: asker.companyBin, at: messageDate, validFor: asker.expiresIn }, sign)
      const data = kdpData({ iin: question.iin, employee: question.employee ?? asker.responsible, access, pass }, asker)
      const said = await client.callForeign({ messageId, messageDate, serviceId: kdpService, properties: [], data }, kdpNamespace, options)
      if (said.kind === 'technicalFailure') return said
      const answer = readKdpAnswer(said.content, messageId)
      if (answer.kind === 'unreadable') return technicalFailure('remote-service-error', false)
      if (answer.kind === 'none') return withoutToken(answer.status)
      if (answer.kind !== 'token') return technicalFailure(`kdp-${answer.kind}`)
      await keep(question, answer.token, messageDate)
      return { kind: 'token', token: answer.token }
    },
    forget: (question) => kept.forget(question),
  }
}

/** The word stands in the answer as it came: whoever knows the service reads more in it than we do. */
function withoutToken(status: string): TechnicalFailure {
  const failure = technicalFailure('kdp-token-not-found')
  if (status === '') return failure
  const { kk, ru } = failure.text
  return {
    ...failure,
    text: { kk: `${kk} (${status})`, ru: `${ru} (${status})` },
  }
}
