import type { MonthOutage } from '../../../../desk/exchangeBook.ts'
import type { NowBoard } from '../../../../desk/supervision.ts'
import type { Skew } from '../../../../desk/talks/skew.ts'
import type { Ledger, RunningCount } from '../../../../ledger/ledger.ts'
import { Clause } from '../../../components/clause/clause.tsx'
import { EmptyState } from '../../../components/empty-state/empty-state.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { WarningText } from '../../../components/warning-text/warning-text.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { overviewFile, type Path, termsPath } from '../../../paths.ts'
import { Count, Files, Tabs } from './Frame.tsx'
import { Numbers } from './Numbers.tsx'
import { Outages } from './Outages.tsx'
import type { Wording } from './view.ts'

export type WorkCount = Awaited<ReturnType<Ledger['work']['counts']>>[number]

interface OverviewProps {
  frame: Frame
  board: NowBoard
  desks: readonly WorkCount[]
  outages: readonly MonthOutage[]
  /** Other nodes whose clocks are too far from ours. */
  apart: readonly Skew[]
  wording: Wording
}

/** What is late and what will be late today: each number leads to its cases, each case to its proof. */
export const OverviewPage = (props: OverviewProps) => {
  const { t, dateTime } = props.frame.speech
  const { board } = props
  return (
    <Page frame={props.frame} title={t('pages.overview.title')}>
      <h1 class="govuk-heading-l">{t('pages.overview.title')}</h1>
      <Tabs here="now" />
      <p class="govuk-body q-soft">{t('watch.asOf', { at: dateTime(board.at) })}</p>
      {props.apart.map(({ from, aheadMs }) => (
        <WarningText
          text={t(aheadMs > 0 ? 'steps.otherNode.ahead' : 'steps.otherNode.behind', {
            node: from,
            count: Math.round(Math.abs(aheadMs) / 60_000),
          })}
        />
      ))}
      <Figures board={board} />
      {board.counts.length === 0 ? <EmptyState title={t('pages.overview.nothingLate')} /> : <Tables {...props} />}
      <h2 class="govuk-heading-m">{t('pages.overview.desks')}</h2>
      {props.desks.length === 0 ? <EmptyState title={t('pages.overview.nothingWaits')} /> : <Desks {...props} />}
      <Outages outages={props.outages} now={board.at} />
    </Page>
  )
}

const Figures = ({ board }: Pick<OverviewProps, 'board'>) => {
  const { t } = useSpeech()
  const { late, soon, outages } = board.cases
  return (
    <div class="q-three">
      <Figure title={t('watch.figure.late')} value={late} href={termsPath({ what: 'late' })} />
      <Figure title={t('watch.figure.soon')} value={soon} href={termsPath({ what: 'soon' })} />
      <section class="q-three__fact">
        <h2 class="q-three__title">{t('watch.figure.outages')}</h2>
        <p class="q-three__main">{t('watch.cases', { count: outages })}</p>
      </section>
    </div>
  )
}

const Figure = ({ title, value, href }: { title: string; value: number; href: Path }) => {
  const { t } = useSpeech()
  const words = t('watch.cases', { count: value })
  return (
    <section class="q-three__fact">
      <h2 class="q-three__title">{title}</h2>
      <p class="q-three__main">
        {value === 0 ? (
          words
        ) : (
          <a class="govuk-link" href={href}>
            {words}
          </a>
        )}
      </p>
    </section>
  )
}

interface Group {
  readonly first: RunningCount
  readonly late: number
  readonly soon: number
}

/** Sums by a name, the most late first. */
export function grouped(counts: readonly RunningCount[], by: (row: RunningCount) => string): Group[] {
  const groups = [...Map.groupBy(counts, by).values()].flatMap((rows): Group[] => {
    const [first] = rows
    const sum = (of: (row: RunningCount) => number) => rows.reduce((total, row) => total + of(row), 0)
    return first === undefined ? [] : [{ first, late: sum(({ late }) => late), soon: sum(({ soon }) => soon) }]
  })
  return groups.sort((a, b) => b.late - a.late || b.soon - a.soon)
}

export const byStep = ({ step, clause, sha256 }: RunningCount): string => [sha256, step, clause].join('|')

const Tables = ({ board, wording }: OverviewProps) => {
  const { t } = useSpeech()
  const counted = [
    { key: 'late', label: t('watch.column.late'), numeric: true },
    { key: 'soon', label: t('watch.column.soon'), numeric: true },
  ]
  return (
    <>
      <h2 class="govuk-heading-m">{t('watch.byProvider')}</h2>
      <Numbers
        caption={t('watch.byProvider')}
        columns={[{ key: 'provider', label: t('watch.column.provider') }, ...counted]}
        rows={grouped(board.counts, ({ provider }) => provider).map(({ first: { provider }, late, soon }) => {
          const label = wording.organisation(provider)
          return { provider: label, ...links({ provider }, late, soon, label) }
        })}
      />
      <h2 class="govuk-heading-m">{t('watch.byStep')}</h2>
      <Numbers
        caption={t('watch.byStep')}
        columns={[
          { key: 'step', label: t('watch.column.step') },
          { key: 'clause', label: t('watch.column.clause') },
          { key: 'role', label: t('watch.column.role') },
          ...counted,
        ]}
        rows={grouped(board.counts, byStep).map(({ first, late, soon }) => {
          const label = wording.step(first)
          const { step, clause, role, provider } = first
          return {
            step: label,
            clause: clause === null ? '–' : <Clause number={clause} />,
            role: wording.role(role, provider) || '–',
            ...links({ step, ...(clause === null ? {} : { clause }) }, late, soon, label),
          }
        })}
      />
      <Files csv={overviewFile('now', 'csv', {})} xlsx={overviewFile('now', 'xlsx', {})} />
    </>
  )
}

const links = (filter: Readonly<Record<string, string>>, late: number, soon: number, label: string) => ({
  late: <Count value={late} href={termsPath({ what: 'late', ...filter })} label={label} />,
  soon: <Count value={soon} href={termsPath({ what: 'soon', ...filter })} label={label} />,
})

const Desks = ({ desks, wording }: OverviewProps) => {
  const { t, number } = useSpeech()
  const columns = (['organisation', 'role', 'items', 'overdue'] as const).map((key) => ({
    key,
    label: t(`pages.overview.column.${key}`),
    numeric: key === 'items' || key === 'overdue',
  }))
  return (
    <Numbers
      caption={t('pages.overview.desks')}
      columns={columns}
      rows={desks.map(({ organisation, role, items, overdue }) => ({
        organisation: wording.organisation(organisation),
        role: wording.role(role, organisation),
        items: number(Number(items)),
        overdue: number(Number(overdue)),
      }))}
    />
  )
}
