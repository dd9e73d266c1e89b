import { Button } from '../../../components/button/button.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { WarningText } from '../../../components/warning-text/warning-text.tsx'
import type { FormView } from '../../../forms/view.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { type Path, paths } from '../../../paths.ts'
import { AdminTabs } from '../accounts/AdminTabs.tsx'
import { Text } from '../accounts/FormPage.tsx'

/** Which case an order is about: by its whole number, since whoever keeps accounts searches no cases. */
export const FindPage = ({ frame, form }: { frame: Frame; form: FormView }) => {
  const { t } = frame.speech
  return (
    <Page frame={frame} title={t('destruction.title')} hasError={form.errors.length > 0}>
      {form.errors.length > 0 ? <ErrorSummary errorList={form.errors} /> : null}
      <h1 class="govuk-heading-l">{t('destruction.title')}</h1>
      <AdminTabs current={paths.destruction} />
      <p class="govuk-body">{t('destruction.text')}</p>
      <WarningText text={t('destruction.forEver')} iconFallbackText={t('destruction.warning')} />
      <form method="get" action={paths.destruction satisfies Path} novalidate>
        <Text form={form} name="number" label="destruction.number" hint={t('destruction.numberHint')} classes="govuk-input--width-20" />
        <Button text={t('destruction.look')} classes="govuk-button--secondary" />
      </form>
    </Page>
  )
}
