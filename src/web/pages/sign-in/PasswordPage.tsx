import { Button } from '../../components/button/button.tsx'
import { ErrorSummary } from '../../components/error-summary/error-summary.tsx'
import { PasswordInput } from '../../components/password-input/password-input.tsx'
import { type Frame, Page } from '../../layout/Page.tsx'
import { paths } from '../../paths.ts'

interface PasswordProps {
  frame: Frame
  /** Somebody else chose the present password: nothing else is open until it is changed. */
  must: boolean
  error?: { field: string; text: string }
}

const fields = [
  { name: 'current', autocomplete: 'current-password' },
  { name: 'next', autocomplete: 'new-password' },
  { name: 'again', autocomplete: 'new-password' },
] as const

export const PasswordPage = ({ frame, must, error }: PasswordProps) => {
  const { t } = frame.speech
  return (
    <Page frame={frame} title={t('pages.password.title')} hasError={error !== undefined}>
      {error ? <ErrorSummary errorList={[{ text: error.text, href: `#${error.field}` }]} /> : null}
      <h1 class="govuk-heading-l">{t('pages.password.title')}</h1>
      {must ? <p class="govuk-body">{t('pages.password.must')}</p> : null}
      <form method="post" action={paths.password} novalidate>
        <input type="hidden" name="_csrf" value={frame.csrf ?? ''} />
        {fields.map(({ name, autocomplete }) => (
          <PasswordInput
            name={name}
            label={t(`pages.password.${name}`)}
            hint={name === 'next' ? t('pages.password.hint') : undefined}
            autocomplete={autocomplete}
            classes="govuk-input--width-20"
            errorMessage={error?.field === name ? error.text : undefined}
          />
        ))}
        <Button text={t('common.save')} preventDoubleClick />
      </form>
    </Page>
  )
}
