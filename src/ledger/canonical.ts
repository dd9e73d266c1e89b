import type { Json, JsonObject } from './ledger.ts'

/**
 * Canonical JSON by RFC 8785: keys sorted by UTF-16 code units, numbers as ECMAScript prints them, no spaces.
 * Throws on what JSON cannot say and a hash must not guess: NaN, infinities, undefined, half a surrogate pair.
 *
 * The runtime prints a value several times faster than we could, in the order in which its objects hold their keys: so they are put in order first.
 */
export function canonical(value: Json): string {
  seen.indexKey = false
  const text = JSON.stringify(inOrder(value))
  if (text.includes('\\ud') && halfPair.test(text)) throw new TypeError('half a surrogate pair has no canonical form')
  return seen.indexKey ? spelledOut(value) : text
}

/** The escape that half a pair is printed as, and nothing else is, unless its own backslash is escaped. */
const halfPair = /(?<!\\)(?:\\\\)*\\ud[89a-f]/

/** An object holds keys that are whole numbers before all others and by their size, wherever they were put: noted while keys are looked at, since the text is long. */
const seen = { indexKey: false }
const startsWithDigit = (key: string) => {
  const code = key.charCodeAt(0)
  return code >= 48 && code <= 57
}

/** The same value with the keys of every object in order; what is in order already is not copied. */
function inOrder(value: Json): Json {
  if (typeof value === 'string' || value === null || typeof value === 'boolean') return value
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${value} has no canonical form`)
    return value
  }
  if (typeof value !== 'object') throw new TypeError(`${typeof value} has no canonical form`)
  if (Array.isArray(value)) return listInOrder(value)
  const keys = Object.keys(value)
  // They come first, whatever else there is.
  if (startsWithDigit(keys[0] ?? '')) seen.indexKey = true
  // The default order of sort() is by UTF-16 code units: what section 3.2.3 asks for.
  return isSorted(keys) ? membersInOrder(value, keys) : sortedMembers(value, keys.sort())
}

function listInOrder(list: Json[]): Json[] {
  let copy: Json[] | undefined
  for (let at = 0; at < list.length; at++) {
    const one = list[at] as Json // as: within the list
    const ordered = inOrder(one)
    if (ordered === one) continue
    copy ??= [...list]
    copy[at] = ordered
  }
  return copy ?? list
}

function isSorted(keys: readonly string[]): boolean {
  for (let at = 1; at < keys.length; at++) if ((keys[at - 1] ?? '') > (keys[at] ?? '')) return false
  return true
}

function membersInOrder(value: JsonObject, keys: readonly string[]): JsonObject {
  let copy: JsonObject | undefined
  for (const key of keys) {
    const member = memberOf(value, key)
    const ordered = inOrder(member)
    if (ordered === member) continue
    copy ??= { ...value }
    copy[key] = ordered
  }
  return copy ?? value
}

function sortedMembers(value: JsonObject, keys: readonly string[]): JsonObject {
  const copy: JsonObject = {}
  for (const key of keys) {
    const ordered = inOrder(memberOf(value, key))
    if (key === '__proto__') Object.defineProperty(copy, key, { value: ordered, enumerable: true })
    else copy[key] = ordered
  }
  return copy
}

function memberOf(value: JsonObject, key: string): Json {
  const member = value[key]
  if (member === undefined) throw new TypeError(`undefined under ${JSON.stringify(key)} has no canonical form`)
  return member
}

function spelledOut(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(spelledOut).join(',')}]`
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${spelledOut(value[key] ?? null)}`)
  return `{${members.join(',')}}`
}
