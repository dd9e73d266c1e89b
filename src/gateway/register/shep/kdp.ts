import { childNamed, textOf, type XmlElement } from '../../../xml/tree.ts'
import { element, type Markup } from '../../../xml/write.ts'

/**
 * Control of access to personal data (КДП): the person allows a reading by answering an SMS from 1414, and the service gives a token for it.
 * It lies behind the gateway as the register does, and answers in a form of its own.
 */
export const kdpService = 'KDP_SERVICE'
export const kdpNamespace = 'http://service.2fa-chain.kz/ns/kdp'

/** Who asks, as the service wants to know it. Names of the fields are its own. */
export interface KdpAsker {
  /** Our system by the name under which it is registered. */
  readonly company: string
  readonly companyBin: string
  readonly responsible: string
  /** Which data are asked for, in the service's own words. */
  readonly dataName: string
  /** For how long the token may be used, in ms. */
  readonly expiresIn: number
  /** The person has consented in another way, and gets no SMS. */
  readonly omitSms: boolean
}

export interface KdpQuestion {
  readonly iin: string
  /** The worker in whose name the data are read. */
  readonly employee: string
  /** Service of the register for which the token is. */
  readonly access: string
  /** See `accessPass`. */
  readonly pass: string
}

/** `requestData/data` of the service: no type is named and nothing is qualified. */
export const kdpData = ({ iin, employee, access, pass }: KdpQuestion, asker: KdpAsker): Markup =>
  element(
    'data',
    {},
    element('uin', {}, iin),
    element('company', {}, asker.company),
    element('company_bin', {}, asker.companyBin),
    element('company_responsible', {}, asker.responsible),
    element('employee_name', {}, employee),
    element('access_name', {}, access),
    element('personal_data_name', {}, asker.dataName),
    element('expiresIn', {}, String(asker.expiresIn)),
    element('omit-sms', {}, String(asker.omitSms)),
    element('ovt', {}, pass),
  )

export interface KdpToken {
  readonly kdpToken: string
  readonly publicKey: string
}

/**
 * What the service said. `VALID` is the only status that was ever published, and with a token the only one that is consent. Of others the plain English words are read, to tell people
 * what is the matter; a word that nobody knows is `none`, with the word. `unreadable`: not an answer of this service, or not to this question.
 */
export type KdpAnswer =
  | { readonly kind: 'token'; readonly token: KdpToken }
  | { readonly kind: 'declined' | 'waiting' | 'expired' }
  /** `status`: the service's own word, as far as it is one. */
  | { readonly kind: 'none'; readonly status: string }
  | { readonly kind: 'unreadable' }

/** Words of services like this one. None of them is ever taken for consent, so that a wrong guess costs a sentence and no person anything. */
const words: ReadonlyMap<string, 'declined' | 'waiting' | 'expired'> = new Map([
  ...(['DECLINED', 'REJECTED', 'REFUSED', 'DENIED', 'CANCELED', 'CANCELLED', 'REVOKED'] as const).map(
    (word) => [word, 'declined'] as const,
  ),
  ...(['WAITING', 'PENDING', 'NEW', 'SENT', 'IN_PROGRESS', 'PROCESSING'] as const).map((word) => [word, 'waiting'] as const),
  ...(['EXPIRED', 'TIMEOUT', 'TIMED_OUT', 'OVERDUE'] as const).map((word) => [word, 'expired'] as const),
])

/**
 * @param root what stands in the Body: `sendMessageResponse`, qualified all the way down, unlike every other answer of the gateway
 * @param messageId of our question; the answer names it as its own or as the correlation
 */
export function readKdpAnswer(root: XmlElement, messageId: string): KdpAnswer {
  const inside = (from: XmlElement | null, ...path: readonly string[]): XmlElement | null =>
    path.reduce<XmlElement | null>((at, name) => (at === null ? null : childNamed(at, kdpNamespace, name)), from)
  const textAt = (...path: readonly string[]): string => {
    const found = inside(root, ...path)
    return found === null ? '' : textOf(found).trim()
  }
  if (root.local !== 'sendMessageResponse' || root.namespace !== kdpNamespace) return { kind: 'unreadable' }
  const named = [textAt('response', 'responseInfo', 'messageId'), textAt('response', 'responseInfo', 'correlationId')]
  if (!named.includes(messageId) || inside(root, 'response', 'responseData', 'data') === null) return { kind: 'unreadable' }
  const said = (name: string) => textAt('response', 'responseData', 'data', name)
  const token = { kdpToken: said('code'), publicKey: said('public-key') }
  const status = said('status')
  if (status === 'VALID' && token.kdpToken !== '' && token.publicKey !== '') return { kind: 'token', token }
  const kind = words.get(status.toUpperCase().replace(/^DEMO-/, ''))
  return kind === undefined ? { kind: 'none', status: /^[\w -]{1,40}$/.test(status) ? status : '' } : { kind }
}

export interface AccessPass {
  readonly companyBin: string
  /** RFC 3339. */
  readonly at: string
  /** ms */
  readonly validFor: number
}

/**
 * The pass by which the service knows the asker (`ovt`): a JSON Web Token (RFC 7519) signed with RS256. `mcheck` asks the service to look whether the
 * telephone is the person's own.
 *
 * @param sign RSASSA-PKCS1-v1_5 with SHA-256 over the bytes
 */
export async function accessPass(
  { companyBin, at, validFor }: AccessPass,
  sign: (bytes: Uint8Array) => Promise<Uint8Array>,
): Promise<string> {
  const issued = Math.floor(Date.parse(at) / 1000)
  const claims = { cbin: companyBin, mcheck: true, iat: issued, exp: issued + Math.ceil(validFor / 1000) }
  const signed = `${encoded({ alg: 'RS256', typ: 'JWT' })}.${encoded(claims)}`
  const signature = await sign(Buffer.from(signed, 'ascii'))
  return `${signed}.${Buffer.from(signature).toString('base64url')}`
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part), 'utf8').toString('base64url')
