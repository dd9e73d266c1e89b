import type { Json } from './ledger.ts'

/**
 * Canonical JSON by RFC 8785: keys sorted by UTF-16 code units, numbers as ECMAScript prints them, no spaces.
 * Throws on what JSON cannot say and a hash must not guess: NaN, infinities, undefined, half a surrogate pair.
 */
export function canonical(value: Json): string {
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${value} has no canonical form`)
    return JSON.stringify(value)
  }
  if (value === null || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object') throw new TypeError(`${typeof value} has no canonical form`)
  return canonicalObject(value)
}

function canonicalObject(value: { [key: string]: Json }): string {
  let text = '{'
  // The default order of sort() is by UTF-16 code units: what section 3.2.3 asks for.
  for (const key of Object.keys(value).sort()) {
    const member = value[key]
    if (member === undefined) throw new TypeError(`undefined under ${JSON.stringify(key)} has no canonical form`)
    text += `${text === '{' ? '' : ','}${quote(key)}:${canonical(member)}`
  }
  return `${text}}`
}

function quote(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('half a surrogate pair has no canonical form')
  return JSON.stringify(text)
}
