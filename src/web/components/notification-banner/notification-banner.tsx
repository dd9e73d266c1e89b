import type { Child } from 'hono/jsx'
import { type Attributes, attributesOf, classes, type HeadingLevel, heading } from '../common.ts'
import { useSpeech } from '../speech.ts'

export interface NotificationBannerProps {
  /** One line; anything longer goes into children. */
  text?: string
  children?: Child
  titleText?: Child
  type?: 'success'
  role?: string
  titleHeadingLevel?: HeadingLevel
  titleId?: string
  disableAutoFocus?: boolean
  classes?: string
  attributes?: Attributes
}

export const NotificationBanner = (props: NotificationBannerProps) => {
  const { t } = useSpeech()
  const success = props.type === 'success'
  const titleId = props.titleId || 'govuk-notification-banner-title'
  const Heading = heading(props.titleHeadingLevel || 2)
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: the role is set, by an expression that the rule cannot read
    <div
      class={classes('govuk-notification-banner', success && 'govuk-notification-banner--success', props.classes)}
      role={props.role || (success ? 'alert' : 'region')}
      aria-labelledby={titleId}
      data-module="govuk-notification-banner"
      data-disable-auto-focus={props.disableAutoFocus === undefined ? undefined : String(props.disableAutoFocus)}
      {...attributesOf(props.attributes)}
    >
      <div class="govuk-notification-banner__header">
        <Heading class="govuk-notification-banner__title" id={titleId}>
          {props.titleText || t(success ? 'components.success' : 'components.important')}
        </Heading>
      </div>
      <div class="govuk-notification-banner__content">
        {props.children ?? (props.text ? <p class="govuk-notification-banner__heading">{props.text}</p> : null)}
      </div>
    </div>
  )
}
