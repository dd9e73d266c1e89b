import { Button } from '../../../components/button/button.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { Input } from '../../../components/input/input.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { Csrf } from '../local.tsx'

export interface TrackFormProps {
  readonly frame: Frame
  readonly number?: string
  /** `notFound` says the same of an unknown number and of a wrong secret. */
  readonly wrong?: 'notFound' | 'busy'
}

export const TrackForm = ({ frame, number, wrong }: TrackFormProps) => {
  const { t } = frame.speech
  return (
    <Page frame={frame} title={t('public.track.title')} hasError={wrong !== undefined}>
      {wrong ? <ErrorSummary errorList={[{ text: t(`public.track.${wrong}`), href: '#number' }]} /> : null}
      <h1 class="govuk-heading-l">{t('public.track.title')}</h1>
      <p class="govuk-body">{t('public.track.intro')}</p>
      <form method="post" action="/track" novalidate>
        <Csrf frame={frame} />
        <Input
          name="number"
          label={t('public.track.number')}
          hint={t('public.track.numberHint')}
          value={number}
          autocomplete="off"
          inputmode="text"
          spellcheck={false}
          classes="govuk-input--width-20"
        />
        <Input
          name="secret"
          label={t('public.track.secret')}
          hint={t('public.track.secretHint')}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          classes="govuk-input--width-20"
        />
        <Button text={t('public.track.look')} />
      </form>
    </Page>
  )
}
