import type { ProblemCode } from './codes.ts'
import type { Source } from './source.ts'

export type Severity = 'error' | 'warning'
/** Keys of mappings and indexes of lists, from the root of the file. */
export type Path = readonly (string | number)[]
export type Params = Readonly<Record<string, string | number>>

/**
 * What is wrong at one place of one file. The words stand in `language/<language>/law.yaml` under `problem.<code>`:
 * what is wrong, and what to do. `line` and `column` count from 1; `path` reads `steps[3].norms[0].value`.
 */
export interface Problem {
  readonly code: ProblemCode
  readonly severity: Severity
  readonly file: string
  readonly line: number
  readonly column: number
  readonly path: string
  readonly clause?: string
  readonly params: Params
}

export const showPath = (path: Path): string =>
  path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`
      const plain = /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(part)
      if (!plain) return `[${JSON.stringify(part)}]`
      return index === 0 ? part : `.${part}`
    })
    .join('')

interface Where {
  readonly params?: Params
  readonly clause?: string
  readonly severity?: Severity
}

/** A problem at `path` of a file; where the path does not exist, at the nearest thing around it. */
export const problemAt = (
  source: Source,
  path: Path,
  code: ProblemCode,
  { params = {}, clause, severity = 'error' }: Where = {},
): Problem => ({
  code,
  severity,
  file: source.path,
  ...source.locate(path),
  path: showPath(path),
  ...(clause === undefined ? {} : { clause }),
  params,
})

const order = (a: Problem, b: Problem): number =>
  a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)

const identity = (problem: Problem): string => JSON.stringify([problem.file, problem.path, problem.code, problem.params])

/** In reading order, each said once. */
export const inOrder = (problems: readonly Problem[]): Problem[] =>
  [...new Map(problems.map((problem) => [identity(problem), problem])).values()].sort(order)

export const hasErrors = (problems: readonly Problem[]): boolean => problems.some(({ severity }) => severity === 'error')
