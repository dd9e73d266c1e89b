import type { Child } from 'hono/jsx'
import { type Attributes, attributesOf, classes } from '../common.ts'

export interface DetailsProps {
  summaryText: Child
  text?: Child
  children?: Child
  open?: boolean
  id?: string
  classes?: string
  attributes?: Attributes
}

export const Details = (props: DetailsProps) => (
  <details id={props.id || undefined} class={classes('govuk-details', props.classes)} {...attributesOf(props.attributes)} open={props.open}>
    <summary class="govuk-details__summary">
      <span class="govuk-details__summary-text">{props.summaryText}</span>
    </summary>
    <div class="govuk-details__text">{props.text ?? props.children}</div>
  </details>
)
