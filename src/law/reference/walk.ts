import type { z } from 'zod'
import { act } from '../schema/acts.ts'
import { norm } from '../schema/step.ts'
import { clause, code, date, datedFact, text, unconfirmed } from '../schema/text.ts'

type Schema = z.core.$ZodType

/** The part of zod's own description of a schema on which we rely. */
interface Def {
  readonly type: string
  readonly innerType?: Schema
  readonly element?: Schema
  readonly valueType?: Schema
  readonly keyType?: Schema
  readonly options?: readonly Schema[]
  readonly shape?: Readonly<Record<string, Schema>>
  readonly discriminator?: string
  readonly values?: readonly unknown[]
  readonly entries?: Readonly<Record<string, string>>
  readonly defaultValue?: unknown
}
export const defOf = (schema: Schema): Def => schema._zod.def as unknown as Def // zod types each kind apart; we read them by `type`

/** Kinds of value that many keys share, with the section that describes them. */
const shared: readonly [string, Schema][] = [
  ['text', text],
  ['code', code],
  ['day', date],
  ['clause', clause],
  ['unconfirmed', unconfirmed],
  ['dated fact', datedFact],
  ['norm', norm],
  ['act', act],
]
export const sharedName = (schema: Schema): string | undefined => shared.find(([, other]) => defOf(other) === defOf(schema))?.[0]

export const descriptionOf = (schema: Schema): string =>
  'description' in schema && typeof schema.description === 'string' ? schema.description : ''

/** A key's schema without its being optional or having a default. */
export const bare = (schema: Schema): Schema => {
  const { innerType } = defOf(schema)
  return innerType ? bare(innerType) : schema
}

export const isRequired = (schema: Schema): boolean => !['optional', 'default'].includes(defOf(schema).type)

export const defaultOf = (schema: Schema): unknown => {
  const { type, defaultValue, innerType } = defOf(schema)
  return type === 'default' ? defaultValue : innerType && defaultOf(innerType)
}

/** The words about a key, its own or those of what is inside. */
export const meaningOf = (schema: Schema): string => {
  const own = descriptionOf(schema)
  const { innerType, element, type } = defOf(schema)
  if (own) return own
  if (innerType) return meaningOf(innerType)
  return type === 'array' && element ? meaningOf(element) : ''
}

/** What is written as the value of a key, in a few words; mappings are described in sections of their own. */
export const typeName = (given: Schema): string => {
  const schema = bare(given)
  const name = sharedName(schema)
  if (name) return name
  const { type, element, valueType, options, values, entries } = defOf(schema)
  switch (type) {
    case 'array':
      return element ? `list of ${typeName(element)}` : 'list'
    case 'record':
      return valueType ? `mapping from name to ${typeName(valueType)}` : 'mapping'
    case 'literal':
      return (values ?? []).map((value) => `\`${String(value)}\``).join(' or ')
    case 'enum':
      return Object.values(entries ?? {})
        .map((value) => `\`${value}\``)
        .join(', ')
    case 'union':
      return [...new Set((options ?? []).map(typeName))].join(' or ')
    case 'object':
      return 'mapping'
    case 'string':
      return 'words'
    case 'number':
      return 'whole number'
    case 'boolean':
      return '`true` or `false`'
    default:
      return 'anything'
  }
}

export interface Row {
  readonly key: string
  readonly schema: Schema
}
export interface Section {
  /** Where the mapping stands: `steps[].norms[]`, `roles.<name>`; empty for the root. */
  readonly path: string
  readonly rows: readonly Row[]
}

/** Every mapping under a schema, itself first; kinds that many keys share are left to their own sections. */
export const sectionsOf = (given: Schema, path = '', open = false): Section[] => {
  const schema = bare(given)
  if (!open && sharedName(schema)) return []
  const { element, valueType, options, shape } = defOf(schema)
  if (element) return sectionsOf(element, `${path}[]`)
  if (valueType) return sectionsOf(valueType, `${path}.<name>`)
  if (options) return options.flatMap((option) => sectionsOf(option, path))
  if (!shape) return []
  const rows = Object.entries(shape).map(([key, each]) => ({ key, schema: each }))
  return [{ path, rows }, ...rows.flatMap((row) => sectionsOf(row.schema, path ? `${path}.${row.key}` : row.key))]
}

export const sharedSchemas = (): readonly [string, Schema][] => shared
