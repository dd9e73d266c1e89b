import type { HandedDocument } from '../../../../engine/case/events.ts'
import { useSpeech } from '../../../components/speech.ts'
import { Tag } from '../../../components/tag/tag.tsx'

/** What lies in the file of one document: how it was presented, sheets and copies, until when it is valid. */
export const HandedIn = ({ document, now }: { document: HandedDocument; number: string; now: string }) => {
  const { t, shortDate } = useSpeech()
  const { presented, originalSeen, pages, count, validUntil } = document
  const facts = [
    t(`steps.presented.${presented}`),
    ...(originalSeen ? [t('steps.document.originalSeen')] : []),
    `${t('steps.field.pages')}: ${pages}`,
    ...(count > 1 ? [`${t('steps.field.count')}: ${count}`] : []),
    ...(validUntil ? [`${t('steps.field.validUntil')}: ${shortDate(validUntil)}`] : []),
  ]
  return (
    <>
      {facts.join(' · ')}
      {validUntil !== undefined && validUntil < now.slice(0, 10) ? (
        <>
          {' '}
          <Tag text={t('components.checklist.expired')} classes="govuk-tag--red" />
        </>
      ) : null}
    </>
  )
}
