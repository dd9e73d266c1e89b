import type { z } from 'zod'
import type { ProblemCode } from './codes.ts'
import { keysAt } from './keys.ts'
import { nearest } from './near.ts'
import { type Path, type Problem, problemAt } from './problem.ts'
import { type Source, valueAt } from './source.ts'

type Issue = z.core.$ZodIssue

const pathOf = (path: readonly PropertyKey[]): Path => path.map((part) => (typeof part === 'number' ? part : String(part)))

/** How far a variant is from what was written: another kind of thing altogether is farther than any number of slips inside. */
const slips = (issues: readonly Issue[]): number =>
  issues.reduce((sum, { path, code }) => sum + (path.length === 0 && code !== 'unrecognized_keys' ? 100 : 1), 0)

/** A union is told by the variant that was probably meant, with whole paths. */
export const flatten = (issue: Issue, before: Path = []): Issue[] => {
  const path = [...before, ...pathOf(issue.path)]
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const [meant = []] = [...issue.errors].sort((a, b) => slips(a) - slips(b))
    return meant.flatMap((inner) => flatten(inner, path))
  }
  return [{ ...issue, path: [...path] }]
}

const suggested = (name: string, known: readonly string[]): { code: 'meant'; near: string } | { code: 'known' } => {
  const near = nearest(name, known)
  return near ? { code: 'meant', near } : { code: 'known' }
}

const unknownKeys = (schema: z.core.$ZodType, source: Source, path: Path, keys: readonly string[]): Problem[] =>
  keys.map((key) => {
    const known = keysAt(schema, path)
    const found = suggested(key, known)
    return found.code === 'meant'
      ? problemAt(source, [...path, key], 'unknownKeyMeant', { params: { key, near: found.near } })
      : problemAt(source, [...path, key], 'unknownKey', { params: { key, known: known.join(', ') } })
  })

const notOneOf = (source: Source, path: Path, value: unknown, allowed: readonly string[]): Problem => {
  const found = suggested(String(value), allowed)
  return found.code === 'meant'
    ? problemAt(source, path, 'notOneOfMeant', { params: { value: String(value), near: found.near } })
    : problemAt(source, path, 'notOneOf', { params: { value: String(value), known: allowed.join(', ') } })
}

const kinds: Readonly<Record<string, ProblemCode>> = {
  object: 'type.mapping',
  record: 'type.mapping',
  array: 'type.list',
  int: 'type.number',
  number: 'type.number',
  boolean: 'type.boolean',
}

const wrongType = (source: Source, path: Path, value: unknown, expected: string): Problem => {
  const key = String(path.at(-1) ?? '')
  if (value === undefined) return problemAt(source, path, 'missing', { params: { key } })
  // Unquoted, clause 8.10 would be the number 8.1: the one slip that silently changes the law's text.
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    return problemAt(source, path, 'quoteIt', { params: { key, value: String(value) } })
  }
  return problemAt(source, path, kinds[expected] ?? 'type.string', { params: { key } })
}

const formats: Readonly<Record<string, ProblemCode>> = { date: 'badDate', datetime: 'badMoment' }

const tooFar = (source: Source, path: Path, value: unknown, origin: string, limit: string): Problem => {
  const key = String(path.at(-1) ?? '')
  if (origin === 'array' || origin === 'string') return problemAt(source, path, 'empty', { params: { key } })
  return problemAt(source, path, 'outOfRange', { params: { key, value: String(value), limit } })
}

const told = (schema: z.core.$ZodType, source: Source, issue: Issue): Problem[] => {
  const path = pathOf(issue.path)
  const value = valueAt(source.raw, path)
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownKeys(schema, source, path, issue.keys)
    case 'invalid_type':
      return [wrongType(source, path, value, issue.expected)]
    case 'invalid_value':
      if (value === undefined) return [wrongType(source, path, value, 'string')]
      return [notOneOf(source, path, value, issue.values.map(String))]
    case 'invalid_union': {
      const options = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : []
      if (value === undefined) return [wrongType(source, path, value, 'string')]
      return [notOneOf(source, path, value, options)]
    }
    case 'invalid_key':
      return [problemAt(source, path, 'badCode', { params: { value: String(path.at(-1) ?? '') } })]
    case 'invalid_format': {
      const code = formats[issue.format] ?? (issue.message === 'clause' ? 'badClause' : 'badCode')
      return [problemAt(source, path, code, { params: { value: String(value) } })]
    }
    case 'too_small':
      return [tooFar(source, path, value, issue.origin, `${issue.inclusive === false ? '>' : '≥'} ${issue.minimum}`)]
    case 'too_big':
      return [tooFar(source, path, value, issue.origin, `≤ ${issue.maximum}`)]
    default:
      return [problemAt(source, path, 'invalid', { params: { value: String(value), detail: issue.message } })]
  }
}

/** The clause that the nearest mapping around a place cites, so that a lawyer finds it in the text. */
const clauseAround = (raw: unknown, path: Path): string | undefined => {
  for (let length = path.length - 1; length >= 0; length--) {
    const around = path.slice(0, length)
    const cited = [valueAt(raw, [...around, 'clause']), valueAt(raw, [...around, 'clauses', 0])].find((each) => typeof each === 'string')
    if (typeof cited === 'string') return cited
  }
  return undefined
}

/** Every issue of the schema as a problem with its line. */
export const schemaProblems = (schema: z.core.$ZodType, source: Source, error: z.core.$ZodError): Problem[] =>
  error.issues
    .flatMap((issue) => flatten(issue))
    .flatMap((issue) => {
      const clause = clauseAround(source.raw, pathOf(issue.path))
      return told(schema, source, issue).map((problem) => (clause === undefined ? problem : { ...problem, clause }))
    })
