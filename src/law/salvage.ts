import type { z } from 'zod'
import { flatten } from './issues.ts'
import { type Path, showPath } from './problem.ts'

type Holder = Record<string | number, unknown>

const holderOf = (root: unknown, path: Path): Holder | undefined => {
  const holder = path.slice(0, -1).reduce<unknown>((value, part) => (value as Holder | undefined)?.[part], root) // walks bare data
  return typeof holder === 'object' && holder !== null ? (holder as Holder) : undefined // any object answers to a key
}

/** A value of the expected kind that means nothing; only its form matters, since nobody reports on it. */
const neutral = (issue: z.core.$ZodIssue, old: unknown): unknown => {
  switch (issue.code) {
    case 'invalid_value':
      return issue.values[0]
    case 'invalid_format':
      return issue.format === 'date' ? '2000-01-01' : issue.format === 'datetime' ? '2000-01-01T00:00:00Z' : 'unreadable'
    case 'too_small':
    case 'too_big':
      return issue.origin === 'number' ? 1 : undefined
    case 'invalid_type':
      if (issue.expected === 'string') return old === undefined || typeof old === 'object' ? 'unreadable' : String(old)
      if (issue.expected === 'array') return []
      if (issue.expected === 'number' || issue.expected === 'int') return 1
      if (issue.expected === 'boolean') return false
      return issue.expected === 'record' ? {} : { kk: '?', ru: '?' }
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options) ? issue.options[0] : undefined
    default:
      return undefined
  }
}

const mend = (root: unknown, issue: z.core.$ZodIssue): Path[] => {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)))
  if (issue.code === 'unrecognized_keys') {
    const holder = holderOf(root, [...path, ''])
    for (const key of issue.keys) if (holder) delete holder[key]
    return []
  }
  const holder = holderOf(root, path)
  const last = path.at(-1)
  if (!holder || last === undefined) return []
  const value = neutral(issue, holder[last])
  if (value !== undefined) holder[last] = value
  else if (Array.isArray(holder)) holder.splice(Number(last), 1, undefined)
  else delete holder[last]
  return [path]
}

/**
 * The nearest well-formed value: unknown keys left out, unreadable values replaced. Gives up where a few rounds do not
 * suffice; the problems of form are told in any case.
 */
export const salvage = <S extends z.ZodType>(schema: S, raw: unknown): { value: z.infer<S>; patched: string[] } | undefined => {
  const root = structuredClone(raw)
  const patched: string[] = []
  for (let round = 0; round < 4; round++) {
    const result = schema.safeParse(root)
    if (result.success) return { value: result.data, patched }
    for (const issue of result.error.issues.flatMap((each) => flatten(each))) patched.push(...mend(root, issue).map(showPath))
  }
  return undefined
}
