import type { Child } from 'hono/jsx'
import { type Attributes, attributesOf, classes } from '../common.ts'
import { useSpeech } from '../speech.ts'

export interface BackLinkProps {
  href?: string
  text?: Child
  classes?: string
  attributes?: Attributes
}

export const BackLink = (props: BackLinkProps) => {
  const { t } = useSpeech()
  return (
    <a href={props.href || '#'} class={classes('govuk-back-link', props.classes)} {...attributesOf(props.attributes)}>
      {props.text || t('components.backLink')}
    </a>
  )
}
