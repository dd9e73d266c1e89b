import type { DocumentRule } from '../../../../../law/schema/standard.ts'
import { type PackageRow, PackageTable } from '../../../../components/package-table/package-table.tsx'
import { AttachScans, ScanField } from '../../../../components/scans/scans.tsx'
import { useSpeech } from '../../../../components/speech.ts'
import { documentsAsked, waysPresented } from '../../../../forms/sections.ts'
import type { StepView } from '../view.ts'
import { cardFields } from './application.tsx'

/** The package by clause 9: what was handed in, whether its original was seen, its copy taken and the original given back. */
export const DocumentsSection = ({ view }: { view: StepView }) => {
  const { t } = useSpeech()
  return (
    <>
      <PackageTable
        rows={documentsAsked(view.law, view.state).map((rule) => rowOf(view, rule, t))}
        ways={waysPresented}
        all={{ name: '_do', value: 'all', text: t('intake.pack.all') }}
      />
      <AttachScans />
    </>
  )
}

function rowOf(view: StepView, rule: DocumentRule, t: ReturnType<typeof useSpeech>['t']): PackageRow {
  const { form, naming, before } = view
  const of = `documents.${rule.id}`
  const typed = (part: string) => form.value(`${of}.${part}`)
  const fields = ['pages', 'count', 'validUntil'] as const
  const isCard = cardFields(view) === of
  const errors = ['in', ...fields].filter((part) => !(isCard && part === 'validUntil')).map((part) => form.error(`${of}.${part}`))
  const mayBeHeld = rule.requirement === 'ifNotInStateSystems'
  return {
    code: rule.id,
    title: naming.text(rule.title),
    clause: rule.clause,
    unconfirmed: rule.unconfirmed !== undefined,
    need: needOf(view, rule, t),
    ...(rule.requirement === 'forHolders'
      ? { only: 'holders' as const }
      : isRepresentatives(rule)
        ? { only: 'representative' as const }
        : {}),
    in: form.ticked(`${of}.in`),
    originalSeen: form.ticked(`${of}.originalSeen`),
    copyTaken: form.ticked(`${of}.copyTaken`),
    returned: form.ticked(`${of}.returned`),
    presented: typed('presented') || rule.presented,
    pages: typed('pages'),
    count: typed('count'),
    ...(rule.expires && !isCard ? { validUntil: typed('validUntil') } : {}),
    ...(mayBeHeld ? { held: form.ticked(`${of}.held`) } : {}),
    ...(before?.[rule.id] === undefined ? {} : { before: before[rule.id] }),
    error: errors.find((text) => text !== undefined),
    below: (
      <ScanField
        number={view.number}
        document={rule.id}
        about={naming.text(rule.title)}
        file={typed('file')}
        scans={view.scans}
        error={form.error(`scan.${rule.id}`)}
      />
    ),
    wrong: fields.filter((part) => form.error(`${of}.${part}`) !== undefined),
  }
}

function needOf({ holders }: StepView, rule: DocumentRule, t: ReturnType<typeof useSpeech>['t']): string {
  const need = t(`steps.need.${rule.requirement}`, rule.requirement === 'forHolders' ? { holders: holders ?? '' } : {})
  return isRepresentatives(rule) ? `${need} ${t('steps.need.ofRepresentative')}` : need
}

const isRepresentatives = ({ applicants }: DocumentRule): boolean =>
  (applicants?.includes('representative') ?? false) && !applicants?.includes('self')
