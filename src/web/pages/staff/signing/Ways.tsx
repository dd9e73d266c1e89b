import { Button } from '../../../components/button/button.tsx'
import { InsetText } from '../../../components/inset-text/inset-text.tsx'
import { Key } from '../../../components/keys/keys.tsx'
import { useSpeech } from '../../../components/speech.ts'

/** Said above the buttons of a form that ends with a signature: whose key signs, and where. */
export const SignNote = ({ signsItself }: { signsItself: boolean }) => {
  const { t } = useSpeech()
  return <InsetText text={t(signsItself ? 'signing.nextDemonstration' : 'signing.next')} />
}

/** Where the house signs by itself, the way to sign with one's own key stands beside; elsewhere the form's own button leads there. */
export const ByKey = ({ signsItself }: { signsItself: boolean }) => {
  const { t } = useSpeech()
  if (!signsItself) return null
  return (
    <Button
      name="_sign"
      value="key"
      preventDoubleClick
      classes="govuk-button--secondary"
      attributes={{ 'data-key': 'i' }}
      text={
        <>
          {t('signing.toKey')} <Key name="i" />
        </>
      }
    />
  )
}
