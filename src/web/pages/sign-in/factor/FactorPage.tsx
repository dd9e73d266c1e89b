import { momentIn } from '../../../../desk/clock.ts'
import type { FactorState } from '../../../../people/secondFactor.ts'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { Button } from '../../../components/button/button.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { Input } from '../../../components/input/input.tsx'
import { InsetText } from '../../../components/inset-text/inset-text.tsx'
import { NotificationBanner } from '../../../components/notification-banner/notification-banner.tsx'
import { PasswordInput } from '../../../components/password-input/password-input.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { SummaryList } from '../../../components/summary-list/summary-list.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { paths } from '../../../paths.ts'

interface FactorProps {
  frame: Frame
  state: FactorState
  /** Required of the reader; `must`: and not set up, so that nothing else is open. */
  required: boolean
  must: boolean
  /** The session is not new: the password is asked for before a telephone is connected. */
  asksPassword: boolean
  said?: string | undefined
  error?: { field: 'password' | 'code'; text: string } | undefined
}

/** One's own two-step sign-in: whether it is on, and what may be done to it. */
export const FactorPage = (props: FactorProps) => {
  const { frame, state, must, error, said } = props
  const { t } = frame.speech
  return (
    <Page
      frame={frame}
      title={t('signIn.twoStep.title')}
      hasError={error !== undefined}
      before={must ? null : <BackLink href={paths.me} attributes={{ 'data-key-back': '' }} />}
      notice={said === undefined ? null : <NotificationBanner type="success" text={said} />}
    >
      {error ? <ErrorSummary errorList={[{ text: error.text, href: `#${error.field}` }]} /> : null}
      <h1 class="govuk-heading-l">{t('signIn.twoStep.title')}</h1>
      {must ? <InsetText text={t('signIn.twoStep.must')} /> : null}
      <p class="govuk-body">
        {t('signIn.twoStep.lead')} {t('signIn.twoStep.byKey')}
      </p>
      {state.setAt === null ? <Begin {...props} /> : <Change {...props} setAt={state.setAt} />}
    </Page>
  )
}

const Begin = ({ frame, asksPassword, error }: FactorProps) => {
  const { t } = useSpeech()
  return (
    <form method="post" action={paths.secondFactor} novalidate>
      <input type="hidden" name="_csrf" value={frame.csrf ?? ''} />
      {asksPassword ? (
        <PasswordInput
          name="password"
          label={t('signIn.twoStep.password')}
          autocomplete="current-password"
          classes="govuk-input--width-20"
          errorMessage={error?.field === 'password' ? error.text : undefined}
        />
      ) : null}
      <Button name="do" value="begin" text={t('signIn.twoStep.begin')} preventDoubleClick />
    </form>
  )
}

const Change = ({ frame, state, setAt, required, error }: FactorProps & { setAt: number }) => {
  const { t, shortDate, zone } = useSpeech()
  return (
    <>
      <SummaryList
        rows={[
          {
            key: t('signIn.twoStep.state'),
            value: t('signIn.twoStep.on', { date: shortDate(momentIn(zone, setAt).slice(0, 10)) }),
          },
          { key: t('signIn.twoStep.left'), value: String(state.recovery) },
        ]}
      />
      <h2 class="govuk-heading-m">{t('signIn.twoStep.changeTitle')}</h2>
      <form method="post" action={paths.secondFactor} novalidate>
        <input type="hidden" name="_csrf" value={frame.csrf ?? ''} />
        <Input
          name="code"
          label={t('signIn.twoStep.code')}
          autocomplete="one-time-code"
          spellcheck={false}
          classes="govuk-input--width-20"
          errorMessage={error?.field === 'code' ? error.text : undefined}
        />
        <div class="govuk-button-group">
          <Button name="do" value="codes" text={t('signIn.twoStep.newCodes')} preventDoubleClick />
          <Button name="do" value="begin" classes="govuk-button--secondary" text={t('signIn.twoStep.newPhone')} preventDoubleClick />
          {required ? null : (
            <Button name="do" value="remove" classes="govuk-button--warning" text={t('signIn.twoStep.remove')} preventDoubleClick />
          )}
        </div>
      </form>
    </>
  )
}
