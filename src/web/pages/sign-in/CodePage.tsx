import { BackLink } from '../../components/back-link/back-link.tsx'
import { Button } from '../../components/button/button.tsx'
import { Details } from '../../components/details/details.tsx'
import { ErrorSummary } from '../../components/error-summary/error-summary.tsx'
import { Input } from '../../components/input/input.tsx'
import { type Frame, Page } from '../../layout/Page.tsx'
import { paths } from '../../paths.ts'

interface CodeProps {
  frame: Frame
  next: string | undefined
  /** The sign-in whose password was right. */
  half: string
  error?: { field: 'code' | 'recovery'; text: string } | undefined
}

/** The second step: a code from the telephone, or one of those that were kept for the day when it is lost. */
export const CodePage = ({ frame, next, half, error }: CodeProps) => {
  const { t } = frame.speech
  const wrong = (field: 'code' | 'recovery') => (error?.field === field ? error.text : undefined)
  return (
    <Page frame={frame} title={t('signIn.code.title')} hasError={error !== undefined} before={<BackLink href={paths.signIn} />}>
      {error ? <ErrorSummary errorList={[{ text: error.text, href: `#${error.field}` }]} /> : null}
      <h1 class="govuk-heading-l">{t('signIn.code.title')}</h1>
      <p class="govuk-body">{t('signIn.code.text')}</p>
      <form method="post" action={paths.signInCode} novalidate>
        <input type="hidden" name="_csrf" value={frame.csrf ?? ''} />
        <input type="hidden" name="half" value={half} />
        {next ? <input type="hidden" name="next" value={next} /> : null}
        <Input
          name="code"
          label={t('signIn.code.code')}
          autocomplete="one-time-code"
          inputmode="numeric"
          spellcheck={false}
          classes="govuk-input--width-10"
          attributes={error ? {} : { autofocus: true }}
          errorMessage={wrong('code')}
        />
        <Details summaryText={t('signIn.code.lost')} open={error?.field === 'recovery'}>
          <p class="govuk-body">{t('signIn.code.lostText')}</p>
          <Input
            name="recovery"
            label={t('signIn.code.recovery')}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            classes="govuk-input--width-20"
            errorMessage={wrong('recovery')}
          />
        </Details>
        <Button text={t('layout.signIn')} preventDoubleClick />
      </form>
    </Page>
  )
}
