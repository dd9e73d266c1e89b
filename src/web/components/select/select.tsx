import { type Attributes, attributesOf, classes } from '../common.ts'
import { Around, describing, Field, type FieldProps } from '../form-group/form-group.tsx'

export interface SelectItem {
  value?: string | number
  text: string | number
  selected?: boolean
  disabled?: boolean
  attributes?: Attributes
}

export interface SelectProps extends FieldProps {
  items?: readonly (SelectItem | null | undefined | false)[]
  value?: string | number
  disabled?: boolean
  classes?: string
  attributes?: Attributes
}

const isSelected = (item: SelectItem, value: SelectProps['value']): boolean =>
  item.selected || (Boolean(value) && (item.value ?? item.text) === value && item.selected !== false)

export const Select = (props: SelectProps) => {
  const id = props.id || props.name
  return (
    <Field id={id} props={props}>
      <Around before={props.formGroup?.beforeInput} after={props.formGroup?.afterInput}>
        <select
          class={classes('govuk-select', props.classes, props.errorMessage && 'govuk-select--error')}
          id={id}
          name={props.name}
          disabled={props.disabled}
          aria-describedby={describing(id, props)}
          {...attributesOf(props.attributes)}
        >
          {(props.items ?? []).map((item) =>
            item ? (
              <option
                value={item.value}
                selected={isSelected(item, props.value)}
                disabled={item.disabled}
                {...attributesOf(item.attributes)}
              >
                {item.text}
              </option>
            ) : null,
          )}
        </select>
      </Around>
    </Field>
  )
}
