import type { Child } from 'hono/jsx'
import { type Attributes, attributesOf, classes, type Words } from '../common.ts'
import { useSpeech } from '../speech.ts'

export interface ErrorSummaryProps {
  titleText?: Child
  descriptionText?: Child
  errorList?: readonly (Words & { href?: string })[]
  disableAutoFocus?: boolean
  children?: Child
  classes?: string
  attributes?: Attributes
}

/** First thing on a page whose form was refused: each error with a link to its field. */
export const ErrorSummary = (props: ErrorSummaryProps) => {
  const { t } = useSpeech()
  const description = props.descriptionText ?? props.children
  return (
    <div
      class={classes('govuk-error-summary', props.classes)}
      data-disable-auto-focus={props.disableAutoFocus === undefined ? undefined : String(props.disableAutoFocus)}
      {...attributesOf(props.attributes)}
      data-module="govuk-error-summary"
    >
      <div role="alert">
        <h2 class="govuk-error-summary__title">{props.titleText ?? t('components.errorSummary')}</h2>
        <div class="govuk-error-summary__body">
          {description ? <p>{description}</p> : null}
          {props.errorList?.length ? (
            <ul class="govuk-list govuk-error-summary__list">
              {props.errorList.map((item) => (
                <li>
                  {item.href ? (
                    <a href={item.href} {...attributesOf(item.attributes)}>
                      {item.text}
                    </a>
                  ) : (
                    item.text
                  )}
                </li>
              ))}
            </ul>
          ) : null}
        </div>
      </div>
    </div>
  )
}
