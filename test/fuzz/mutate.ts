import type { Chance } from './chance.ts'

/** What parsers have been broken by elsewhere: ends of ranges, signs of other languages, names that every object has, beginnings without an end. */
export const shreds: readonly string[] = [
  '', '\0', '\n', '\r\n', ' ', '"', "'", '\\', '{', '}', '[', ']', '<', '>', '&', '%', '%00', '%ff', ';', ',', '=', '../', '//', '0', '-1', '1e999', 'NaN',
  '9007199254740993', '-0', '2147483648', '00000000000000000000', '0x10', '\ud800', '\udc00', '\ufeff', '\u202e', '\u200b', 'İ', 'ß', 'ﬁ', 'қ', '😀', 'a\u0301',
  '__proto__', 'constructor', 'toString', 'prototype', 'null', 'true', 'undefined', '2018-02-30', '9999-12-31', '0000-00-00', '-271821-04-20', '2019-10-14T25:61:61Z',
  'P99999999999Y', "' or 1=1 --", '$1', '#{x}', '*', '*x', '&x', '!!js/function', '---', '- ', ': ', '\t', '/../', '\\u0000', 'A'.repeat(300), '9'.repeat(400), '['.repeat(200), '{"a":'.repeat(60),
] // biome-ignore format: a list of signs reads better in lines

/** Changes of bytes: flips, cuts, doublings, shreds, and pieces of other samples. */
export function mutateBytes(chance: Chance, from: Buffer, others: readonly Buffer[] = []): Buffer {
  let bytes = from
  for (let turns = 1 + chance.below(4); turns > 0; turns--) bytes = changed(chance, bytes, others)
  return bytes
}

function changed(chance: Chance, bytes: Buffer, others: readonly Buffer[]): Buffer {
  const at = chance.below(bytes.length + 1)
  const until = Math.min(bytes.length, at + 1 + (chance.oneIn(4) ? chance.below(bytes.length + 1) : chance.below(8)))
  const put = (middle: Uint8Array, end = at) => Buffer.concat([bytes.subarray(0, at), middle, bytes.subarray(end)])
  switch (chance.below(8)) {
    case 0: {
      const copy = Buffer.from(bytes)
      if (copy.length > 0)
        copy[at % copy.length] = chance.pick([
          0,
          1,
          0x7f,
          0x80,
          0xff,
          chance.below(256),
          (copy[at % copy.length] ?? 0) ^ (1 << chance.below(8)),
        ])
      return copy
    }
    case 1:
      return put(Buffer.alloc(0), until)
    case 2:
      return put(bytes.subarray(at, until))
    case 3:
      return put(Buffer.from(chance.pick(shreds)))
    case 4:
      return put(Buffer.from(chance.pick(shreds)), until)
    case 5:
      return bytes.subarray(0, at)
    case 6: {
      if (others.length === 0) return put(bytes.subarray(until))
      const other = chance.pick(others)
      const from = chance.below(other.length + 1)
      return put(other.subarray(from, from + chance.below(64)), chance.oneIn(2) ? at : until)
    }
    default: {
      const copy = Buffer.from(bytes)
      // A length or an offset, as binary formats hold them.
      if (copy.length >= 4)
        copy.writeUInt32BE(chance.pick([0, 1, 0x7fffffff, 0xffffffff, chance.below(65536), bytes.length]), chance.below(copy.length - 3))
      return copy
    }
  }
}

export const mutateText = (chance: Chance, from: string, others: readonly string[] = []): string =>
  mutateBytes(
    chance,
    Buffer.from(from),
    others.map((other) => Buffer.from(other)),
  ).toString()

/** Changes inside a value of JSON: other values, other kinds, members gone, doubled or of strange names, lists without end. */
export function mutateJson(chance: Chance, value: unknown): unknown {
  let copy: unknown = structuredClone(value)
  for (let turns = 1 + chance.below(3); turns > 0; turns--) {
    const places = placesIn(copy, [])
    const place = chance.pick(places)
    const holder = place.slice(0, -1).reduce<unknown>((inside, part) => Object(inside)[part], copy)
    const last = place.at(-1)
    const old = last === undefined ? copy : Object(holder)[last]
    const fresh = another(chance, old)
    if (last === undefined) copy = fresh
    else if (chance.oneIn(5)) Array.isArray(holder) ? holder.splice(Number(last), 1) : delete Object(holder)[last]
    else if (chance.oneIn(8)) define(Object(holder), chance.pick(shreds) || 'x', fresh)
    else define(Object(holder), last, fresh)
  }
  return copy
}

/** An own member, also where its name is `__proto__`; of a list one more, since a place far behind its end would fill the memory of whoever prints it. */
function define(holder: object, name: string, value: unknown): void {
  if (Array.isArray(holder) && !(Number(name) < holder.length)) holder.push(value)
  else Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true })
}

function placesIn(value: unknown, path: readonly string[]): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([name, inside]) => placesIn(inside, [...path, name]))].slice(0, 3000)
}

function another(chance: Chance, old: unknown): unknown {
  // Lists of lists of what is long already would break the memory of whoever makes them, not of whoever reads them.
  const isShort = (JSON.stringify(old) ?? '').length < 500
  switch (chance.below(10)) {
    case 0:
      return chance.pick([null, true, false, 0, -1, 1e308, 2 ** 53, 0.1, [], {}, [[]], [null]])
    case 1:
      return isShort ? [old, structuredClone(old)] : []
    case 2:
      return { [chance.pick(shreds) || 'x']: old }
    case 3:
      return Array.from({ length: isShort ? chance.pick([0, 3, 200]) : 0 }, () => structuredClone(old))
    case 4:
      return typeof old === 'number' ? String(old) : Number.parseInt(String(old), 10) || 0
    case 5:
      return typeof old === 'string' && isShort ? old.repeat(chance.pick([2, 50])) : old
    default:
      return typeof old === 'string' ? mutateText(chance, old) : chance.pick(shreds)
  }
}
