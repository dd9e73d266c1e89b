import { attributesOf, classes, type Words } from '../common.ts'
import { useSpeech } from '../speech.ts'

export interface ErrorMessageProps extends Words {
  id?: string
  /** Said before the message to those who do not see its colour; "" leaves it out. */
  visuallyHiddenText?: string
}

export const ErrorMessage = (props: ErrorMessageProps) => {
  const { t } = useSpeech()
  const before = props.visuallyHiddenText ?? t('components.error')
  return (
    <p id={props.id || undefined} class={classes('govuk-error-message', props.classes)} {...attributesOf(props.attributes)}>
      {before ? (
        <>
          <span class="govuk-visually-hidden">{before}:</span>{' '}
        </>
      ) : null}
      {props.text}
    </p>
  )
}
