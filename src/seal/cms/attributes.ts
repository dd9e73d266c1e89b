import { type Der, Fields, membersOf } from '../der/read.ts'
import { DerRefused } from '../der/refused.ts'
import { tags } from '../der/tags.ts'
import { oidOf } from '../der/values.ts'
import { oid, sequence, set } from '../der/write.ts'

export interface Attribute {
  readonly type: string
  /** At least one. */
  readonly values: readonly Der[]
  readonly der: Uint8Array
}

/** The attributes of a signer, each type once (RFC 5652, 5.3) but those that may come again. Throws DerRefused. */
export function readAttributes(set: Der, again: readonly string[] = []): Attribute[] {
  const attributes = membersOf(set).map(readAttribute)
  if (attributes.length === 0) throw new DerRefused('A set of attributes without any.')
  const seen = new Set<string>()
  for (const { type } of attributes) {
    if (seen.has(type) && !again.includes(type)) throw new DerRefused('The same attribute twice.')
    seen.add(type)
  }
  return attributes
}

function readAttribute(value: Der): Attribute {
  const fields = new Fields(value, tags.sequence)
  const type = oidOf(fields.next())
  const values = membersOf(fields.next(), tags.set)
  fields.end()
  if (values.length === 0) throw new DerRefused('An attribute without a value.')
  return { type, values, der: value.bytes }
}

/** The only value of an attribute; null: it is not there. Throws DerRefused where it has several. */
export function onlyValue(attributes: readonly Attribute[], type: string): Der | null {
  const found = attributes.find((attribute) => attribute.type === type)
  if (found === undefined) return null
  const [value, ...more] = found.values
  if (value === undefined || more.length > 0) throw new DerRefused('An attribute of one value has several.')
  return value
}

export function attribute(type: string, ...values: readonly Uint8Array[]): Uint8Array {
  return sequence(oid(type), set(...values))
}
