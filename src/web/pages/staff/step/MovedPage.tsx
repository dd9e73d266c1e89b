import type { Child } from 'hono/jsx'
import { Button } from '../../../components/button/button.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { casePath } from '../../../paths.ts'

/** The step that was sent is no longer the reader's to do: who moved the case, and the way to it. */
export const MovedPage = (props: { frame: Frame; number: string; notice?: Child; lines: readonly string[] }) => {
  const { t } = props.frame.speech
  return (
    <Page frame={props.frame} title={t('errors.conflict.title')} hasError notice={props.notice}>
      {props.lines.length > 0 ? <ErrorSummary errorList={props.lines.map((text) => ({ text }))} /> : null}
      <h1 class="govuk-heading-l">{t('errors.conflict.title')}</h1>
      <p class="govuk-body">{t('errors.conflict.text')}</p>
      <Button href={casePath(props.number)} text={t('pages.case.open', { number: props.number })} />
    </Page>
  )
}
