import { Button } from '../../../components/button/button.tsx'
import { ErrorMessage } from '../../../components/error-message/error-message.tsx'
import { InsetText } from '../../../components/inset-text/inset-text.tsx'
import { Key } from '../../../components/keys/keys.tsx'
import { Radios } from '../../../components/radios/radios.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { consentForms, identityAtHand } from '../../../forms/sections.ts'
import type { StepView } from '../step/view.ts'
import { ByCard } from './fields.tsx'
import type { IntakeView } from './view.ts'

/** The applicant's yes or no is all that the step still needs: each is a key of its own, and neither is preset. */
export const isConsentAlone = ({ sections, law, state }: StepView): boolean =>
  sections.some(({ name }) => name === 'consent') &&
  sections.every(({ name }) => name === 'consent' || (name === 'identification' && identityAtHand(law, state) !== undefined))

/** The words of consent are shown whole: a person agrees to what they have read or heard. */
export const ConsentButtons = ({ view, open }: { view: IntakeView; open: StepView }) => {
  const { t } = useSpeech()
  const error = open.form.error('consent.given')
  const identifies = open.sections.some(({ name }) => name === 'identification')
  const asks = open.step.does.some(({ act }) => act === 'queryRegister')
  const yes = asks ? 'intake.consent.yesAndAsk' : 'intake.consent.yes'
  return (
    <div id="consent.given">
      {identifies ? <ByCard open={open} /> : null}
      <InsetText text={t('steps.consentWords')} />
      <Radios
        name="consent.form"
        value={open.form.value('consent.form') || 'written'}
        classes="govuk-radios--small govuk-radios--inline"
        fieldset={{ legend: t('steps.field.consentForm') }}
        items={consentForms.map((way) => ({ value: way, text: t(`steps.consentForm.${way}`) }))}
      />
      {error ? <ErrorMessage text={error} id="consent.given-error" /> : null}
      <div class="q-intake__acts">
        <Button
          name="consent.given"
          value="yes"
          preventDoubleClick
          attributes={{ 'data-key': 'y' }}
          text={
            <>
              {t(yes)} <Key name="y" />
            </>
          }
        />
        <Button
          name="consent.given"
          value="no"
          classes="govuk-button--secondary"
          preventDoubleClick
          attributes={{ 'data-key': 'k' }}
          text={
            <>
              {t('intake.consent.no')} <Key name="k" />
            </>
          }
        />
      </div>
      {view.state.consent?.given === false ? <p class="govuk-body">{t('intake.consent.wasRefused')}</p> : null}
    </div>
  )
}
