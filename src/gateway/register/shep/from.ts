import { randomUUID } from 'node:crypto'
import { signBytes } from '../../../seal/algorithms/verify.ts'
import { type Access, gatewayTrust, readSigner } from '../../access/open.ts'
import { AccessWrong } from '../../access/settings.ts'
import { type ShepClient, shepClient } from '../../shep/client/client.ts'
import type { PersonRegister } from '../register.ts'
import { type ConsentTokens, shepConsent } from './consent.ts'
import { kdpService } from './kdp.ts'
import { type KeptTokens, tokensInMemory } from './keptTokens.ts'
import { shepRegister } from './register.ts'
import { registerServices } from './request.ts'
import type { RegisterSettings } from './settings.ts'

export interface RegisterFrom {
  readonly access: Access
  /** The law's time, RFC 3339. */
  readonly now: () => string
  /** Where tokens of consent lie; absent: in memory. */
  readonly kept?: KeptTokens
  readonly failed?: (cause: unknown) => void
  /** What is put around the two services, as a journal does. */
  readonly around?: {
    readonly register: (register: PersonRegister) => PersonRegister
    readonly tokens: (tokens: ConsentTokens) => ConsentTokens
  }
}

/** The service of the gateway that these settings ask: the name under which it is counted and its breaker kept. */
export const serviceOf = ({ service }: RegisterSettings): string => registerServices[service]

/** Whether a question of a case waits for this service: when it answers again, the questions may come at once. */
export const asksRegister = (service: string): boolean => [...Object.values<string>(registerServices), kdpService].includes(service)

export interface OpenedRegister {
  readonly register: PersonRegister
  /** Ends the connections that are kept. */
  readonly close: () => void
}

/**
 * The register of individuals as the settings say.
 * @throws AccessWrong where a key cannot be used for what it is to do
 */
export async function registerFrom(settings: RegisterSettings, from: RegisterFrom): Promise<OpenedRegister> {
  const { endpoint, timeoutMs, senderCode, signedAnswers } = settings
  const { access, now, around } = from
  const client = clientOf(endpoint, timeoutMs, from)
  const consents = await tokensFrom(settings, from)
  const register = shepRegister({
    client,
    senderCode,
    trust: { store: access.trust, known: access.known, required: signedAnswers },
    ...(consents === null ? {} : { tokens: around?.tokens(consents.tokens) ?? consents.tokens }),
    ...(around === undefined ? {} : { around: around.register }),
    now,
    newId: () => randomUUID(),
  })
  const close = () => {
    client.close()
    consents?.client.close()
  }
  return { register, close }
}

async function tokensFrom(
  { service, consent, endpoint }: RegisterSettings,
  { access, now, kept, failed }: RegisterFrom,
): Promise<{ tokens: ConsentTokens; client: ShepClient } | null> {
  if (service !== 'token' || consent === undefined) return null
  const { key } = consent.key === undefined ? access.signer : await readSigner(consent.key)
  if (key.algorithm !== 'rsa-sha256')
    throw new AccessWrong(
      'Passes of the consent service are signed with RS256: set `consent.key` to a PEM with an RSA key and its certificate.',
    )
  const { company, companyBin, responsible, dataName, tokenForMs: expiresIn, omitSms, timeoutMs } = consent
  const client = clientOf(consent.endpoint ?? endpoint, timeoutMs, { access, now })
  const tokens = shepConsent({
    client,
    asker: { company, companyBin, responsible, dataName, expiresIn, omitSms },
    sign: (bytes) => signBytes(key, bytes),
    now,
    newId: () => randomUUID(),
    kept: kept ?? tokensInMemory(),
    failed,
  })
  return { tokens, client }
}

const clientOf = (address: string, answerMs: number, { access, now }: RegisterFrom): ShepClient =>
  shepClient({
    address,
    channel: 'sync',
    sender: { senderId: access.senderId, password: access.password },
    signer: access.signer,
    trust: gatewayTrust(access),
    now,
    line: { answerMs, mostBytes: 4 << 20 },
  })
