import { element, type Markup, optional } from '../../../xml/write.ts'
import { registerService, registerServiceWithToken } from '../register.ts'

/** Namespace of the types of the register's messages; it is named only in `xsi:type`, since nothing below `data` is qualified. */
export const registerNamespace = 'http://message.persistence.interactive.nat'
const instance = 'http://www.w3.org/2001/XMLSchema-instance'

/** The two services: as the register was asked until consent by telephone came, and since. */
export const registerServices = { plain: registerService, token: registerServiceWithToken } as const

export interface RegisterRequest {
  readonly messageId: string
  /** RFC 3339 with an offset. */
  readonly messageDate: string
  readonly senderCode: string
  readonly iin: string
  /** Consent as the control of access to personal data knows it; only of `GBDFLUniversal_token`, which refuses to go without. */
  readonly consent?: { readonly kdpToken: string; readonly publicKey: string }
}

/** `requestData/data` of both services, its children in the order of the schema. */
export function requestData({ messageId, messageDate, senderCode, iin, consent }: RegisterRequest): Markup {
  return element(
    'data',
    { 'xmlns:cs': registerNamespace, 'xmlns:xsi': instance, 'xsi:type': 'cs:Request' },
    element('messageId', {}, messageId),
    element('messageDate', {}, messageDate),
    element('senderCode', {}, senderCode),
    element('iin', {}, iin),
    optional('kdpToken', consent?.kdpToken),
    optional('publicKey', consent?.publicKey),
  )
}
