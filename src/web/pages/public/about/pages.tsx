import { BackLink } from '../../../components/back-link/back-link.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import type { ProblemWords } from './routes.tsx'

export const AboutPage = ({ frame, about, parts }: { frame: Frame; about: 'accessibility' | 'privacy'; parts: number }) => {
  const { t } = frame.speech
  return (
    <Page frame={frame} title={t(`public.${about}.title`)}>
      <h1 class="govuk-heading-l">{t(`public.${about}.title`)}</h1>
      {Array.from({ length: parts }, (_, i) => (
        <p class="govuk-body">{t(`public.${about}.part${i + 1}`)}</p>
      ))}
    </Page>
  )
}

export const ProblemPage = ({ frame, code, words }: { frame: Frame; code: string; words: ProblemWords }) => {
  const { t } = frame.speech
  return (
    <Page frame={frame} title={words.title} before={<BackLink href="/problems" />}>
      <p class="govuk-caption-l">{t('public.problem.caption')}</p>
      <h1 class="govuk-heading-l">{words.title}</h1>
      <p class="govuk-body">{words.says}</p>
      <p class="govuk-body">{words.remedy}</p>
      <p class="govuk-body">
        {t('public.problem.code')}: <code>{code}</code>
      </p>
    </Page>
  )
}

export const ProblemsPage = ({ frame, problems }: { frame: Frame; problems: readonly { code: string; title: string }[] }) => {
  const { t } = frame.speech
  return (
    <Page frame={frame} title={t('public.problem.caption')}>
      <h1 class="govuk-heading-l">{t('public.problem.caption')}</h1>
      <ul class="govuk-list">
        {problems.map(({ code, title }) => (
          <li>
            <a class="govuk-link" href={`/problems/${code}`}>
              {title}
            </a>{' '}
            <code class="q-soft">{code}</code>
          </li>
        ))}
      </ul>
    </Page>
  )
}
