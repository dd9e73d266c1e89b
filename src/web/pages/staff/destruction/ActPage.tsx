import type { DestructionPreview } from '../../../../desk/destruction.ts'
import { Alert } from '../../../components/alert/alert.tsx'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { PrintButton } from '../../../components/print-button/print-button.tsx'
import { SummaryList } from '../../../components/summary-list/summary-list.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { paths } from '../../../paths.ts'
import type { Naming } from '../../../wording/naming.ts'

interface ActProps {
  frame: Frame
  preview: DestructionPreview
  destroyed: NonNullable<DestructionPreview['destroyed']>
  naming: Naming
}

/** The act: by which order, on what ground, by whom and when, and the chain that is left. No standard has a form for it, so it is a page that prints. */
export const ActPage = ({ frame, preview, destroyed, naming }: ActProps) => {
  const { t, dateTime, shortDate } = frame.speech
  const { number, provider, counts } = preview
  const { order, ground, by, at } = destroyed
  const rows = [
    { key: t('destruction.number'), value: number },
    { key: t('destruction.provider'), value: naming.organisation(provider) },
    { key: t('casePage.destroyed.order'), value: t('steps.order', { number: order.number, date: shortDate(order.date) }) },
    { key: t('casePage.destroyed.ground'), value: ground },
    { key: t('casePage.destroyed.by'), value: naming.person(by.id) },
    { key: t('casePage.destroyed.at'), value: dateTime(at) },
    { key: t('destruction.left'), value: t('destruction.chain', { count: counts.events }) },
  ]
  return (
    <Page
      frame={frame}
      title={t('destruction.actTitle')}
      before={<BackLink href={paths.destruction} text={t('destruction.title')} />}
      notice={
        <Alert variant="success" title={t('casePage.destroyed.title')} showTitleAsHeading>
          <p>{t('casePage.destroyed.text')}</p>
        </Alert>
      }
    >
      <span class="govuk-caption-l q-number">{t('components.caseHeader.case', { number })}</span>
      <h1 class="govuk-heading-l">{t('destruction.actTitle')}</h1>
      <SummaryList rows={rows.map(({ key, value }) => ({ key: { text: key }, value: { text: value } }))} />
      {counts.head === null ? null : (
        <>
          <p class="govuk-body">{t('destruction.head')}</p>
          <p class="q-hash">{counts.head}</p>
        </>
      )}
      <p class="govuk-body">{t('destruction.afterwards')}</p>
      <PrintButton text={t('destruction.print')} />
    </Page>
  )
}
