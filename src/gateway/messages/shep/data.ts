import { canonical } from '../../../ledger/canonical.ts'
import { childNamed, elementsOf, textOf, type XmlElement } from '../../../xml/tree.ts'
import { element, type Markup } from '../../../xml/write.ts'
import { type Payload, payload } from '../payload.ts'

/** Namespace of our payload: the one thing inside `data`. Its text is the canonical JSON of the message; `format` is in there too. */
export const payloadNamespace = 'urn:qyzmet:message'

/** JSON may hold two characters that XML cannot; the canonical form leaves them as they are. */
const escapes: Readonly<Record<string, string>> = { '\ufffe': '\\ufffe', '\uffff': '\\uffff' }

export function dataOf(said: Payload): Markup {
  const text = canonical(JSON.parse(JSON.stringify(payload.parse(said))))
  const safe = text.replaceAll(/[\ufffe\uffff]/g, (sign) => escapes[sign] ?? sign)
  return element('data', {}, element('m:message', { 'xmlns:m': payloadNamespace }, safe))
}

/** null: not our payload, or not of its shape. */
export function payloadOf(data: XmlElement): Payload | null {
  const message = childNamed(data, payloadNamespace, 'message')
  if (message === null || elementsOf(data).length !== 1 || elementsOf(message).length > 0) return null
  const read = payload.safeParse(jsonOf(textOf(message)))
  return read.success ? read.data : null
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
