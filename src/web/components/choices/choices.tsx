import type { Child } from 'hono/jsx'
import { type Attributes, attributesOf, classes, describedBy, type Worded, type Words, words } from '../common.ts'
import { Fieldset, type Legend } from '../fieldset/fieldset.tsx'
import { Around, describing, type FieldProps, FormGroup, HintAndError } from '../form-group/form-group.tsx'
import { Hint } from '../hint/hint.tsx'
import { Label } from '../label/label.tsx'

/** One radio button or check box, or a `divider` ("or") between them. */
export interface Choice {
  text?: Child
  value?: string | number
  id?: string
  name?: string
  checked?: boolean
  disabled?: boolean
  hint?: Worded
  label?: { classes?: string; attributes?: Attributes }
  /** Shown under the item while it is chosen; the style sheet does it, no script. */
  conditional?: Worded
  /** Check boxes only: "exclusive" unchecks the others (needs script). */
  behaviour?: 'exclusive'
  divider?: string
  attributes?: Attributes
}

export interface ChoicesProps extends Omit<FieldProps, 'label' | 'id'> {
  idPrefix?: string
  fieldset?: { legend?: Legend | string; describedBy?: string; classes?: string; attributes?: Attributes }
  items: readonly (Choice | null | undefined | false)[]
  classes?: string
  attributes?: Attributes
}

interface Kind {
  kind: 'radios' | 'checkboxes'
  type: 'radio' | 'checkbox'
  isChecked(item: Choice): boolean
  /** Without a fieldset the group's description is said with each check box. */
  inherited?: string
}

const Item = ({ item, id, props, kind }: { item: Choice; id: string; props: ChoicesProps; kind: Kind }) => {
  const base = `govuk-${kind.kind}`
  const checked = kind.isChecked(item)
  const hint: Words | undefined = item.hint ? words(item.hint) : undefined
  const conditional = item.conditional ? words(item.conditional).text : undefined
  return (
    <>
      <div class={`${base}__item`}>
        <input
          class={`${base}__input`}
          id={id}
          name={kind.type === 'checkbox' ? item.name || props.name : props.name}
          type={kind.type}
          value={item.value ?? ''}
          checked={checked}
          disabled={item.disabled}
          data-aria-controls={conditional ? `conditional-${id}` : undefined}
          data-behaviour={kind.type === 'checkbox' ? item.behaviour : undefined}
          aria-describedby={describedBy(kind.inherited, hint?.text ? `${id}-item-hint` : undefined)}
          {...attributesOf(item.attributes)}
        />
        <Label text={item.text} classes={classes(`${base}__label`, item.label?.classes)} attributes={item.label?.attributes} for={id} />
        {hint?.text ? (
          <Hint text={hint.text} attributes={hint.attributes} classes={classes(`${base}__hint`, hint.classes)} id={`${id}-item-hint`} />
        ) : null}
      </div>
      {conditional ? (
        <div class={classes(`${base}__conditional`, !checked && `${base}__conditional--hidden`)} id={`conditional-${id}`}>
          {conditional}
        </div>
      ) : null}
    </>
  )
}

export const Choices = ({ props, ...kind }: { props: ChoicesProps } & Kind) => {
  const prefix = props.idPrefix || props.name
  const description = describing(prefix, { ...props, describedBy: props.fieldset?.describedBy || props.describedBy })
  const inherited = kind.kind === 'checkboxes' && !props.fieldset ? description : undefined
  const inside = (
    <>
      <HintAndError id={prefix} hint={props.hint} errorMessage={props.errorMessage} />
      <div class={classes(`govuk-${kind.kind}`, props.classes)} {...attributesOf(props.attributes)} data-module={`govuk-${kind.kind}`}>
        <Around before={props.formGroup?.beforeInputs} after={props.formGroup?.afterInputs}>
          {props.items.map((item, index) => {
            if (!item) return null
            if (item.divider) return <div class={`govuk-${kind.kind}__divider`}>{item.divider}</div>
            const id = item.id || (index === 0 ? prefix : `${prefix}-${index + 1}`)
            return <Item item={item} id={id} props={props} kind={{ ...kind, inherited }} />
          })}
        </Around>
      </div>
    </>
  )
  return (
    <FormGroup props={props}>
      {props.fieldset ? (
        <Fieldset
          describedBy={description}
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
