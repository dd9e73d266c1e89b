import { mixedScript } from '../../language/fold.ts'
import { parseIin } from '../../law/identifiers.ts'

/** One thing wrong in a form. Words: `steps.problem.<code>`; `field` is the id of the control, `label` the key of its name. */
export interface FieldProblem {
  readonly field: string
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
  /** Code under `steps.field`; absent where the words name the thing themselves. */
  readonly label?: string
  /** The document that the field is about, by its code in the Standard. */
  readonly document?: string
}

/** Reads typed values, notes what is wrong, and goes on: all errors of a form are told at once. */
export class FormReader {
  readonly typed: URLSearchParams
  readonly problems: FieldProblem[] = []

  constructor(typed: URLSearchParams) {
    this.typed = typed
  }

  /** As typed, without spaces at the ends. */
  text(name: string): string {
    return (this.typed.get(name) ?? '').normalize('NFC').trim()
  }

  ticked(name: string): boolean {
    return this.text(name) !== ''
  }

  problem(
    field: string,
    code: string,
    more: Omit<FieldProblem, 'field' | 'code' | 'params'> & { params?: FieldProblem['params'] } = {},
  ): void {
    if (this.problems.some((known) => known.field === field)) return
    const { params = {}, ...rest } = more
    this.problems.push({ field, code, params, ...rest })
  }

  optional(name: string, label: string, longest = 200): string | undefined {
    const value = this.text(name)
    if (value === '') return undefined
    if (value.length > longest) this.problem(name, 'tooLong', { label, params: { most: longest } })
    return value
  }

  required(name: string, label: string, longest = 200): string {
    const value = this.optional(name, label, longest)
    if (value === undefined) this.problem(name, 'required', { label })
    return value ?? ''
  }

  /** One of the values offered. */
  choice<Value extends string>(name: string, label: string, values: readonly Value[]): Value | undefined {
    const value = this.text(name)
    const found = values.find((one) => one === value)
    if (found === undefined) this.problem(name, 'choose', { label })
    return found
  }

  /** Twelve digits whose date and check digit are right; given back without spaces. */
  iin(name: string): string {
    const value = this.text(name)
    const answer = parseIin(value)
    if (answer.ok) return answer.value.value
    this.problem(name, `iin.${answer.error.code}`, { label: 'iin', params: answer.error.params })
    return value
  }

  /** A name in one script: `Мемлекеттiк` with a Latin i looks right and is never found again. */
  name(name: string, label: string, required: boolean): string | undefined {
    const value = required ? this.required(name, label) : this.optional(name, label)
    this.oneScript(name, label, value)
    return value
  }

  oneScript(name: string, label: string, value: string | undefined): void {
    const [mixed] = mixedScript(value ?? '')
    const [letter] = mixed?.letters ?? []
    if (mixed === undefined || letter === undefined) return
    const meant = letter.meant === undefined ? 'mixedScriptUnknown' : 'mixedScript'
    const params = {
      word: mixed.word,
      letter: letter.typed,
      ...(letter.meant === undefined ? {} : { meant: letter.meant, right: mixed.normalised }),
    }
    this.problem(name, meant, { label, params })
  }

  day(name: string, label: string, required: boolean, document?: string): string | undefined {
    const value = this.text(name)
    const about = { label, ...(document === undefined ? {} : { document }) }
    if (value === '') {
      if (required) this.problem(name, 'required', about)
      return undefined
    }
    const day = readDay(value)
    if (day.ok) return day.value
    this.problem(name, day.code, { ...about, params: { typed: value } })
    return undefined
  }

  whole(name: string, label: string, most: number, document?: string): number {
    const value = this.text(name)
    if (value === '') return 1
    const count = /^\d{1,4}$/.test(value) ? Number(value) : 0
    if (count < 1 || count > most) this.problem(name, 'count', { label, params: { most }, ...(document === undefined ? {} : { document }) })
    return count
  }
}

export type DayAnswer = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly code: 'dayForm' | 'dayNone' }

const dayFirst = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})$|^(\d{2})(\d{2})(\d{4}|\d{2})$/
const yearFirst = /^(\d{4})-(\d{1,2})-(\d{1,2})$/

/** A year of two digits is one of this century: what is typed at a desk is when something ends, not when it began. */
const inFull = (year: string | undefined) => (year?.length === 2 ? `20${year}` : year)

function partsOf(typed: string): (string | undefined)[] | undefined {
  const [first, other] = [dayFirst.exec(typed), yearFirst.exec(typed)]
  if (first !== null) return [inFull(first[3] ?? first[6]), first[2] ?? first[5], first[1] ?? first[4]]
  return other === null ? undefined : [other[1], other[2], other[3]]
}

/** A day as people type it, `31.12.2019`, `31/12/2019`, `31122019`, `311219` or `2019-12-31`, to `2019-12-31`. The 31st of February is no day. */
export function readDay(typed: string): DayAnswer {
  const parts = partsOf(typed)
  if (parts === undefined) return { ok: false, code: 'dayForm' }
  const [year = 0, month = 0, day = 0] = parts.map(Number)
  if (year < 1900 || month < 1 || month > 12 || day < 1) return { ok: false, code: 'dayNone' }
  if (day > Temporal.PlainYearMonth.from({ year, month }).daysInMonth) return { ok: false, code: 'dayNone' }
  return { ok: true, value: Temporal.PlainDate.from({ year, month, day }).toString() }
}

/** `2019-12-31` as a field shows it. */
export const shownDay = (day: string | undefined): string => (day === undefined ? '' : day.split('-').reverse().join('.'))
