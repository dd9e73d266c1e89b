import type { Found } from '../../../../desk/finding.ts'
import { maskIin } from '../../../../desk/reading.ts'
import type { Sought } from '../../../../desk/search.ts'
import type { CaseRow } from '../../../../ledger/ledger.ts'
import { EmptyState } from '../../../components/empty-state/empty-state.tsx'
import { Pagination } from '../../../components/pagination/pagination.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { WorkList } from '../../../components/work-list/work-list.tsx'
import type { House } from '../../../house.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { casePath, type Path } from '../../../paths.ts'
import type { Naming } from '../../../wording/naming.ts'

interface SearchProps {
  frame: Frame
  /** null: nothing was asked yet. */
  found: Found | null
  /** Addresses of the first page and of the next one. */
  first: Path | null
  next: Path | null
  naming: Naming
  house: House
}

export const SearchPage = ({ frame, found, first, next, naming, house }: SearchProps) => {
  const { t } = frame.speech
  const rows = found?.rows ?? []
  return (
    <Page frame={frame} title={t('pages.search.title')}>
      <h1 class="govuk-heading-l">{headingOf(frame, found, next !== null || first !== null)}</h1>
      {rows.length === 0 ? <Nothing sought={found?.sought ?? null} /> : <Rows rows={rows} naming={naming} house={house} />}
      {first === null && next === null ? null : (
        <Pagination
          {...(first === null ? {} : { previous: { href: first, text: t('pages.work.first') } })}
          {...(next === null ? {} : { next: { href: next } })}
        />
      )}
    </Page>
  )
}

/** A number is told where it is whole; with more pages nobody has counted what is behind them. */
function headingOf({ speech: { t } }: Frame, found: Found | null, isPart: boolean): string {
  if (found === null) return t('pages.search.title')
  return isPart ? t('search.many') : t('pages.search.found', { count: found.rows.length })
}

/** Why nothing was found, as far as it can be told, and what to try. */
const Nothing = ({ sought }: { sought: Sought | null }) => {
  const { t } = useSpeech()
  const tries = sought === null ? (['number', 'tail', 'iin', 'name', 'scan'] as const) : triesOf[sought.by]
  return (
    <EmptyState title={t(sought === null ? 'pages.search.ask' : 'pages.search.nothing')}>
      {sought?.by === 'iin' && !sought.isRight ? <p>{t('search.wrongIin')}</p> : null}
      <p>{t(sought === null ? 'search.ways' : 'search.try')}</p>
      <ul class="govuk-list govuk-list--bullet">
        {tries.map((way) => (
          <li>{t(`search.way.${way}`)}</li>
        ))}
      </ul>
      <p>{t('search.scope')}</p>
    </EmptyState>
  )
}

const triesOf = {
  number: ['checkNumber', 'tail', 'name'],
  tail: ['checkNumber', 'number', 'name'],
  iin: ['checkIin', 'name', 'tail'],
  name: ['shorter', 'nameFirst', 'iin', 'tail'],
  nothing: ['longer', 'number', 'iin'],
} as const satisfies Record<Sought['by'], readonly string[]>

const Rows = ({ rows, naming, house }: { rows: readonly CaseRow[]; naming: Naming; house: House }) => {
  const { t, shortDate } = useSpeech()
  const columns = (['number', 'applicant', 'iin', 'state', 'opened', 'provider'] as const).map((key) => ({
    key,
    label: t(`pages.search.column.${key}`),
  }))
  return (
    <WorkList
      columns={columns}
      captionHidden
      caption={t('pages.search.title')}
      rows={rows.map((row) => ({
        number: row.case,
        href: casePath(row.case),
        cells: {
          applicant: typeof row.doc.name === 'string' ? row.doc.name : t('pages.work.noApplicant'),
          iin: row.iin === null ? '–' : maskIin(row.iin),
          state: statusOf(row, naming, house),
          opened: shortDate(row.openedAt),
          provider: naming.organisation(row.provider),
        },
      }))}
    />
  )
}

/** The open step or the ending, in the words of the regulation that the case is bound to. */
function statusOf(row: CaseRow, naming: Naming, house: House): string {
  const { library } = house.statutes
  const law = library.bySha256(typeof row.doc.sha256 === 'string' ? row.doc.sha256 : '') ?? library.find(row.regulation, row.edition)
  if (law === undefined) return row.status
  const { court } = house.statutes.bind(law)
  return row.open ? naming.step(court, row.status) : naming.ending(court, row.status)
}
