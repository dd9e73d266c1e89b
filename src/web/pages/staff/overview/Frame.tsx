import type { Child } from 'hono/jsx'
import { useSpeech } from '../../../components/speech.ts'
import { SubNavigation } from '../../../components/sub-navigation/sub-navigation.tsx'
import { normsPath, type Path, paths } from '../../../paths.ts'

/** The two questions of supervision: what is wrong now, and how norms were kept. */
export const Tabs = ({ here }: { here: 'now' | 'norms' }) => {
  const { t } = useSpeech()
  return (
    <SubNavigation
      label={t('pages.overview.title')}
      items={[
        { text: t('watch.tab.now'), href: paths.overview, active: here === 'now' },
        { text: t('watch.tab.norms'), href: normsPath({}), active: here === 'norms' },
      ]}
    />
  )
}

/** The same table as files. */
export const Files = ({ csv, xlsx }: { csv: Path; xlsx: Path }) => {
  const { t } = useSpeech()
  return (
    <p class="govuk-body q-row q-row--near q-no-print">
      <span>{t('watch.takeAway')}</span>
      <a class="govuk-link" href={csv} download="">
        CSV
      </a>
      <a class="govuk-link" href={xlsx} download="" data-key="s">
        XLSX
      </a>
    </p>
  )
}

/** A number that leads to its cases; nothing leads nowhere. */
export const Count = ({ value, href, label }: { value: number; href: Path; label: Child }) => {
  const { number } = useSpeech()
  if (value === 0) return <>{number(0)}</>
  return (
    <a class="govuk-link" href={href}>
      {number(value)}
      <span class="govuk-visually-hidden"> – {label}</span>
    </a>
  )
}
