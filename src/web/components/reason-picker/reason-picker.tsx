import { Key } from '../keys/keys.tsx'
import { Radios } from '../radios/radios.tsx'
import { useSpeech } from '../speech.ts'
import { Textarea } from '../textarea/textarea.tsx'

export interface ReasonPickerProps {
  /** Field of the words; the choice is `<name>.pick`. */
  readonly name: string
  readonly legend: string
  readonly hint?: string | undefined
  readonly choices: readonly { readonly code: string; readonly text: string }[]
  readonly picked?: string
  readonly value?: string
  readonly errorMessage?: string | undefined
  readonly autofocus?: boolean
}

/** A reason in one key: the usual ones by digit, and room for other words. Without script empty words mean those of the choice. */
export const ReasonPicker = ({ name, legend, hint, choices, picked, value, errorMessage, autofocus = true }: ReasonPickerProps) => {
  const { t } = useSpeech()
  return (
    <div class="q-reason" data-reason-picker>
      <Radios
        name={`${name}.pick`}
        value={picked}
        classes="govuk-radios--small"
        fieldset={{ legend: { text: legend, classes: 'govuk-fieldset__legend--s' }, attributes: { 'data-keys': 'choice' } }}
        hint={hint}
        items={choices.map(({ code, text }, index) => ({
          value: code,
          text: (
            <>
              {index < 9 ? <Key name={String(index + 1)} /> : null} <span data-words>{text}</span>
            </>
          ),
          attributes: autofocus && index === 0 && !errorMessage ? { autofocus } : {},
        }))}
      />
      <Textarea name={name} rows={2} label={t('reasons.own')} hint={t('reasons.ownHint')} value={value ?? ''} errorMessage={errorMessage} />
    </div>
  )
}
