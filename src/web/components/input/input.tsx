import { type Attributes, attributesOf, classes, type Words } from '../common.ts'
import { Around, describing, Field, type FieldProps } from '../form-group/form-group.tsx'

export interface InputProps extends FieldProps {
  type?: string
  value?: string | number
  inputmode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'search' | 'email' | 'url' | 'none'
  autocomplete?: string
  autocapitalize?: string
  pattern?: string
  spellcheck?: boolean
  disabled?: boolean
  prefix?: Words
  suffix?: Words
  inputWrapper?: { classes?: string; attributes?: Attributes }
  classes?: string
  attributes?: Attributes
}

const Affix = ({ affix, side }: { affix?: Words; side: 'prefix' | 'suffix' }) =>
  affix?.text ? (
    <div class={classes(`govuk-input__${side}`, affix.classes)} aria-hidden="true" {...attributesOf(affix.attributes)}>
      {affix.text}
    </div>
  ) : null

const Control = ({ props, id }: { props: InputProps; id: string }) => (
  <input
    class={classes('govuk-input', props.classes, props.errorMessage && 'govuk-input--error')}
    id={id}
    name={props.name}
    type={props.type || 'text'}
    {...attributesOf({ spellcheck: props.spellcheck })}
    value={props.value}
    disabled={props.disabled}
    aria-describedby={describing(id, props)}
    autocomplete={props.autocomplete}
    {...attributesOf({ autocapitalize: props.autocapitalize })}
    pattern={props.pattern}
    inputmode={props.inputmode}
    {...attributesOf(props.attributes)}
  />
)

export const Input = (props: InputProps) => {
  const id = props.id || props.name
  const { beforeInput, afterInput } = props.formGroup ?? {}
  const wrapped = beforeInput || afterInput || props.prefix?.text || props.suffix?.text
  const control = <Control props={props} id={id} />
  return (
    <Field id={id} props={props}>
      {wrapped ? (
        <div class={classes('govuk-input__wrapper', props.inputWrapper?.classes)} {...attributesOf(props.inputWrapper?.attributes)}>
          <Around before={beforeInput} after={afterInput}>
            <Affix affix={props.prefix} side="prefix" />
            {control}
            <Affix affix={props.suffix} side="suffix" />
          </Around>
        </div>
      ) : (
        control
      )}
    </Field>
  )
}
