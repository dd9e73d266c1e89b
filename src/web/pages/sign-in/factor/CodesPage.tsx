import { Button } from '../../../components/button/button.tsx'
import { NotificationBanner } from '../../../components/notification-banner/notification-banner.tsx'
import { PrintButton } from '../../../components/print-button/print-button.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { paths } from '../../../paths.ts'

interface CodesProps {
  frame: Frame
  codes: readonly string[]
  said: string
}

/** Recovery codes just made: this page is the only one that ever shows them. */
export const CodesPage = ({ frame, codes, said }: CodesProps) => {
  const { t } = frame.speech
  return (
    <Page frame={frame} title={t('signIn.twoStep.codesTitle')} notice={<NotificationBanner type="success" text={said} />}>
      <h1 class="govuk-heading-l">{t('signIn.twoStep.codesTitle')}</h1>
      <p class="govuk-body">{t('signIn.twoStep.codesText')}</p>
      <ul class="govuk-list q-codes">
        {codes.map((code) => (
          <li>
            <code class="q-secret">{code}</code>
          </li>
        ))}
      </ul>
      <PrintButton text={t('common.print')} />
      <p>
        <Button href={paths.work} text={t('signIn.twoStep.keep')} />
      </p>
    </Page>
  )
}
