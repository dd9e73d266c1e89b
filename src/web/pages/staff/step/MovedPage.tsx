import type { Child } from 'hono/jsx'
import type { LocalText } from '../../../../language/translator.ts'
import { Button } from '../../../components/button/button.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { Invented } from '../../../components/invented/invented.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { casePath } from '../../../paths.ts'

/** The step that was sent is no longer the reader's to do: who moved the case, and the way to it. */
export const MovedPage = (props: {
  frame: Frame
  number: string
  notice?: Child
  lines: readonly string[]
  invented: LocalText | undefined
}) => {
  const { t } = props.frame.speech
  return (
    <Page
      frame={props.frame}
      title={t('errors.conflict.title')}
      hasError
      notice={
        <>
          <Invented text={props.invented} />
          {props.notice}
        </>
      }
    >
      {props.lines.length > 0 ? <ErrorSummary errorList={props.lines.map((text) => ({ text }))} /> : null}
      <h1 class="govuk-heading-l">{t('errors.conflict.title')}</h1>
      <p class="govuk-body">{t('errors.conflict.text')}</p>
      <Button href={casePath(props.number)} text={t('pages.case.open', { number: props.number })} />
    </Page>
  )
}
