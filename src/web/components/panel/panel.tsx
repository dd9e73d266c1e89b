import type { Child } from 'hono/jsx'
import { type Attributes, attributesOf, classes, type HeadingLevel, heading } from '../common.ts'

export interface PanelProps {
  titleText: Child
  headingLevel?: HeadingLevel
  text?: Child
  children?: Child
  classes?: string
  attributes?: Attributes
}

/** The confirmation panel: what was done, and the number to keep. */
export const Panel = (props: PanelProps) => {
  const Heading = heading(props.headingLevel || 1)
  const body = props.text ?? props.children
  return (
    <div class={classes('govuk-panel', 'govuk-panel--confirmation', props.classes)} {...attributesOf(props.attributes)}>
      <Heading class="govuk-panel__title">{props.titleText}</Heading>
      {body ? <div class="govuk-panel__body">{body}</div> : null}
    </div>
  )
}
