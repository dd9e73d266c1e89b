import type { Attributes } from '../../../../components/common.ts'
import { Input } from '../../../../components/input/input.tsx'
import { Radios } from '../../../../components/radios/radios.tsx'
import { useSpeech } from '../../../../components/speech.ts'
import { identityKinds } from '../../../../forms/sections.ts'
import type { FormView } from '../../../../forms/view.ts'

interface FieldProps {
  form: FormView
  name: string
  label: string
  hint?: string
  optional?: boolean
  width?: '4' | '10' | '20'
  inputmode?: 'numeric' | 'tel' | 'email'
  autocomplete?: string
  attributes?: Attributes
}

/** One line of text with its label from `steps.field`. */
export const TextField = ({ form, name, label, hint, optional, width, inputmode, autocomplete, attributes }: FieldProps) => {
  const { t } = useSpeech()
  const words = t(`steps.field.${label}`)
  return (
    <Input
      name={name}
      label={optional ? `${words} (${t('common.optional')})` : words}
      hint={hint}
      value={form.value(name)}
      errorMessage={form.error(name)}
      classes={width ? `govuk-input--width-${width}` : undefined}
      inputmode={inputmode}
      autocomplete={autocomplete ?? 'off'}
      spellcheck={false}
      attributes={attributes}
    />
  )
}

export const DayField = (props: FieldProps) => {
  const { t } = useSpeech()
  return <TextField width="10" {...props} hint={props.hint ?? t('steps.hint.day')} />
}

export const PersonFields = ({ form, of, surname }: { form: FormView; of: string; surname?: Attributes }) => (
  <div class="q-fields">
    <TextField form={form} name={`${of}.surname`} label="surname" attributes={surname} />
    <TextField form={form} name={`${of}.name`} label="name" />
    <TextField form={form} name={`${of}.patronymic`} label="patronymic" optional />
  </div>
)

export const PowerFields = ({ form, of }: { form: FormView; of: string }) => (
  <div class="q-fields">
    <TextField form={form} name={`${of}.number`} label="powerNumber" />
    <DayField form={form} name={`${of}.date`} label="powerDate" />
    <TextField form={form} name={`${of}.notary`} label="notary" />
    <DayField form={form} name={`${of}.validUntil`} label="validUntil" optional />
  </div>
)

export const IdentityFields = ({ form, of }: { form: FormView; of: string }) => {
  const { t } = useSpeech()
  return (
    <>
      <Radios
        name={`${of}.kind`}
        value={form.value(`${of}.kind`)}
        classes="govuk-radios--small govuk-radios--inline"
        fieldset={{ legend: t('steps.field.identityKind'), attributes: { 'data-keys': 'choice' } }}
        errorMessage={form.error(`${of}.kind`)}
        items={identityKinds.map((kind) => ({ value: kind, text: t(`steps.identity.${kind}`) }))}
      />
      <TextField form={form} name={`${of}.number`} label="identityNumber" width="20" />
    </>
  )
}
