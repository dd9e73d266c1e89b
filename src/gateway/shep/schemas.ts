import { openSchema, type XmlSchema } from '../../xml/schema.ts'
import type { XmlElement, XmlNode } from '../../xml/tree.ts'
import { asyncNamespace, clientNamespace, syncNamespace } from './names.ts'

/** Checks what stands in a Body against the schemas in `schema/`. */
export interface ShepSchemas {
  /** Empty: valid. An element of no known namespace has one problem. */
  problems(content: XmlElement): string[]
}

const holders: ReadonlySet<string> = new Set(['requestData', 'responseData', 'messageData'])
let opened: Promise<ShepSchemas> | null = null

/** Compiled once for the process (about 60 ms, with the loading of libxml2). */
export function shepSchemas(): Promise<ShepSchemas> {
  opened ??= open()
  return opened
}

async function open(): Promise<ShepSchemas> {
  const schema = (name: string) => openSchema(new URL(`./schema/${name}.xsd`, import.meta.url))
  const [sync, async, client] = await Promise.all([schema('sync'), schema('async'), schema('client')])
  const byNamespace: ReadonlyMap<string, XmlSchema> = new Map([
    [syncNamespace, sync],
    [asyncNamespace, async],
    [clientNamespace, client],
  ])
  return {
    problems: (content) =>
      byNamespace.get(content.namespace)?.problems(withoutPayload(content)) ?? [`unknown namespace ${content.namespace}`],
  }
}

/**
 * A copy in which every `data` is empty: its `xsi:type` names types of other schemas, by which libxml2 would call the envelope invalid, and its
 * contents are another schema's matter.
 */
export function withoutPayload(element: XmlElement): XmlElement {
  const children = element.children.map((child): XmlNode => {
    if (child.kind !== 'element') return child
    const isPayload = child.local === 'data' && child.namespace === '' && holders.has(element.local) && element.namespace === ''
    return isPayload ? { ...child, attributes: [], children: [] } : withoutPayload(child)
  })
  return { ...element, children }
}
