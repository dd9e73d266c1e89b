import type { XmlElement } from '../../xml/tree.ts'
import { PayloadWrong, readFields, requireType } from '../services/service.ts'

/** What the register is asked: order and names are those of `cs:Request`. */
const order = [
  'messageId',
  'messageDate',
  'senderCode',
  'iin',
  'surname',
  'name',
  'patronymic',
  'birthDate',
  'birthDateFrom',
  'birthDateTo',
  'documentNumber',
  'kdpToken',
  'publicKey',
] as const

export type RegisterRequest = Partial<Record<(typeof order)[number], string>> & { readonly messageId: string }

const namespace = 'http://message.persistence.interactive.nat'

/** @throws PayloadWrong */
export function readRegisterRequest(data: XmlElement, withToken: boolean): RegisterRequest {
  requireType(data, namespace, 'Request')
  const fields = readFields(data, order, ['messageId', 'messageDate', 'senderCode'])
  const { messageId = '', iin, surname, documentNumber, kdpToken, publicKey } = fields
  if (!withToken && (kdpToken ?? publicKey) !== undefined) throw new PayloadWrong('tokenNotAsked')
  if (iin === undefined && surname === undefined && documentNumber === undefined) throw new PayloadWrong('nobodyAsked')
  if (iin !== undefined && !/^\d{12}$/.test(iin)) throw new PayloadWrong('iinShape')
  for (const date of ['birthDate', 'birthDateFrom', 'birthDateTo'] as const)
    if (fields[date] !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(fields[date])) throw new PayloadWrong('dateShape', { field: date })
  return { ...fields, messageId }
}
