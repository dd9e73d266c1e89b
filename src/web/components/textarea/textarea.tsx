import { type Attributes, attributesOf, classes } from '../common.ts'
import { Around, describing, Field, type FieldProps } from '../form-group/form-group.tsx'

export interface TextareaProps extends FieldProps {
  value?: string
  rows?: number | string
  spellcheck?: boolean
  disabled?: boolean
  autocomplete?: string
  classes?: string
  attributes?: Attributes
}

export const Textarea = (props: TextareaProps) => {
  const id = props.id || props.name
  return (
    <Field id={id} props={props}>
      <Around before={props.formGroup?.beforeInput} after={props.formGroup?.afterInput}>
        <textarea
          class={classes('govuk-textarea', props.errorMessage && 'govuk-textarea--error', props.classes)}
          id={id}
          name={props.name}
          rows={Number(props.rows || 5)}
          {...attributesOf({ spellcheck: props.spellcheck })}
          disabled={props.disabled}
          aria-describedby={describing(id, props)}
          autocomplete={props.autocomplete || undefined}
          {...attributesOf(props.attributes)}
        >
          {props.value}
        </textarea>
      </Around>
    </Field>
  )
}
