import type { Finding, GroundOfRefusal } from '../../engine/case/events.ts'
import type { CaseState } from '../../engine/case/state.ts'
import type { StandardEdition } from '../../law/schema/standard.ts'
import {
  type AnswerLanguage,
  type Asked,
  chosen,
  type Examined,
  examinedOf,
  fieldOf,
  isDefect,
  settled,
  type Table,
} from './examination.ts'
import type { FormReader } from './fields.ts'
import { rowsOf } from './sections.ts'

/** A ground with the place of its fields: `findings.diploma` or `refusal.2`. */
export interface PlacedGround extends GroundOfRefusal {
  readonly at: string
}

export interface Examination {
  readonly findings: readonly Finding[]
  readonly grounds: readonly PlacedGround[]
}

/** Reads findings and grounds from one form: a defect is described once, and the refusal is built from it. */
export function readExamination(
  form: FormReader,
  table: Table,
  asked: Asked,
  known: CaseState['examination'],
  language: AnswerLanguage,
): Examination {
  if (!asked.findings && !asked.refusal) return { findings: [], grounds: [] }
  const examined = examinedOf(table)
  const typed = new Reading(form, settled(form.typed, examined, language))
  const further = asked.refusal ? readRows(form, table.law.standard, language) : []
  const findings: Finding[] = []
  const grounds: PlacedGround[] = []
  for (const one of examined) {
    const { id } = one.rule
    const ok = asked.findings ? typed.finding(one) : !isDefect(one, known)
    if (ok === undefined) continue
    if (ok) {
      findings.push({ document: id, ok })
      continue
    }
    const ground = typed.defect(
      one,
      asked,
      further.some(({ document }) => document === id),
    )
    findings.push({ document: id, ok, fact: ground.fact })
    if (ground.ground !== '') grounds.push({ ...ground, document: id, at: `findings.${id}` })
  }
  return { findings, grounds: asked.refusal ? [...grounds, ...further] : [] }
}

class Reading {
  readonly form: FormReader
  readonly typed: URLSearchParams

  constructor(form: FormReader, typed: URLSearchParams) {
    this.form = form
    this.typed = typed
  }

  text(name: string): string {
    return (this.typed.get(name) ?? '').normalize('NFC').trim()
  }

  finding({ rule: { id }, presence }: Examined): boolean | undefined {
    const ok = this.text(fieldOf(id, 'ok'))
    if (presence === 'absent') return false
    if (ok !== 'yes' && ok !== 'no') this.form.problem(fieldOf(id, 'ok'), 'finding', { document: id })
    else if (ok === 'yes' && presence === 'expired') this.form.problem(fieldOf(id, 'ok'), 'expired', { document: id })
    return ok === '' ? undefined : ok === 'yes'
  }

  /** A defect whole: reason, fact, remedy. Where another row names the document, its own ground may be left out. */
  defect(one: Examined, { refusal }: Asked, hasRow: boolean): Omit<GroundOfRefusal, 'document'> {
    const { id } = one.rule
    const reason = chosen(this.typed, one)
    const [fact, remedy] = [this.text(fieldOf(id, 'fact')), this.text(fieldOf(id, 'remedy'))]
    if (refusal && reason === undefined && !hasRow)
      this.form.problem(fieldOf(id, 'reason'), one.presence === 'absent' ? 'absent' : 'reason', { document: id })
    if (fact === '') this.form.problem(fieldOf(id, 'fact'), 'fact', { document: id })
    else if (refusal && reason !== undefined && remedy === '') this.form.problem(fieldOf(id, 'remedy'), 'remedy', { document: id })
    this.short(id, 'fact', fact)
    this.short(id, 'remedy', remedy)
    return { ground: reason?.ground.id ?? '', fact, remedy }
  }

  short(document: string, part: 'fact' | 'remedy', text: string): void {
    const field = fieldOf(document, part)
    if (text.length > longest) this.form.problem(field, 'tooLong', { label: part, document, params: { most: longest } })
  }
}

const longest = 2000

/** Further grounds, about no single document or a second one about the same. Rows in which nothing was typed do not count. */
function readRows(form: FormReader, standard: StandardEdition, language: AnswerLanguage): PlacedGround[] {
  return Array.from({ length: rowsOf(form.typed) }, (_, row) => `refusal.${row}`).flatMap((at) => {
    const parts = ['ground', 'document', 'fact', 'remedy'].map((part) => form.text(`${at}.${part}`))
    if (parts.every((part) => part === '')) return []
    const ground = form.required(`${at}.ground`, 'ground')
    const general = standard.grounds.find(({ id }) => id === ground)?.remedy[language]
    return [
      {
        at,
        ground,
        document: form.optional(`${at}.document`, 'document'),
        fact: form.required(`${at}.fact`, 'fact', longest),
        remedy: form.text(`${at}.remedy`) === '' && general !== undefined ? general : form.required(`${at}.remedy`, 'remedy', longest),
      },
    ]
  })
}
