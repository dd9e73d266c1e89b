import type { Path } from './problem.ts'
import type { Regulation } from './schema/regulation.ts'
import type { StandardEdition } from './schema/standard.ts'

/** One thing that two regulations, or two editions, do not have alike. */
export interface Difference {
  /** The list it belongs to: `steps`, `roles`, `documents` …; `head` for what stands once in a file. */
  readonly part: string
  /** Its name in that list. */
  readonly id: string
  readonly change: 'added' | 'removed' | 'changed'
  /** Places inside it that differ; empty where the whole is new or gone. */
  readonly places: readonly Path[]
}

type Named = Readonly<Record<string, unknown>>

const isMapping = (value: unknown): value is Named => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Where two values differ; lists are compared by place. */
const places = (before: unknown, after: unknown, path: Path = []): Path[] => {
  if (isMapping(before) && isMapping(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return keys.flatMap((key) => places(before[key], after[key], [...path, key]))
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((each, index) => places(each, after[index], [...path, index]))
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [path]
}

const byName = (part: string, before: Named, after: Named): Difference[] => {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((id): Difference[] => {
    if (before[id] === undefined) return [{ part, id, change: 'added', places: [] }]
    if (after[id] === undefined) return [{ part, id, change: 'removed', places: [] }]
    const found = places(before[id], after[id])
    return found.length > 0 ? [{ part, id, change: 'changed', places: found }] : []
  })
}

const named = <T>(list: readonly T[], name: (each: T) => string): Named => Object.fromEntries(list.map((each) => [name(each), each]))

const partsOf = (regulation: Regulation): Readonly<Record<string, Named>> => {
  const { title, act, standard, form, providers, roles, channels, terms, steps, papers, endings, readings, clauses } = regulation
  return {
    head: { title, act, standard, form },
    providers: named(providers, ({ kind }) => kind),
    roles,
    channels,
    terms: named(terms, ({ id }) => id),
    steps: named(steps, ({ id }) => id),
    papers: named(papers, ({ id }) => id),
    endings,
    readings,
    clauses: named(clauses, ({ clause }) => clause),
  }
}

const partsOfStandard = ({ documents, grounds, forms, options }: StandardEdition): Readonly<Record<string, Named>> => ({
  documents: named(documents, ({ id }) => id),
  grounds: named(grounds, ({ id }) => id),
  forms: named(forms, ({ id }) => id),
  options: named(options, ({ id }) => id),
})

const compared = (before: Readonly<Record<string, Named>>, after: Readonly<Record<string, Named>>): Difference[] =>
  Object.keys(before).flatMap((part) => byName(part, before[part] ?? {}, after[part] ?? {}))

/** What the second regulation has otherwise than the first: two editions of one, or two regions of one service. */
export const differences = (before: Regulation, after: Regulation): Difference[] => compared(partsOf(before), partsOf(after))

/** What the second edition of a Standard has otherwise than the first: documents, grounds, forms, options. */
export const standardDifferences = (before: StandardEdition, after: StandardEdition): Difference[] =>
  compared(partsOfStandard(before), partsOfStandard(after))
