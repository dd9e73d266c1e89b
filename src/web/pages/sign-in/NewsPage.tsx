import type { FactorNews } from '../../../people/secondFactor.ts'
import { Button } from '../../components/button/button.tsx'
import { WarningText } from '../../components/warning-text/warning-text.tsx'
import { type Frame, Page } from '../../layout/Page.tsx'
import { type Path, paths } from '../../paths.ts'

interface NewsProps {
  frame: Frame
  news: FactorNews
  /** Who took the second factor away, in words. */
  takenBy: string
  next: Path
  /** A password opened this session: it may be changed by whoever knows it. */
  byPassword: boolean
}

/** What happened to the account while its owner was away: told once, before anything else. */
export const NewsPage = ({ frame, news, takenBy, next, byPassword }: NewsProps) => {
  const { t, shortDateTime } = frame.speech
  const { taken, wrong } = news
  return (
    <Page frame={frame} title={t('signIn.news.title')}>
      <h1 class="govuk-heading-l">{t('signIn.news.title')}</h1>
      {taken === null ? null : (
        <>
          <WarningText text={t('signIn.news.taken', { at: shortDateTime(taken.at), by: takenBy, reason: taken.reason })} />
          <p class="govuk-body">{t('signIn.news.takenHelp')}</p>
        </>
      )}
      {wrong === null ? null : (
        <>
          <WarningText text={t('signIn.news.wrong', { count: wrong.codes, at: shortDateTime(new Date(wrong.lastAt).toISOString()) })} />
          <p class="govuk-body">{t('signIn.news.wrongHelp')}</p>
        </>
      )}
      <form method="post" action={paths.signInNews}>
        <input type="hidden" name="_csrf" value={frame.csrf ?? ''} />
        <input type="hidden" name="next" value={next} />
        <div class="govuk-button-group">
          <Button text={t('signIn.news.read')} preventDoubleClick />
          {byPassword ? <Button name="do" value="password" classes="govuk-button--secondary" text={t('signIn.news.change')} /> : null}
        </div>
      </form>
    </Page>
  )
}
