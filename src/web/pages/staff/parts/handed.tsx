import type { Scan } from '../../../../desk/scanRoom.ts'
import type { HandedDocument } from '../../../../engine/case/events.ts'
import { ScanLink } from '../../../components/scans/scans.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { Tag } from '../../../components/tag/tag.tsx'

interface HandedInProps {
  readonly document: HandedDocument
  readonly title: string
  readonly number: string
  readonly scans: readonly Scan[]
  readonly now: string
}

/** What lies in the file of one document: how it was presented, sheets and copies, until when it is valid, its scan. */
export const HandedIn = ({ document, title, number, scans, now }: HandedInProps) => {
  const { t, shortDate } = useSpeech()
  const { presented, originalSeen, pages, count, validUntil } = document
  const scan = scans.find(({ sha256 }) => sha256 === document.file)
  const facts = [
    t(`steps.presented.${presented}`),
    ...(originalSeen ? [t('steps.document.originalSeen')] : []),
    `${t('steps.field.pages')}: ${pages}`,
    ...(count > 1 ? [`${t('steps.field.count')}: ${count}`] : []),
    ...(validUntil ? [`${t('steps.field.validUntil')}: ${shortDate(validUntil)}`] : []),
  ]
  return (
    <>
      {facts.join(' · ')}{' '}
      {validUntil !== undefined && validUntil < now.slice(0, 10) ? (
        <Tag text={t('components.checklist.expired')} classes="govuk-tag--red" />
      ) : null}
      {scan ? <ScanLink number={number} scan={scan} about={title} /> : null}
    </>
  )
}
