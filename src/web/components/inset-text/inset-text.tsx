import type { Child } from 'hono/jsx'
import { type Attributes, attributesOf, classes } from '../common.ts'

export interface InsetTextProps {
  text?: Child
  children?: Child
  id?: string
  classes?: string
  attributes?: Attributes
}

export const InsetText = (props: InsetTextProps) => (
  <div id={props.id || undefined} class={classes('govuk-inset-text', props.classes)} {...attributesOf(props.attributes)}>
    {props.text ?? props.children}
  </div>
)
