import { type Document, isNode, LineCounter, parseDocument, visit } from 'yaml'
import type { z } from 'zod'

/** What is wrong in a data file. `code` has words under `time.problem` of the languages; `line` counts from 1. */
export interface FileProblem {
  readonly file: string
  readonly line: number
  /** Keys to the place, joined by dots: `swaps.0.off`. */
  readonly path: string
  readonly code: ProblemCode
  readonly params: Readonly<Record<string, string | number>>
}
export type ProblemCode =
  | 'yaml'
  | 'missing'
  | 'unknownKey'
  | 'wrongValue'
  | 'wrongDate'
  | 'otherYear'
  | 'duplicateDate'
  | 'unknownDay'
  | 'unknownAct'
  | 'notHolidayOnDayOff'
  | 'transferNotLater'
  | 'swapWorkedWasWorking'
  | 'swapOffWasOff'
  | 'duplicateYear'
  | 'noBase'
  | 'unknownFormat'
  | 'unknownZone'
  | 'hoursOverlap'
  | 'duplicateHome'

export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly FileProblem[] }

/** A data file held open for checks: its values, and the line of each. */
export interface OpenFile {
  readonly path: string
  readonly data: unknown
  problem(path: readonly PropertyKey[], code: ProblemCode, params?: FileProblem['params']): FileProblem
}

/** Aliases are not used, as in files of the law: a few of them can stand for a million lines, and the reader of YAML then gives up by throwing. */
function aliasLines(document: Document, lines: LineCounter): number[] {
  const found: number[] = []
  visit(document, { Alias: (_, { range }) => void found.push(lines.linePos(range?.[0] ?? 0).line) })
  return found
}

/** The file's values with their lines, or every fault of its YAML. */
export function openFile(text: string, path: string): Parsed<OpenFile> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true })
  if (document.errors.length > 0)
    return {
      ok: false,
      problems: document.errors.map((error) => ({
        file: path,
        line: lines.linePos(error.pos[0]).line,
        path: '',
        code: 'yaml',
        params: { fault: error.code },
      })),
    }
  const aliases = aliasLines(document, lines)
  if (aliases.length > 0)
    return { ok: false, problems: aliases.map((line) => ({ file: path, line, path: '', code: 'yaml', params: { fault: 'ALIAS' } })) }
  const lineOf = (keys: readonly PropertyKey[]): number => {
    for (let length = keys.length; length >= 0; length--) {
      const node = length === 0 ? document.contents : document.getIn(keys.slice(0, length), true)
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
    }
    return 1
  }
  const problem: OpenFile['problem'] = (keys, code, params = {}) => {
    return { file: path, line: lineOf(keys), path: keys.map(String).join('.'), code, params }
  }
  return { ok: true, value: { path, data: document.toJS(), problem } }
}

/** The file's values in the schema's shape, or every place that departs from it. */
export function shape<T>(file: OpenFile, schema: z.ZodType<T>): Parsed<T> {
  const result = schema.safeParse(file.data)
  if (result.success) return { ok: true, value: result.data }
  return { ok: false, problems: result.error.issues.flatMap((issue) => problemsOf(file, issue)) }
}

function problemsOf(file: OpenFile, issue: z.core.$ZodIssue): FileProblem[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => file.problem([...issue.path, key], 'unknownKey', { key }))
  const value = valueAt(file.data, issue.path)
  if (value === undefined) return [file.problem(issue.path, 'missing', { key: String(issue.path.at(-1) ?? '') })]
  const shown = typeof value === 'object' ? JSON.stringify(value) : String(value)
  if (issue.code === 'custom' && issue.params?.code === 'wrongDate') return [file.problem(issue.path, 'wrongDate', { value: shown })]
  return [file.problem(issue.path, 'wrongValue', { value: shown })]
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Reflect.get(value, key)
  }
  return value
}
