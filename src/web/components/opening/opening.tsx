import { Button } from '../button/button.tsx'
import { ErrorMessage } from '../error-message/error-message.tsx'
import { Key } from '../keys/keys.tsx'
import { useSpeech } from '../speech.ts'

export interface OpeningProps {
  /** Field that the chosen button sends. */
  name: string
  items: readonly { value: string; text: string }[]
  /** False where digits of the page choose something else first. */
  byDigit?: boolean
  error?: string
}

/** Digits 1 to 9 and 0; what comes after the tenth is reached by Tab. */
const keys = '1234567890'.split('')

/** One place, one key: the button that names it sends the form. */
export const Opening = ({ name, items, byDigit = true, error }: OpeningProps) => {
  const { t } = useSpeech()
  return (
    <fieldset class="govuk-fieldset" id={name}>
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{t('intake.open.title')}</legend>
      {error ? <ErrorMessage text={error} id={`${name}-error`} /> : null}
      <ul class="q-opening">
        {items.map(({ value, text }, index) => (
          <li>
            <Button
              name={name}
              value={value}
              classes="govuk-button--secondary q-opening__one"
              preventDoubleClick
              attributes={{ 'data-key': byDigit ? keys[index] : undefined }}
              text={
                <>
                  {byDigit && keys[index] ? <Key name={keys[index] ?? ''} /> : null} <span>{text}</span>
                </>
              }
            />
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
