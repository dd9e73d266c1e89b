import { useSpeech } from '../../../components/speech.ts'
import { correctPath, reissuePath, replacePath, returnPath, withdrawPath } from '../../../paths.ts'
import { actionsOf } from '../office/actions.ts'
import type { CaseProps } from './CasePage.tsx'

/** What every office may need beside the steps; only what is possible now is offered. */
export const Actions = ({ history, viewer, naming, away }: CaseProps) => {
  const { t } = useSpeech()
  const { number, bound } = history.file
  const all = actionsOf(history.file, viewer)
  const may = away === null ? all : { ...all, correct: false, return: false, withdraw: false, replace: false }
  const links = [
    ...(may.correct ? [{ href: correctPath(number), text: t('pages.office.correct.title') }] : []),
    ...(may.return ? [{ href: returnPath(number), text: t('pages.office.return.title') }] : []),
    ...(may.withdraw ? [{ href: withdrawPath(number), text: t('pages.office.withdraw.title') }] : []),
    ...(may.replace ? [{ href: replacePath(number), text: t('pages.office.replace.title') }] : []),
    ...may.reissue.map((paper) => {
      const title = naming.text(bound.law.regulation.papers.find(({ id }) => id === paper.form)?.title)
      return { href: reissuePath(number, paper.id), text: t('pages.office.reissue.link', { paper: title }) }
    }),
  ]
  if (links.length === 0) return null
  return (
    <section class="q-card">
      <h2 class="govuk-heading-s">{t('pages.office.title')}</h2>
      <ul class="govuk-list">
        {links.map(({ href, text }) => (
          <li>
            <a class="govuk-link" href={href}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
