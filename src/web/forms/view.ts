import { flawWords } from '../../language/flaw.ts'
import type { Speech } from '../../language/speech.ts'
import type { FieldProblem } from './fields.ts'

/** A form as its page shows it: what was typed, and what is wrong with it in the reader's words. */
export interface FormView {
  readonly typed: URLSearchParams
  readonly errors: readonly { readonly text: string; readonly href?: string }[]
  value(name: string): string
  ticked(name: string): boolean
  error(name: string): string | undefined
}

/** `documentTitle` names a document of the Standard; `extra` are errors of the whole form, or of `extraField`. */
export function formView(
  speech: Speech,
  typed: URLSearchParams,
  problems: readonly FieldProblem[] = [],
  documentTitle: (id: string) => string = (id) => id,
  extra: readonly string[] = [],
  extraField?: string,
): FormView {
  const told = problems.map((problem) => ({ field: problem.field, text: problemWords(speech, problem, documentTitle) }))
  const byField = new Map(told.map(({ field, text }) => [field, text]))
  const [first] = extra
  if (extraField !== undefined && first !== undefined) byField.set(extraField, first)
  return {
    typed,
    errors: [
      ...extra.map((text) => ({ text, ...(extraField === undefined ? {} : { href: `#${extraField}` }) })),
      ...told.map(({ field, text }) => ({ text, href: `#${field}` })),
    ],
    value: (name) => typed.get(name) ?? '',
    ticked: (name) => (typed.get(name) ?? '') !== '',
    error: (name) => byField.get(name),
  }
}

/** The name of a field: a code under `steps.field`, or the whole key of a page that has words of its own. */
function labelOf(t: Speech['t'], label: string | undefined): string {
  if (label === undefined) return ''
  if (t.has(`steps.field.${label}`)) return t(`steps.field.${label}`)
  return t.has(label) ? t(label) : label
}

function problemWords({ t }: Speech, problem: FieldProblem, documentTitle: (id: string) => string): string {
  const label = labelOf(t, problem.label)
  const document = problem.document === undefined ? '' : documentTitle(problem.document)
  const [kind, detail] = problem.code.split('.')
  if (kind === 'scan' && detail !== undefined) return `${document}: ${scanWords(t, detail, problem.params)}`
  const words =
    kind === 'iin' && detail !== undefined
      ? t(`identifier.${detail}`, problem.params)
      : t(`steps.problem.${problem.code}`, { ...problem.params, field: label, document })
  return [document, kind === 'iin' || document !== '' ? label : '']
    .filter((part) => part !== '' && !words.includes(part))
    .reduceRight((text, part) => `${part}: ${text}`, words)
}

const scanWords = (t: Speech['t'], code: string, params: FieldProblem['params']): string =>
  code === 'gone' ? t('scans.gone') : flawWords(t, { code, params })
