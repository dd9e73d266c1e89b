import { type Attributes, attributesOf, classes } from '../common.ts'
import { Fieldset, type Legend } from '../fieldset/fieldset.tsx'
import { Around, describing, type FieldProps, FormGroup, HintAndError } from '../form-group/form-group.tsx'
import { Input, type InputProps } from '../input/input.tsx'
import { useSpeech } from '../speech.ts'

export interface DateInputItem {
  name?: string
  label?: string
  value?: string | number
  id?: string
  error?: boolean
  autocomplete?: string
  inputmode?: InputProps['inputmode']
  pattern?: string
  classes?: string
  attributes?: Attributes
}

export interface DateInputProps extends Omit<FieldProps, 'label' | 'name'> {
  id: string
  namePrefix?: string
  fieldset?: { legend?: Legend | string; describedBy?: string; classes?: string; attributes?: Attributes }
  /** Default: day, month, year. */
  items?: readonly (DateInputItem | null | undefined | false)[]
  day?: DateInputItem | false
  month?: DateInputItem | false
  year?: DateInputItem | false
  /** By the full name of each field, as the form sends them back. */
  values?: Readonly<Record<string, string | number | undefined>>
  classes?: string
  attributes?: Attributes
}

const parts = ['day', 'month', 'year'] as const

/** Which part of a date an item is: by its own name or by the name given to that part. */
const partOf = (item: DateInputItem, props: DateInputProps) =>
  parts.find((part) => {
    const own = props[part] || undefined
    return item === own || (item.name !== undefined && (item.name === part || item.name === own?.name))
  })

const itemsOf = (props: DateInputProps): (DateInputItem | null | undefined | false)[] =>
  props.items?.length ? [...props.items] : parts.map((part) => props[part] !== false && { ...props[part], name: props[part]?.name ?? part })

const hasError = (item: DateInputItem): boolean => Boolean(item.error) || Boolean(item.classes?.includes('govuk-input--error'))

const Item = ({ item, props, anyError }: { item: DateInputItem; props: DateInputProps; anyError: boolean }) => {
  const { t } = useSpeech()
  const part = partOf(item, props)
  const own = (part && props[part]) || undefined
  const name = item.name ?? part ?? ''
  const fullName = `${props.namePrefix ? `${props.namePrefix}-` : ''}${name}`
  const marked =
    !item.classes?.includes('govuk-input--error') && (hasError(item) || (item.error !== false && props.errorMessage && !anyError))
  const width = !item.classes?.includes('govuk-input--width-') && `govuk-input--width-${part === 'year' ? 4 : 2}`
  return (
    <div class="govuk-date-input__item">
      <Input
        label={{
          text: item.label || (part === name ? t(`components.dateInput.${part}`) : name.charAt(0).toUpperCase() + name.slice(1)),
          classes: 'govuk-date-input__label',
        }}
        id={item.id || `${props.id}-${name}`}
        classes={classes('govuk-date-input__input', marked && 'govuk-input--error', width, item.classes)}
        name={fullName}
        value={item.value ?? own?.value ?? props.values?.[fullName] ?? props.values?.[name]}
        inputmode={item.inputmode ?? 'numeric'}
        autocomplete={item.autocomplete}
        pattern={item.pattern}
        attributes={item.attributes}
      />
    </div>
  )
}

export const DateInput = (props: DateInputProps) => {
  const items = itemsOf(props)
  const anyError = items.some((item) => item && hasError(item))
  const description = describing(props.id, { ...props, describedBy: props.fieldset?.describedBy })
  const inside = (
    <>
      <HintAndError id={props.id} hint={props.hint} errorMessage={props.errorMessage} />
      <div class={classes('govuk-date-input', props.classes)} {...attributesOf(props.attributes)} id={props.id || undefined}>
        <Around before={props.formGroup?.beforeInputs} after={props.formGroup?.afterInputs}>
          {items.map((item) => (item ? <Item item={item} props={props} anyError={anyError} /> : null))}
        </Around>
      </div>
    </>
  )
  return (
    <FormGroup props={props}>
      {props.fieldset ? (
        // JAWS says the description of a fieldset of text fields only when its role is "group".
        <Fieldset
          describedBy={description}
          role="group"
          legend={props.fieldset.legend}
          classes={props.fieldset.classes}
          attributes={props.fieldset.attributes}
        >
          {inside}
        </Fieldset>
      ) : (
        inside
      )}
    </FormGroup>
  )
}
