import { openSchema, type XmlSchema } from '../../../xml/schema.ts'
import { attributeOf, elementsOf, textOf, type XmlElement } from '../../../xml/tree.ts'
import { xmldsigNamespace } from './names.ts'

const instance = 'http://www.w3.org/2001/XMLSchema-instance'
let schema: Promise<XmlSchema> | null = null

/**
 * The register's `data` in the shape of `readResponse`, or what its schema finds wrong with it. Signatures were verified before, on the bytes as
 * they came: the schema knows nothing of `xsi:type`, which stacks write as they like, so it is taken off for the check.
 */
export async function readData(data: XmlElement): Promise<{ readonly value: unknown } | { readonly problems: readonly string[] }> {
  schema ??= openSchema(new URL('./schema/person-register.xsd', import.meta.url))
  const problems = (await schema).problems(withoutTypes(data))
  return problems.length > 0 ? { problems } : { value: plainOf(data) }
}

/** A copy to be checked, never to be verified. */
function withoutTypes(element: XmlElement): XmlElement {
  return {
    ...element,
    attributes: element.attributes.filter(({ namespace, local }) => namespace !== instance || local !== 'type'),
    children: element.children.map((child) => (child.kind === 'element' ? withoutTypes(child) : child)),
  }
}

/** What repeats inside its parent: one alone is a list too. */
const repeated: Readonly<Record<string, string>> = { persons: 'person', documents: 'document', addresses: 'address' }
/** What may come without anything inside and is a record all the same, not an empty text. */
const records = new Set([
  'persons',
  'documents',
  'addresses',
  'birthPlace',
  'regAddress',
  'foreignData',
  'excludeStatus',
  'repatriationStatus',
])
const flags = new Set(['removed', 'missing', 'disappear'])

function plainOf(element: XmlElement): unknown {
  if (attributeOf(element, instance, 'nil')?.trim() === 'true' || attributeOf(element, instance, 'nil')?.trim() === '1') return null
  const inside = elementsOf(element).filter(({ namespace }) => namespace !== xmldsigNamespace)
  if (inside.length === 0 && !records.has(element.local)) return scalarOf(element)
  const value: Record<string, unknown> = {}
  const list = repeated[element.local]
  if (list !== undefined) value[list] = inside.map(plainOf)
  else for (const child of inside) value[child.local] = plainOf(child)
  return value
}

/** A day of XML Schema may carry a zone, as Java writes it: `1985-03-15+06:00` is the fifteenth of March wherever it is read. */
const zonedDay = /^(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})$/

function scalarOf(element: XmlElement): string | boolean {
  const text = textOf(element)
  if (flags.has(element.local)) return text.trim() === 'true' || text.trim() === '1'
  if (!element.local.endsWith('Date')) return text
  const day = text.trim()
  return zonedDay.exec(day)?.[1] ?? day
}
