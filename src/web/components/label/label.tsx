import { attributesOf, classes, type Words } from '../common.ts'

export interface LabelProps extends Words {
  for?: string
  isPageHeading?: boolean
}

export const Label = (props: LabelProps) => {
  if (!props.text) return null
  const label = (
    <label class={classes('govuk-label', props.classes)} {...attributesOf(props.attributes)} for={props.for || undefined}>
      {props.text}
    </label>
  )
  return props.isPageHeading ? <h1 class="govuk-label-wrapper">{label}</h1> : label
}
