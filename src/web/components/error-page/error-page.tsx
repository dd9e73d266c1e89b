import type { Child } from 'hono/jsx'
import { useSpeech } from '../speech.ts'

export type ErrorKind = 'notFound' | 'forbidden' | 'conflict' | 'unavailable' | 'failure' | 'expired' | 'termUnknown' | 'busy' | 'busyForm'

export interface ErrorPageProps {
  kind: ErrorKind
  /** To be told to an administrator; never a stack. */
  code?: string
  homeHref?: string
  children?: Child
}

/** The content of a page that could not do what was asked: what happened, what was kept, how to go on. */
export const ErrorPage = (props: ErrorPageProps) => {
  const { t } = useSpeech()
  return (
    <div class="q-error-page">
      <h1 class="govuk-heading-l">{t(`errors.${props.kind}.title`)}</h1>
      <p class="govuk-body">{t(`errors.${props.kind}.text`)}</p>
      {props.children}
      {props.code ? <p class="govuk-body">{t('components.errorPage.number', { code: props.code })}</p> : null}
      <p class="govuk-body">
        <a class="govuk-link" href={props.homeHref ?? '/'}>
          {t('components.errorPage.home')}
        </a>
      </p>
    </div>
  )
}
