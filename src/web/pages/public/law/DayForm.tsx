import { useSpeech } from '../../../components/speech.ts'

/** As of which day: a plain form, so that it works without script and its address can be sent. */
export const DayForm = ({ action, on }: { action: string; on: string }) => {
  const { t } = useSpeech()
  return (
    <form class="q-row q-dayform" method="get" action={action}>
      <label class="govuk-label" for="on">
        {t('public.regulations.on')}
      </label>
      <input class="govuk-input govuk-input--width-10" id="on" name="on" type="date" value={on} required />
      <button class="govuk-button govuk-button--secondary" type="submit">
        {t('common.show')}
      </button>
    </form>
  )
}
