import type { Child } from 'hono/jsx'
import { type Attributes, attributesOf, classes } from '../common.ts'
import { useSpeech } from '../speech.ts'

export interface WarningTextProps {
  text?: Child
  children?: Child
  iconFallbackText?: string
  classes?: string
  attributes?: Attributes
}

export const WarningText = (props: WarningTextProps) => {
  const { t } = useSpeech()
  return (
    <div class={classes('govuk-warning-text', props.classes)} {...attributesOf(props.attributes)}>
      <span class="govuk-warning-text__icon" aria-hidden="true">
        !
      </span>
      <strong class="govuk-warning-text__text">
        <span class="govuk-visually-hidden">{props.iconFallbackText || t('components.warning')}</span> {props.text ?? props.children}
      </strong>
    </div>
  )
}
