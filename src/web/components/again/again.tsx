import { Button } from '../button/button.tsx'
import { Key } from '../keys/keys.tsx'
import { useSpeech } from '../speech.ts'

export interface AgainProps {
  /** Where script asks whether the person has applied before; the number goes in the body. */
  address: string
  /** What the server found already, in words; null: nothing, and the offer waits hidden. */
  found: string | null
  /** The application whose data stand in the form. */
  taken?: string
}

/** An earlier application of the same person that came to nothing: its data are taken over by one key. */
export const Again = ({ address, found, taken }: AgainProps) => {
  const { t } = useSpeech()
  if (taken !== undefined)
    return (
      <p class="q-again">
        <input type="hidden" name="again" value={taken} />
        {t('intake.again.taken', { number: taken })}
      </p>
    )
  return (
    <>
      <noscript>
        <p class="q-intake__acts">
          <Button name="_do" value="iin" text={t('intake.again.look')} classes="govuk-button--secondary" />
        </p>
      </noscript>
      <div class="q-again" data-island="again" data-address={address} hidden={found === null} role="status">
        <span data-again-words>{found ?? ''}</span>{' '}
        <Button
          name="_do"
          value="again"
          classes="govuk-button--secondary"
          attributes={{ 'data-key': 'e' }}
          text={
            <>
              {t('intake.again.take')} <Key name="e" />
            </>
          }
        />
      </div>
    </>
  )
}
