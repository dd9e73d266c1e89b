import type { Params, Problem } from './problem.ts'

/** Words of a language by key, with parameters filled in; the language floor gives it. */
export type Say = (key: string, params?: Params) => string

/** What is wrong, and what to do about it; the time floor says both in one sentence. */
export const tell = ({ code, params }: Problem, say: Say): { text: string; remedy: string } =>
  code.startsWith('time.')
    ? { text: say(`time.problem.${code.slice('time.'.length)}`, params), remedy: '' }
    : { text: say(`law.problem.${code}.what`, params), remedy: say(`law.problem.${code}.remedy`, params) }

/** `path:line:column  code  clause  text + remedy`, one line. */
export const tellLine = (problem: Problem, say: Say): string => {
  const { file, line, column, path, code, clause, severity } = problem
  const { text, remedy } = tell(problem, say)
  const place = [`${file}:${line}:${column}`, `${say(`law.severity.${severity}`)} ${code}`, clause, path]
  return `${place.filter(Boolean).join('  ')}  ${[text, remedy].filter(Boolean).join(' ')}`
}
