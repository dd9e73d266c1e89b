import type { Child } from 'hono/jsx'
import { type Attributes, attributesOf, classes, type Worded, type Words, words } from '../common.ts'

export interface Legend extends Words {
  isPageHeading?: boolean
}

export interface FieldsetProps {
  legend?: Legend | string
  describedBy?: string
  role?: string
  text?: Child
  children?: Child
  classes?: string
  attributes?: Attributes
}

const LegendOf = ({ legend }: { legend: Worded | Legend }) => {
  const { text, classes: names, isPageHeading }: Legend = words(legend)
  if (!text) return null
  return (
    <legend class={classes('govuk-fieldset__legend', names)}>
      {isPageHeading ? <h1 class="govuk-fieldset__heading">{text}</h1> : text}
    </legend>
  )
}

export const Fieldset = (props: FieldsetProps) => (
  <fieldset
    class={classes('govuk-fieldset', props.classes)}
    role={props.role || undefined}
    aria-describedby={props.describedBy || undefined}
    {...attributesOf(props.attributes)}
  >
    {props.legend ? <LegendOf legend={props.legend} /> : null}
    {props.text ?? props.children}
  </fieldset>
)
