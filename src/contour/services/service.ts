import { attributeOf, elementsOf, namespaceAt, textOf, type XmlElement } from '../../xml/tree.ts'
import type { Markup } from '../../xml/write.ts'
import type { Note } from '../watch/watch.ts'

/** A call that the gateway has let through: format, sender and signature are right. */
export interface ServiceCall {
  readonly service: string
  readonly sender: string
  readonly messageId: string
  /** The element `data` of the request. */
  readonly data: XmlElement
  readonly signal: AbortSignal
}

export type ServiceAnswer =
  /** A normal answer. */
  | { readonly kind: 'data'; readonly data: Markup; readonly notes?: readonly Note[] }
  /** An answer whose status says that there is none: no data, and never to be taken for "nothing found". */
  | { readonly kind: 'status'; readonly code: string; readonly message: string; readonly notes?: readonly Note[] }
  /** Another content of the SOAP Body than a SendMessageResponse. */
  | { readonly kind: 'content'; readonly content: Markup; readonly notes?: readonly Note[] }
  | { readonly kind: 'fault'; readonly code: string; readonly data: string; readonly notes?: readonly Note[] }
  /** The connection ends without an answer. */
  | { readonly kind: 'cut'; readonly notes?: readonly Note[] }

/** A system behind the gateway. */
export interface SyncService {
  readonly services: readonly string[]
  answer(call: ServiceCall): Promise<ServiceAnswer>
}

/** What a payload is not: told to the sender as `errorData` of SCE001. */
export class PayloadWrong extends Error {
  override name = 'PayloadWrong'
  readonly note: Note

  constructor(code: string, params: Note['params'] = {}) {
    super(Object.values(params).join(' ') || code)
    this.note = { code, params }
  }
}

const xsi = 'http://www.w3.org/2001/XMLSchema-instance'

/** @throws PayloadWrong where `xsi:type` of the payload is not this name: a service behind the gateway knows by it what it is given */
export function requireType(data: XmlElement, namespace: string, local: string): void {
  const type = attributeOf(data, xsi, 'type')
  if (type === null) throw new PayloadWrong('noXsiType', { expected: local })
  const [prefix, name] = type.includes(':') ? type.split(':', 2) : ['', type]
  if (name !== local || namespaceAt(data, prefix ?? '') !== namespace) throw new PayloadWrong('otherXsiType', { expected: local })
}

/**
 * The texts of plain children that stand in a known order.
 *
 * @throws PayloadWrong for an element that is unknown, qualified, out of order or absent though required
 */
export function readFields<Name extends string>(
  parent: XmlElement,
  order: readonly Name[],
  required: readonly Name[],
): Partial<Record<Name, string>> {
  const fields: Partial<Record<Name, string>> = {}
  let last = -1
  for (const child of elementsOf(parent)) {
    const name = order.find((known) => known === child.local)
    if (name === undefined) throw new PayloadWrong('unknownField', { field: child.local })
    const at = order.indexOf(name)
    if (child.namespace !== '') throw new PayloadWrong('qualifiedField', { field: child.local })
    if (at <= last) throw new PayloadWrong('fieldOrder', { field: child.local })
    last = at
    fields[name] = textOf(child).trim()
  }
  for (const name of required) if (!fields[name]) throw new PayloadWrong('missingField', { field: name })
  return fields
}

/** Runs a service; a payload that it cannot read is a fault of the sender, not of the service. */
export async function answerOf(service: SyncService, call: ServiceCall): Promise<ServiceAnswer> {
  try {
    return await service.answer(call)
  } catch (cause) {
    if (!(cause instanceof PayloadWrong)) throw cause
    return { kind: 'fault', code: 'SCE001', data: cause.message, notes: [cause.note] }
  }
}
