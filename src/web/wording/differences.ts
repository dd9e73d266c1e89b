import type { CaseLaw } from '../../engine/case/law.ts'
import type { CaseState } from '../../engine/case/state.ts'
import type { Speech } from '../../language/speech.ts'
import type { Difference } from '../components/differences/differences.tsx'
import type { Naming } from './naming.ts'

interface Telling {
  readonly law: CaseLaw
  readonly naming: Naming
  readonly speech: Speech
}

type Values = Map<string, string>

/** Values of a case that differ between two of its states, in the reader's words and in the order of a case. */
export function differencesOf(before: CaseState, after: CaseState, telling: Telling): Difference[] {
  const [old, now] = [valuesOf(before, telling), valuesOf(after, telling)]
  const names = [...new Set([...old.keys(), ...now.keys()])]
  return names
    .filter((name) => old.get(name) !== now.get(name))
    .map((what) => ({ what, before: old.get(what) || undefined, after: now.get(what) || undefined }))
}

function valuesOf(state: CaseState, telling: Telling): Values {
  return new Map(
    [...applicantOf(state, telling), ...documentsOf(state, telling), ...answerOf(state, telling)].filter(([, value]) => value !== ''),
  )
}

function applicantOf({ application, applicant, asks, assignee }: CaseState, { law, naming, speech: { t } }: Telling): [string, string][] {
  const own: Readonly<Record<string, unknown>> = { ...application, ...applicant }
  const plain = ['surname', 'name', 'patronymic', 'position', 'workplace', 'phone', 'email', 'address']
  const option = law.standard.options.find(({ id }) => id === asks)
  return [
    ...plain.map((field): [string, string] => [t(`steps.field.${field}`), typeof own[field] === 'string' ? own[field] : '']),
    [t('steps.field.asks'), naming.text(option?.title)],
    [t('steps.field.language'), application ? t(`common.${application.language}`) : ''],
    [t('steps.field.assignee'), assignee === null ? '' : naming.person(assignee.id)],
  ]
}

function documentsOf({ documents, examination }: CaseState, { law, naming, speech: { t } }: Telling): [string, string][] {
  return law.standard.documents.flatMap(({ id, title }): [string, string][] => {
    const handed = documents.find((document) => document.id === id)
    const found = examination?.findings.find(({ document }) => document === id)
    const parts = [
      handed ? t('changes.handed', { how: t(`steps.presented.${handed.presented}`), pages: handed.pages }) : '',
      found === undefined ? '' : found.ok ? t('changes.conforms') : (found.fact ?? t('steps.finding.no')),
    ]
    return [[naming.text(title), parts.filter((part) => part !== '').join(' – ')]]
  })
}

function answerOf({ answer }: CaseState, { law, naming, speech: { t } }: Telling): [string, string][] {
  if (answer === null) return []
  const grounds = answer.grounds.map(({ ground, fact, remedy }) => {
    const title = naming.text(law.standard.grounds.find(({ id }) => id === ground)?.title)
    return `${title}: ${fact} → ${remedy}`
  })
  return [
    [t('changes.answer'), t(`steps.answer.${answer.kind}`)],
    [t('changes.grounds'), grounds.join('; ')],
  ]
}
