import { Button } from '../../../components/button/button.tsx'
import { Checkboxes } from '../../../components/checkboxes/checkboxes.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { Input } from '../../../components/input/input.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { paths } from '../../../paths.ts'
import { Csrf } from '../local.tsx'
import type { Slip } from './receipt.ts'

/** `notFound` says the same of an unknown number and of a wrong secret. */
export type Wrong = 'notFound' | 'busy' | Slip

export interface TrackFormProps {
  readonly frame: Frame
  readonly number?: string
  readonly wrong?: Wrong
}

/** Which field is to be looked at again. */
const fieldOf = (wrong: Wrong): 'number' | 'secret' => (wrong === 'noSecret' ? 'secret' : 'number')

export const TrackForm = ({ frame, number, wrong }: TrackFormProps) => {
  const { t } = frame.speech
  const said = wrong === undefined ? undefined : t(`track.wrong.${wrong}`)
  const errorAt = (field: 'number' | 'secret') =>
    said !== undefined && wrong !== 'busy' && wrong !== undefined && fieldOf(wrong) === field ? said : undefined
  const known = number !== undefined && number !== ''
  return (
    <Page frame={frame} title={t('public.track.title')} hasError={wrong !== undefined} description={t('proofs.describeTrack')}>
      {wrong && said ? <ErrorSummary errorList={[{ text: said, href: `#${fieldOf(wrong)}` }]} /> : null}
      <h1 class="govuk-heading-l">{t('public.track.title')}</h1>
      <p class="govuk-body">{t('track.intro')}</p>
      <form method="post" action={paths.track} novalidate>
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
          errorMessage={errorAt('number')}
          attributes={known ? undefined : { autofocus: true }}
        />
        <Input
          name="secret"
          label={t('public.track.secret')}
          hint={t('public.track.secretHint')}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
          classes="govuk-input--width-20"
          errorMessage={errorAt('secret')}
          attributes={known && wrong === undefined ? { autofocus: true } : undefined}
        />
        <Checkboxes name="keep" items={[{ value: 'yes', text: t('track.keep'), hint: { text: t('track.keepHint') } }]} />
        <Button text={t('public.track.look')} />
      </form>
      <p class="govuk-body q-soft">{t('track.noReceipt')}</p>
    </Page>
  )
}
