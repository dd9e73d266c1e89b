import { Button } from '../../../components/button/button.tsx'
import { InsetText } from '../../../components/inset-text/inset-text.tsx'
import { Key } from '../../../components/keys/keys.tsx'
import { useSpeech } from '../../../components/speech.ts'

/** Who signs: `house`, keys of a simulator on the server; `both`, those or one's own key, as in the demonstration; `key`, one's own alone. */
export type SigningWays = 'house' | 'both' | 'key'

/** Said above the buttons of a form that ends with a signature: whose key signs, and where. */
export const SignNote = ({ ways }: { ways: SigningWays }) => {
  const { t } = useSpeech()
  return <InsetText text={t(`signing.next.${ways}`)} />
}

/** Where the house signs by itself, the way to sign with one's own key stands beside; elsewhere the form's own button leads there. */
export const ByKey = ({ ways }: { ways: SigningWays }) => {
  const { t } = useSpeech()
  if (ways !== 'both') return null
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
