import { joined, type Kept, quantile } from '../../../../desk/kept.ts'
import type { Speech } from '../../../../language/speech.ts'
import { Button } from '../../../components/button/button.tsx'
import { Clause } from '../../../components/clause/clause.tsx'
import { EmptyState } from '../../../components/empty-state/empty-state.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { overviewFile, paths, termsPath } from '../../../paths.ts'
import { Count, Files, Tabs } from './Frame.tsx'
import { Numbers } from './Numbers.tsx'
import type { Wording } from './view.ts'

interface NormsProps {
  frame: Frame
  kept: readonly Kept[]
  span: { from: string; until: string }
  wording: Wording
}

/** Kept and broken norms of a span of days, clause by clause, and where the time went. */
export const NormsPage = (props: NormsProps) => {
  const { t } = props.frame.speech
  const { kept, span } = props
  return (
    <Page frame={props.frame} title={t('watch.tab.norms')}>
      <h1 class="govuk-heading-l">{t('watch.tab.norms')}</h1>
      <Tabs here="norms" />
      <Span span={span} />
      {kept.length === 0 ? <EmptyState title={t('watch.nothingEnded')} /> : <Tables {...props} />}
    </Page>
  )
}

const Span = ({ span }: Pick<NormsProps, 'span'>) => {
  const { t } = useSpeech()
  return (
    <form method="get" action={`${paths.overview}/norms`} class="q-narrow q-narrow--days q-no-print">
      {(['from', 'until'] as const).map((name) => (
        <div class="govuk-form-group">
          <label class="govuk-label" for={`span-${name}`}>
            {t(`watch.${name}`)}
          </label>
          <input class="govuk-input govuk-input--width-10" type="date" id={`span-${name}`} name={name} value={span[name]} />
        </div>
      ))}
      <Button text={t('watch.show')} classes="govuk-button--secondary" />
    </form>
  )
}

/** Sums of clauses over providers, those with the most breaches first. */
export function byClause(kept: readonly Kept[]): Kept[] {
  return summed(kept, ({ sha256, step, clause, kind }) => [sha256, step, clause, kind].join('|'))
}

export function summed(kept: readonly Kept[], by: (one: Kept) => string): Kept[] {
  return joined(kept, by).sort((a, b) => b.late - a.late || b.ended - a.ended)
}

export const inHours = ({ length }: Speech, minutes: number | null): string =>
  minutes === null ? '–' : length({ hours: Math.floor(minutes / 60), minutes: Math.round(minutes % 60) })

const Tables = ({ kept, span, wording }: NormsProps) => {
  const speech = useSpeech()
  const { t, number } = speech
  const numeric = (key: string, label: string) => ({ key, label, numeric: true })
  return (
    <>
      <h2 class="govuk-heading-m">{t('watch.byClause')}</h2>
      <p class="govuk-body">{t('watch.byClauseHow')}</p>
      <Numbers
        caption={t('watch.byClause')}
        columns={[
          { key: 'step', label: t('watch.column.step') },
          { key: 'clause', label: t('watch.column.clause') },
          { key: 'norm', label: t('watch.column.norm') },
          numeric('late', t('watch.column.breaches')),
          numeric('ended', t('watch.column.ended')),
          numeric('share', t('watch.column.share')),
          numeric('median', t('watch.column.median')),
          numeric('most', t('watch.column.p90')),
        ]}
        rows={byClause(kept).map((row) => {
          const { step, clause, value, unit, ended, late, minutes } = row
          const filter = { step, ...(clause === null ? {} : { clause }), ...span }
          const label = wording.step(row)
          return {
            step: label,
            clause: clause === null ? '–' : <Clause number={clause} />,
            norm: speech.norm({ value, unit }),
            late: <Count value={late} href={termsPath({ what: 'breach', ...filter })} label={label} />,
            ended: <Count value={ended} href={termsPath({ what: 'ended', ...filter })} label={label} />,
            share: t('watch.percent', { share: number(Math.round((late * 1000) / ended) / 10) }),
            median: inHours(speech, quantile(minutes, 0.5)),
            most: inHours(speech, quantile(minutes, 0.9)),
          }
        })}
      />
      <Files csv={overviewFile('norms', 'csv', span)} xlsx={overviewFile('norms', 'xlsx', span)} />
      <Links kept={kept} span={span} wording={wording} />
      <Providers kept={kept} span={span} wording={wording} />
    </>
  )
}

/** Delay by whoever had the step; what of it an outside system was away is nobody's at the desk. */
const Links = ({ kept, span, wording }: Omit<NormsProps, 'frame'>) => {
  const speech = useSpeech()
  const { t, number } = speech
  const rows = summed(
    kept.filter(({ kind, late, outages }) => kind === 'norm' && late + outages > 0),
    ({ role }) => role,
  ).sort((a, b) => b.overMinutes - a.overMinutes)
  if (rows.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">{t('watch.byLink')}</h2>
      <p class="govuk-body">{t('watch.byLinkHow')}</p>
      <Numbers
        caption={t('watch.byLink')}
        columns={[
          { key: 'role', label: t('watch.column.link') },
          { key: 'late', label: t('watch.column.breaches'), numeric: true },
          { key: 'own', label: t('watch.column.ownDelay'), numeric: true },
          { key: 'outside', label: t('watch.column.outsideDelay'), numeric: true },
          { key: 'outages', label: t('watch.column.outages'), numeric: true },
        ]}
        rows={rows.map((row) => {
          const label = wording.role(row.role, row.provider)
          return {
            role: label,
            late: <Count value={row.late} href={termsPath({ what: 'breach', role: row.role, ...span })} label={label} />,
            own: inHours(speech, row.overMinutes - row.outsideMinutes),
            outside: inHours(speech, row.outsideMinutes),
            outages: number(row.outages),
          }
        })}
      />
    </>
  )
}

const Providers = ({ kept, span, wording }: Omit<NormsProps, 'frame'>) => {
  const { t, number } = useSpeech()
  return (
    <>
      <h2 class="govuk-heading-m">{t('watch.byProvider')}</h2>
      <Numbers
        caption={t('watch.byProvider')}
        columns={[
          { key: 'provider', label: t('watch.column.provider') },
          { key: 'late', label: t('watch.column.breaches'), numeric: true },
          { key: 'ended', label: t('watch.column.ended'), numeric: true },
          { key: 'share', label: t('watch.column.share'), numeric: true },
        ]}
        rows={summed(kept, ({ provider }) => provider).map(({ provider, late, ended }) => {
          const label = wording.organisation(provider)
          return {
            provider: label,
            late: <Count value={late} href={termsPath({ what: 'breach', provider, ...span })} label={label} />,
            ended: <Count value={ended} href={termsPath({ what: 'ended', provider, ...span })} label={label} />,
            share: t('watch.percent', { share: number(Math.round((late * 1000) / ended) / 10) }),
          }
        })}
      />
    </>
  )
}
