import type { Child } from 'hono/jsx'
import { type Attributes, attributesOf, classes, type Words } from '../common.ts'
import { Tag } from '../tag/tag.tsx'

export interface PhaseBannerProps {
  tag?: Words
  text?: Child
  children?: Child
  classes?: string
  attributes?: Attributes
}

export const PhaseBanner = (props: PhaseBannerProps) => (
  <div class={classes('govuk-phase-banner', 'govuk-width-container', props.classes)} {...attributesOf(props.attributes)}>
    <p class="govuk-phase-banner__content">
      <Tag text={props.tag?.text} classes={classes('govuk-phase-banner__content__tag', props.tag?.classes)} />
      <span class="govuk-phase-banner__text">{props.text ?? props.children}</span>
    </p>
  </div>
)
