import type { z } from 'zod'
import { hasInvisible, withoutInvisible } from '../language/invisible.ts'
import { type InputError, type No, no } from './problem.ts'

/** A step with sixty documents is below 20 KiB. */
export const longestJson = 256 * 1024
/** The deepest shape that any route takes has five levels. */
const deepest = 12

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly no: No }

/** The body, refused as soon as it grows too long, whatever its `Content-Length` says. */
export async function readBytes(request: Request, longest: number): Promise<Read<Uint8Array>> {
  const told = Number(request.headers.get('content-length') ?? '0')
  if (told > longest) return { ok: false, no: no('tooLarge', { params: { longest } }) }
  const parts: Uint8Array[] = []
  let length = 0
  if (request.body === null) return { ok: true, value: new Uint8Array() }
  for await (const part of request.body) {
    length += part.length
    if (length > longest) return { ok: false, no: no('tooLarge', { params: { longest } }) }
    parts.push(part)
  }
  return { ok: true, value: Buffer.concat(parts) }
}

/** JSON in UTF-8 → the shape, or every place that is wrong at once. */
export async function readJson<T>(request: Request, shape: z.ZodType<T>): Promise<Read<T>> {
  // Also keeps pages of other sites out: a browser sends this type across sites only after asking, and we answer no such question.
  if (!/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(request.headers.get('content-type') ?? ''))
    return { ok: false, no: no('unsupportedMedia', { params: { takes: 'application/json' } }) }
  const bytes = await readBytes(request, longestJson)
  if (!bytes.ok) return bytes
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.value))
  } catch {
    return { ok: false, no: no('malformed') }
  }
  if (depthOf(value) > deepest) return { ok: false, no: no('malformed') }
  const pointer = (path: readonly PropertyKey[]) => path.map((part) => `/${inPointer(String(part))}`).join('')
  const unseen = invisibleIn(value, [])
  if (unseen.length > 0) return wrongCharacters(unseen.map(pointer))
  return checked(shape, value, pointer)
}

/** Parameters of the address: each once. */
export function readQuery<T>(url: URL, shape: z.ZodType<T> | undefined): Read<T | undefined> {
  if (shape === undefined) return { ok: true, value: undefined }
  const names = [...url.searchParams.keys()]
  const twice = names.find((name, place) => names.indexOf(name) !== place)
  if (twice !== undefined) return { ok: false, no: no('invalidInput', { errors: [{ pointer: twice, code: 'twice' }] }) }
  const unseen = [...url.searchParams].filter((pair) => pair.some(hasInvisible)).map(([name]) => withoutInvisible(name))
  if (unseen.length > 0) return wrongCharacters(unseen)
  return checked(shape, Object.fromEntries(url.searchParams), (path) => path.join('.'))
}

/** Where text stands that no paper, hash or database can keep; a name of a member counts as its place. */
function invisibleIn(value: unknown, path: readonly string[]): (readonly string[])[] {
  if (typeof value === 'string') return hasInvisible(value) ? [path] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) =>
    hasInvisible(name) ? [[...path, withoutInvisible(name)]] : invisibleIn(member, [...path, name]),
  )
}

const wrongCharacters = (pointers: readonly string[]): { ok: false; no: No } => ({
  ok: false,
  no: no('invalidInput', { errors: pointers.map((pointer) => ({ pointer, code: 'wrongCharacter' })) }),
})

function checked<T>(shape: z.ZodType<T>, value: unknown, pointer: (path: readonly PropertyKey[]) => string): Read<T> {
  const parsed = shape.safeParse(value)
  if (parsed.success) return { ok: true, value: parsed.data }
  const errors = parsed.error.issues.flatMap((issue) => errorsOf(issue, pointer, value))
  return { ok: false, no: no('invalidInput', { errors }) }
}

type Issue = z.core.$ZodIssue

function errorsOf(issue: Issue, pointer: (path: readonly PropertyKey[]) => string, value: unknown): InputError[] {
  const at = pointer(issue.path)
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ pointer: pointer([...issue.path, key]), code: 'unknownField' }))
    case 'invalid_type':
      return [{ pointer: at, code: isThere(value, issue.path) ? 'wrongType' : 'required' }]
    case 'invalid_value':
      if (!isThere(value, issue.path)) return [{ pointer: at, code: 'required' }]
      return [{ pointer: at, code: 'wrongChoice', params: { choices: issue.values.map(String).join(', ') } }]
    case 'invalid_format':
      return [{ pointer: at, code: issue.format === 'date' || issue.format === 'datetime' ? 'badDate' : 'wrongFormat' }]
    case 'too_small':
      return [{ pointer: at, code: 'tooSmall', params: { least: String(issue.minimum) } }]
    case 'too_big':
      return [{ pointer: at, code: 'tooBig', params: { most: String(issue.maximum) } }]
    case 'invalid_union':
      return unionErrors(issue, at, pointer, value)
    default:
      return [{ pointer: at, code: 'wrong' }]
  }
}

/** Of a choice between shapes, what is wrong with the one that came nearest. */
function unionErrors(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  at: string,
  pointer: (path: readonly PropertyKey[]) => string,
  value: unknown,
): InputError[] {
  const each = issue.errors.map((issues) => issues.flatMap((i) => errorsOf({ ...i, path: [...issue.path, ...i.path] }, pointer, value)))
  const [nearest] = each.sort((a, b) => a.length - b.length)
  return nearest && nearest.length > 0 ? nearest : [{ pointer: at, code: 'wrong' }]
}

function isThere(value: unknown, path: readonly PropertyKey[]): boolean {
  let here: unknown = value
  for (const part of path) {
    if (typeof here !== 'object' || here === null) return false
    here = Reflect.get(here, part)
  }
  return here !== undefined
}

/** Without recursion: what is measured may be deep on purpose. */
function depthOf(value: unknown): number {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return depth
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return 0
}

/** RFC 6901. */
const inPointer = (part: string) => part.replaceAll('~', '~0').replaceAll('/', '~1')
