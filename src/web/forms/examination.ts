import { lacking } from '../../engine/acts/intake.ts'
import type { GroundOfRefusal, HandedDocument } from '../../engine/case/events.ts'
import type { CaseLaw } from '../../engine/case/law.ts'
import type { CaseState } from '../../engine/case/state.ts'
import type { DocumentRule, Ground, StandardEdition } from '../../law/schema/standard.ts'
import type { Text } from '../../law/schema/text.ts'
import { type Presence, remedyOf, typicalFactsOf } from '../../law/typicalFacts.ts'
import { readDay } from './fields.ts'
import { documentsAsked, rowsOf, type Section } from './sections.ts'

/** A reason that one key chooses: a typical fact of the Standard's file with its ground, or a ground with words of one's own. */
export interface Reason {
  /** `fact.noSeal` or `own.notMeeting`: the value of the field. */
  readonly code: string
  readonly ground: Ground
  readonly fact: Text | null
  readonly remedy: Text
}

/** A document to be held against the Standard, with what may be found wrong with it. */
export interface Examined {
  readonly rule: DocumentRule
  readonly presence: Presence
  readonly handed: HandedDocument | undefined
  readonly reasons: readonly Reason[]
}

export type Handed = Pick<CaseState, 'channel' | 'by' | 'holds' | 'documents' | 'inStateSystems'>

/** Where an examination stands: the law, what lies on the table and the day. */
export interface Table {
  readonly law: CaseLaw
  readonly handed: Handed
  readonly now: string
}

export function reasonsOf(standard: StandardEdition, document: string, presence: Presence): Reason[] {
  const typical = typicalFactsOf(standard, document, presence).flatMap((fact): Reason[] => {
    const [ground, remedy] = [standard.grounds.find(({ id }) => id === fact.ground), remedyOf(standard, fact)]
    return ground === undefined || remedy === undefined ? [] : [{ code: `fact.${fact.id}`, ground, fact: fact.fact, remedy }]
  })
  const own = standard.grounds.map((ground): Reason => ({ code: `own.${ground.id}`, ground, fact: null, remedy: ground.remedy }))
  return [...typical, ...own]
}

/** Everything that was handed in, and everything that was demanded and is not there, in the order of the Standard. */
export function examinedOf({ law, handed, now }: Table): Examined[] {
  const { missing, expired } = lacking(law.standard.documents, handed, now)
  return law.standard.documents.flatMap((rule): Examined[] => {
    const found = handed.documents.find(({ id }) => id === rule.id)
    if (found === undefined && !missing.includes(rule.id)) return []
    const presence = found === undefined ? 'absent' : expired.includes(rule.id) ? 'expired' : 'present'
    return [{ rule, presence, handed: found, reasons: reasonsOf(law.standard, rule.id, presence) }]
  })
}

/** The answer's language is the applicant's; what the Standard's file words is printed in both. */
export type AnswerLanguage = 'kk' | 'ru'

/** What is typed of one document, by its place in the form. */
export const fieldOf = (document: string, part: 'ok' | 'reason' | 'fact' | 'remedy') => `findings.${document}.${part}`

/** The reason that a document's field names. */
export const chosen = (typed: URLSearchParams, { rule, reasons }: Examined): Reason | undefined =>
  reasons.find(({ code }) => code === typed.get(fieldOf(rule.id, 'reason')))

const textsOf = (text: Text | null) => (text === null ? [] : [text.kk, text.ru, text.en])

/**
 * The form with the words that its reasons bring: an empty field, or one that still holds the words of another reason, gets those of the
 * chosen one. What somebody typed stays.
 */
export function settled(typed: URLSearchParams, examined: readonly Examined[], language: AnswerLanguage): URLSearchParams {
  const settledForm = new URLSearchParams(typed)
  for (const one of examined) {
    const reason = chosen(typed, one)
    if (reason === undefined) continue
    for (const part of ['fact', 'remedy'] as const) {
      const now = (typed.get(fieldOf(one.rule.id, part)) ?? '').trim()
      const isGiven = now !== '' && !one.reasons.some((other) => textsOf(other[part]).includes(now))
      if (!isGiven) settledForm.set(fieldOf(one.rule.id, part), reason[part]?.[language] ?? '')
    }
  }
  return settledForm
}

/** A form opened for the first time: what the law finds itself is found, with its first reason. */
export function foundByLaw(examined: readonly Examined[], language: AnswerLanguage): [string, string][] {
  return examined
    .filter(({ presence }) => presence !== 'present')
    .flatMap(({ rule, reasons }): [string, string][] => {
      const [first] = reasons
      if (first?.fact == null) return [[fieldOf(rule.id, 'ok'), 'no']]
      return [
        [fieldOf(rule.id, 'ok'), 'no'],
        [fieldOf(rule.id, 'reason'), first.code],
        [fieldOf(rule.id, 'fact'), first.fact[language]],
        [fieldOf(rule.id, 'remedy'), first.remedy[language]],
      ]
    })
}

/**
 * What the case knows of its examination, as the form shows it: findings and grounds of a step done anew, defects that an earlier step
 * found, and what the law finds itself.
 */
export function prefillExamination(table: Table, state: CaseState, asked: Asked, language: AnswerLanguage): [string, string][] {
  if (!asked.findings && !asked.refusal) return []
  const examined = examinedOf(table)
  const grounds = state.answer?.grounds ?? []
  const used = new Set<GroundOfRefusal>()
  const known = examined.flatMap((one): [string, string][] => {
    const { id } = one.rule
    const found = state.examination?.findings.find(({ document }) => document === id)
    const ground = grounds.find(({ document }) => document === id)
    if (found === undefined && ground === undefined) return foundByLaw([one], language)
    if (found?.ok && ground === undefined) return one.presence === 'present' ? [[fieldOf(id, 'ok'), 'yes']] : foundByLaw([one], language)
    if (ground !== undefined) used.add(ground)
    const fact = ground?.fact ?? found?.fact ?? ''
    const reason = reasonBehind(one, fact, ground?.ground)
    return [
      [fieldOf(id, 'ok'), 'no'],
      [fieldOf(id, 'reason'), reason?.code ?? ''],
      [fieldOf(id, 'fact'), fact],
      [fieldOf(id, 'remedy'), ground?.remedy ?? reason?.remedy[language] ?? ''],
    ]
  })
  const rows = grounds.filter((ground) => !used.has(ground))
  const further = rows.flatMap(({ ground, document, fact, remedy }, row): [string, string][] => [
    [`refusal.${row}.ground`, ground],
    [`refusal.${row}.document`, document ?? ''],
    [`refusal.${row}.fact`, fact],
    [`refusal.${row}.remedy`, remedy],
  ])
  return [...known, ...further, ['refusal.rows', String(Math.max(1, rows.length))]]
}

/** The reason whose words a ground or a finding of the case repeats; else the ground with words of one's own. */
export function reasonBehind({ reasons }: Examined, fact: string | undefined, ground: string | undefined): Reason | undefined {
  const typical = reasons.find(
    (reason) => textsOf(reason.fact).includes(fact ?? '') && (ground === undefined || reason.ground.id === ground),
  )
  return typical ?? reasons.find(({ code }) => code === `own.${ground}`)
}

/** The documents of a form that also takes them in: what is ticked lies on the table, the rest may still be ticked. */
function examinedInForm(law: CaseLaw, state: CaseState, typed: URLSearchParams, now: string): Examined[] {
  const all = documentsAsked(law, state)
  const documents = all.flatMap(({ id, presented }): HandedDocument[] => {
    if ((typed.get(`documents.${id}.in`) ?? '') === '') return []
    const until = readDay(typed.get(`documents.${id}.validUntil`) ?? '')
    return [{ id, presented, originalSeen: false, pages: 1, count: 1, ...(until.ok ? { validUntil: until.value } : {}) }]
  })
  const by = typed.get('application.by') === 'representative' ? 'representative' : 'self'
  const holds = (typed.get('application.holds') ?? '') !== ''
  const inStateSystems = all.filter(({ id }) => typed.get(`documents.${id}.held`)).map(({ id }) => id)
  const handed = { channel: state.channel, by, holds, documents, inStateSystems } as const
  const certain = documents.length === 0 ? [] : examinedOf({ law, handed, now })
  return all.map(
    (rule) =>
      certain.find((one) => one.rule === rule) ?? {
        rule,
        presence: 'present',
        handed: undefined,
        reasons: reasonsOf(law.standard, rule.id, 'present'),
      },
  )
}

/** A step's examination as its page draws it. */
export interface ExaminationForm {
  readonly asked: Asked
  readonly examined: readonly Examined[]
  /** The documents are taken in by the same form: which of them are here is known only when it is sent. */
  readonly inThisForm: boolean
  readonly language: AnswerLanguage
  readonly typed: URLSearchParams
}

/** `typed` is what was sent, or what the case knows where the form is new. */
export function examinationForm(
  law: CaseLaw,
  state: CaseState,
  sections: readonly Section[],
  typed: URLSearchParams,
  now: string,
): ExaminationForm | null {
  const asked = askedOf(sections)
  if (!asked.findings && !asked.refusal) return null
  const inThisForm = asked.findings && sections.some(({ name }) => name === 'documents')
  const table: Table = { law, handed: state, now }
  const listed = inThisForm ? examinedInForm(law, state, typed, now) : examinedOf(table)
  const examined = asked.findings ? listed : listed.filter((one) => isDefect(one, state.examination))
  const language = typed.get('application.language') === 'ru' ? 'ru' : (state.application?.language ?? 'kk')
  const isNew = !typed.has('_key')
  const known = isNew && state.documents.length > 0 ? prefillExamination(table, state, asked, language) : []
  const drawn = new URLSearchParams(typed)
  const unseen = isNew
    ? []
    : foundByLaw(
        examined.filter(({ rule }) => (typed.get(fieldOf(rule.id, 'reason')) ?? '') === ''),
        language,
      )
  for (const [name, value] of [...known, ...unseen]) if (value !== '') drawn.set(name, value)
  return { asked, examined, inThisForm, language, typed: settled(drawn, examined, language) }
}

/** One key: everything that is here and not judged yet conforms; what was set so can be taken back. */
export function allConform(typed: URLSearchParams, examined: readonly Examined[]): URLSearchParams {
  const set = new URLSearchParams(typed)
  const open = examined.filter(
    ({ rule, presence, handed }) => presence === 'present' && handed !== undefined && (typed.get(fieldOf(rule.id, 'ok')) ?? '') === '',
  )
  for (const { rule } of open) set.set(fieldOf(rule.id, 'ok'), 'yes')
  set.set('_allSet', open.map(({ rule }) => rule.id).join(' '))
  return set
}

export function undoAll(typed: URLSearchParams): URLSearchParams {
  const set = new URLSearchParams(typed)
  for (const document of (typed.get('_allSet') ?? '').split(' ')) set.delete(fieldOf(document, 'ok'))
  set.delete('_allSet')
  return set
}

/** How the form stands: judged whole or not yet, and the grounds that a refusal would have. */
export interface Standing {
  readonly kind: 'open' | 'result' | 'refusal'
  /** Documents not judged yet. */
  readonly open: readonly Examined[]
  /** Whole or not: what is lacking is empty. */
  readonly grounds: readonly GroundOfRefusal[]
  /** Defects whose reason is not chosen. */
  readonly unreasoned: readonly Examined[]
}

export function standingOf({ asked, examined, inThisForm, language, typed }: ExaminationForm, standard: StandardEdition): Standing {
  const text = (name: string) => (typed.get(name) ?? '').trim()
  const here = examined.filter(({ handed, presence }) => !inThisForm || handed !== undefined || presence === 'absent')
  const isBad = ({ rule, presence }: Examined) => !asked.findings || presence === 'absent' || text(fieldOf(rule.id, 'ok')) === 'no'
  const open = here.filter((one) => !isBad(one) && text(fieldOf(one.rule.id, 'ok')) === '')
  const bad = here.filter(isBad)
  const own = bad.flatMap((one): GroundOfRefusal[] => {
    const reason = chosen(typed, one)
    const { id } = one.rule
    if (reason === undefined) return []
    const remedy = asked.refusal ? text(fieldOf(id, 'remedy')) : reason.remedy[language]
    return [{ ground: reason.ground.id, document: id, fact: text(fieldOf(id, 'fact')), remedy }]
  })
  const rows = Array.from({ length: rowsOf(typed) }, (_, row) => `refusal.${row}`).flatMap((at): GroundOfRefusal[] => {
    const ground = standard.grounds.find(({ id }) => id === text(`${at}.ground`))
    if (ground === undefined) return []
    const document = text(`${at}.document`)
    return [{ ground: ground.id, ...(document === '' ? {} : { document }), fact: text(`${at}.fact`), remedy: text(`${at}.remedy`) }]
  })
  const unreasoned = bad.filter((one) => chosen(typed, one) === undefined && !rows.some(({ document }) => document === one.rule.id))
  const refused = bad.length > 0
  return {
    kind: refused ? 'refusal' : here.length > 0 && open.length === 0 ? 'result' : 'open',
    open,
    grounds: refused ? [...own, ...rows] : [],
    unreasoned,
  }
}

export interface Asked {
  readonly findings: boolean
  readonly refusal: boolean
}
export const askedOf = (sections: readonly Section[]): Asked => ({
  findings: sections.some(({ name }) => name === 'findings'),
  refusal: sections.some(({ name }) => name === 'refusal'),
})

/** What an earlier step found, or the law finds itself. */
export const isDefect = ({ rule, presence }: Examined, known: CaseState['examination']): boolean =>
  presence !== 'present' || (known?.findings.some(({ document, ok }) => document === rule.id && !ok) ?? false)
