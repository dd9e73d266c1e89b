import type { TermsQuery } from '../../../../desk/supervision.ts'
import type { WatchedTerm } from '../../../../ledger/ledger.ts'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { Clause } from '../../../components/clause/clause.tsx'
import { EmptyState } from '../../../components/empty-state/empty-state.tsx'
import { Pagination } from '../../../components/pagination/pagination.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { WorkList } from '../../../components/work-list/work-list.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { duePath, normsPath, overviewFile, type Path, paths, samplePath, termsPath } from '../../../paths.ts'
import { Files } from './Frame.tsx'
import { sampleSize } from './sample.ts'
import { sha256Of, type Wording } from './view.ts'

interface TermsProps {
  frame: Frame
  query: TermsQuery
  rows: readonly WatchedTerm[]
  next: Path | null
  isFirst: boolean
  /** This very page, to come back to. */
  here: Path
  wording: Wording
}

/** The cases behind a number; each leads to the proof of its term. */
export const TermsPage = (props: TermsProps) => {
  const { frame, query, rows, next, isFirst, wording } = props
  const { t, shortDate } = frame.speech
  const { provider, step, role, clause } = query
  const about = [
    provider === undefined ? '' : wording.organisation(provider),
    step === undefined ? '' : wording.step({ step, sha256: rows[0] === undefined ? '' : sha256Of(rows[0]) }),
    clause === undefined ? '' : t('components.clause.clause', { number: clause }),
    role === undefined ? '' : wording.role(role, provider ?? rows[0]?.provider ?? ''),
    'from' in query ? t('watch.span', { from: shortDate(query.from), until: shortDate(query.until) }) : '',
  ].filter((part) => part !== '')
  const back = 'from' in query ? normsPath({ from: query.from, until: query.until }) : paths.overview
  const title = t(`watch.list.${query.what}`)
  return (
    <Page frame={frame} title={title} before={<BackLink href={back} />}>
      <h1 class="govuk-heading-l">{title}</h1>
      {about.length === 0 ? null : <p class="govuk-body">{about.join(' · ')}</p>}
      {rows.length === 0 ? <EmptyState title={t('watch.none')} /> : <Rows {...props} />}
      {rows.length === 0 ? null : (
        <>
          <Files csv={overviewFile('cases', 'csv', { ...query })} xlsx={overviewFile('cases', 'xlsx', { ...query })} />
          <p class="govuk-body">
            <a class="govuk-link" href={samplePath({ ...query })} download>
              {t('pack.sample', { count: sampleSize })}
            </a>
          </p>
        </>
      )}
      {isFirst && next === null ? null : (
        <Pagination
          {...(isFirst ? {} : { previous: { href: termsPath({ ...query }), text: t('pages.work.first') } })}
          {...(next === null ? {} : { next: { href: next } })}
        />
      )}
    </Page>
  )
}

const Rows = ({ query, rows, wording, here }: TermsProps) => {
  const { t, shortDateTime } = useSpeech()
  const isOver = 'from' in query
  const columns = (['number', 'applicant', 'step', 'provider', 'due', isOver ? 'endedAt' : 'holder'] as const).map((key) => ({
    key,
    label: t(`watch.column.${key}`),
  }))
  return (
    <WorkList
      columns={columns}
      caption={t(`watch.list.${query.what}`)}
      captionHidden
      rows={rows.map((row) => ({
        number: row.case,
        href: duePath(row.case, row.key, here),
        tone: query.what === 'soon' ? ('soon' as const) : query.what === 'ended' && !isLate(row) ? undefined : ('overdue' as const),
        cells: {
          applicant: wording.applicant(row),
          step: (
            <>
              {wording.step({ step: row.step, sha256: sha256Of(row) })} {row.clause === null ? null : <Clause number={row.clause} />}
            </>
          ),
          provider: wording.organisation(row.provider),
          due: <time datetime={row.dueAt}>{shortDateTime(row.dueAt)}</time>,
          endedAt: row.endedAt === null ? '–' : <Ended row={row} />,
          holder: (
            <>
              {wording.role(row.role, row.organisation || row.provider)} {row.assignee === null ? null : wording.person(row.assignee)}
            </>
          ),
        },
      }))}
    />
  )
}

export const isLate = ({ state }: Pick<WatchedTerm, 'state'>): boolean => state === 'missed' || state === 'metLate'

const Ended = ({ row }: { row: WatchedTerm }) => {
  const { t, shortDateTime } = useSpeech()
  return (
    <>
      <time datetime={row.endedAt ?? ''}>{shortDateTime(row.endedAt ?? '')}</time> {isLate(row) ? t('watch.late') : null}
    </>
  )
}
