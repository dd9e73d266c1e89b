import { Button } from '../button/button.tsx'
import { type Attributes, classes, words } from '../common.ts'
import type { FieldProps } from '../form-group/form-group.tsx'
import { Input } from '../input/input.tsx'
import { useSpeech } from '../speech.ts'

export interface PasswordInputProps extends FieldProps {
  value?: string
  disabled?: boolean
  autocomplete?: 'current-password' | 'new-password'
  button?: { classes?: string }
  classes?: string
  attributes?: Attributes
}

/** The "show" button stays hidden until its island runs; paste and password managers always work. */
export const PasswordInput = (props: PasswordInputProps) => {
  const { t, language } = useSpeech()
  const id = props.id || props.name
  const translations: Attributes =
    language === 'en'
      ? {}
      : {
          'data-i18n.show-password': t('components.passwordInput.show'),
          'data-i18n.hide-password': t('components.passwordInput.hide'),
          'data-i18n.show-password-aria-label': t('components.passwordInput.showLabel'),
          'data-i18n.hide-password-aria-label': t('components.passwordInput.hideLabel'),
        }
  const after = props.formGroup?.afterInput
  const toggle = (
    <Button
      type="button"
      classes={classes('govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle', props.button?.classes)}
      text={t('components.passwordInput.show')}
      attributes={{ 'aria-controls': id, 'aria-label': t('components.passwordInput.showLabel'), hidden: '' }}
    />
  )
  return (
    <Input
      formGroup={{
        classes: classes('govuk-password-input', props.formGroup?.classes),
        attributes: { 'data-module': 'govuk-password-input', ...translations, ...props.formGroup?.attributes },
        beforeInput: props.formGroup?.beforeInput,
        afterInput: {
          text: (
            <>
              {toggle}
              {after ? words(after).text : null}
            </>
          ),
        },
      }}
      inputWrapper={{ classes: 'govuk-password-input__wrapper' }}
      label={props.label}
      hint={props.hint}
      errorMessage={props.errorMessage}
      classes={classes('govuk-password-input__input govuk-js-password-input-input', props.classes)}
      id={id}
      name={props.name}
      type="password"
      spellcheck={false}
      autocapitalize="none"
      autocomplete={props.autocomplete || 'current-password'}
      value={props.value}
      disabled={props.disabled}
      describedBy={props.describedBy}
      attributes={props.attributes}
    />
  )
}
