import { raw } from 'hono/html'
import { qrSvg } from '../../../../papers/codes.ts'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { Button } from '../../../components/button/button.tsx'
import { Details } from '../../../components/details/details.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { Input } from '../../../components/input/input.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { paths } from '../../../paths.ts'

interface SetUpProps {
  frame: Frame
  /** `otpauth://totp/…`: what the code says. */
  uri: string
  /** The same secret for whoever types it. */
  secret: string
  login: string
  /** The secret as it comes back, sealed. */
  draft: string
  error?: string | undefined
}

/** A telephone is connected: it counts once a code of it has come. */
export const SetUpPage = ({ frame, uri, secret, login, draft, error }: SetUpProps) => {
  const { t } = frame.speech
  const title = t('signIn.twoStep.setupTitle')
  return (
    <Page frame={frame} title={title} hasError={error !== undefined} before={<BackLink href={paths.secondFactor} />}>
      {error === undefined ? null : <ErrorSummary errorList={[{ text: error, href: '#code' }]} />}
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{t('signIn.twoStep.scan')}</p>
      <div class="q-phone__code" role="img" aria-label={t('signIn.twoStep.alt')}>
        {raw(qrSvg(uri))}
      </div>
      <p class="govuk-body">
        <a class="govuk-link" href={uri}>
          {t('signIn.twoStep.launch')}
        </a>
      </p>
      <Details summaryText={t('signIn.twoStep.typed')}>
        <p class="govuk-body">
          <code class="q-secret">{secret}</code>
        </p>
        <p class="govuk-hint">{t('signIn.twoStep.typedHint', { login })}</p>
      </Details>
      <form method="post" action={paths.secondFactor} novalidate>
        <input type="hidden" name="_csrf" value={frame.csrf ?? ''} />
        <input type="hidden" name="draft" value={draft} />
        <p class="govuk-body">{t('signIn.twoStep.confirmText')}</p>
        <Input
          name="code"
          label={t('signIn.code.code')}
          autocomplete="one-time-code"
          inputmode="numeric"
          spellcheck={false}
          classes="govuk-input--width-10"
          errorMessage={error}
        />
        <Button name="do" value="confirm" text={t('signIn.twoStep.confirm')} preventDoubleClick />
      </form>
    </Page>
  )
}
