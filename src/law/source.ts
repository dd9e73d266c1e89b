import { createHash } from 'node:crypto'
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, visit, type YAMLError } from 'yaml'
import type { ProblemCode } from './codes.ts'
import type { Path, Problem } from './problem.ts'

export interface Place {
  readonly line: number
  readonly column: number
}

/** A file as read: its text, digest, bare value and where each thing stands. */
export interface Source {
  readonly path: string
  readonly text: string
  /** Lower-case hexadecimal SHA-256 of the UTF-8 text. */
  readonly sha256: string
  readonly raw: unknown
  readonly locate: (path: Path) => Place
}

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** YAML's own codes for which we have words; the rest are told as `yamlSyntax`. */
const codes: Readonly<Record<string, ProblemCode>> = {
  DUPLICATE_KEY: 'duplicateKey',
  TAB_AS_INDENT: 'yamlTab',
  BAD_INDENT: 'yamlIndent',
  MISSING_CHAR: 'yamlMissingCharacter',
  MULTIPLE_DOCS: 'yamlManyDocuments',
}

const step = (node: unknown, part: string | number): { next: unknown; at: unknown } => {
  if (isMap(node)) {
    const pair: Pair | undefined = node.items.find(({ key }) => (isScalar(key) ? key.value : key) === part)
    return { next: pair?.value, at: pair?.key }
  }
  if (isSeq(node) && typeof part === 'number') return { next: node.items[part], at: node.items[part] }
  return { next: undefined, at: undefined }
}

const startOf = (node: unknown): number | undefined => {
  const range = typeof node === 'object' && node !== null && 'range' in node ? (node as Node).range : undefined // every parsed node has a range
  return range?.[0]
}

const locator =
  (root: unknown, lines: LineCounter) =>
  (path: Path): Place => {
    let node = root
    let offset = startOf(root) ?? 0
    for (const part of path) {
      const { next, at } = step(node, part)
      const start = startOf(at)
      if (start === undefined) break
      offset = start
      node = next
    }
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }

const syntaxProblem = (path: string, text: string, error: YAMLError, lines: LineCounter): Problem => {
  const { line, col } = lines.linePos(error.pos[0])
  const code = codes[error.code] ?? 'yamlSyntax'
  const key = /^[^\s:]*/.exec(text.slice(error.pos[0]))?.[0] ?? ''
  const [detail = ''] = error.message.split('\n')
  return { code, severity: 'error', file: path, line, column: col, path: '', params: code === 'duplicateKey' ? { key } : { detail } }
}

/** Aliases are not used: a reader of one step must see all of it, and a few of them can stand for a million lines. */
const aliasProblems = (path: string, document: Document, lines: LineCounter): Problem[] => {
  const problems: Problem[] = []
  visit(document, {
    Alias: (_, alias) => {
      const { line, col } = lines.linePos(alias.range?.[0] ?? 0)
      problems.push({
        code: 'yamlAlias',
        severity: 'error',
        file: path,
        line,
        column: col,
        path: '',
        params: { detail: `*${alias.source}` },
      })
    },
  })
  return problems
}

/**
 * Reads YAML 1.2 (core schema: days stay text). A file that is not YAML has no value; one that only repeats a key has,
 * so that its other problems can be told at the same time.
 */
export const readSource = (path: string, text: string): { source: Source; readable: boolean; problems: Problem[] } => {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false })
  const aliases = aliasProblems(path, document, lines)
  const readable = aliases.length === 0 && document.errors.every(({ code }) => code === 'DUPLICATE_KEY')
  const source: Source = {
    path,
    text,
    sha256: sha256(text),
    raw: readable ? document.toJS() : undefined,
    locate: locator(document.contents, lines),
  }
  return { source, readable, problems: [...aliases, ...document.errors.map((error) => syntaxProblem(path, text, error, lines))] }
}

/** The value at a path of bare data; nothing where the path leads nowhere. */
export const valueAt = (raw: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, part) => (typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[part] : undefined), // any object answers to a key
    raw,
  )
