import { BackLink } from '../../components/back-link/back-link.tsx'
import { Button } from '../../components/button/button.tsx'
import { ErrorSummary } from '../../components/error-summary/error-summary.tsx'
import { Input } from '../../components/input/input.tsx'
import { InsetText } from '../../components/inset-text/inset-text.tsx'
import { PasswordInput } from '../../components/password-input/password-input.tsx'
import { type Frame, Page } from '../../layout/Page.tsx'
import { paths } from '../../paths.ts'

interface SignInProps {
  frame: Frame
  next: string | undefined
  login: string
  error?: string
  demonstration: boolean
}

export const SignInPage = ({ frame, next, login, error, demonstration }: SignInProps) => {
  const { t } = frame.speech
  return (
    <Page frame={frame} title={t('pages.signIn.title')} hasError={error !== undefined} before={<BackLink href={paths.start} />}>
      {error ? <ErrorSummary errorList={[{ text: error, href: '#login' }]} /> : null}
      <h1 class="govuk-heading-l">{t('pages.signIn.title')}</h1>
      {next && /[?&]saved=/.test(next) ? <InsetText text={t('saved.signInText')} /> : null}
      {demonstration ? <p class="govuk-body">{t('pages.signIn.demonstration')}</p> : null}
      <form method="post" action={paths.signIn} novalidate>
        <input type="hidden" name="_csrf" value={frame.csrf ?? ''} />
        {next ? <input type="hidden" name="next" value={next} /> : null}
        <Input
          name="login"
          label={t('pages.signIn.login')}
          value={login}
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          classes="govuk-input--width-20"
          errorMessage={error}
        />
        <PasswordInput name="password" label={t('pages.signIn.password')} classes="govuk-input--width-20" />
        <Button text={t('layout.signIn')} preventDoubleClick />
      </form>
    </Page>
  )
}
