import { Hono } from 'hono'
import { maskIin } from '../../../../desk/reading.ts'
import type { CaseRow } from '../../../../ledger/ledger.ts'
import { EmptyState } from '../../../components/empty-state/empty-state.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { WorkList } from '../../../components/work-list/work-list.tsx'
import { type Door, signedIn } from '../../../door/door.ts'
import { type FrameOf, Refused } from '../../../door/errors.tsx'
import { hasDesk } from '../../../door/frame.ts'
import type { House } from '../../../house.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { casePath, paths } from '../../../paths.ts'
import { type Naming, namingFor } from '../../../wording/naming.ts'

/** Whoever asks finds what their organisation has a part in; the supervisor all of the region. Each search leaves its row in the journal. */
export function searchRoutes(house: House, frameOf: FrameOf) {
  return new Hono<Door>().get(paths.search, async (c) => {
    const { who, speech } = signedIn(c)
    const { role, organisation } = who.actor
    if (!hasDesk(role) && role !== 'supervisor') throw new Refused('forbidden')
    const scope = role === 'supervisor' ? house.people.organisationsOf(who.region).map(({ id }) => id) : [organisation ?? '']
    const typed = (c.req.query('q') ?? '').trim().slice(0, 200)
    const rows = typed === '' ? [] : await house.reading.search(typed.replaceAll(/(?<=\d)\s+(?=\d)/g, ''), who, scope)
    return c.html(<SearchPage frame={frameOf(c)} typed={typed} rows={rows} naming={namingFor(house.people, speech)} house={house} />)
  })
}

interface SearchProps {
  frame: Frame
  typed: string
  rows: readonly CaseRow[]
  naming: Naming
  house: House
}

const SearchPage = ({ frame, typed, rows, naming, house }: SearchProps) => {
  const { t } = frame.speech
  return (
    <Page frame={frame} title={t('pages.search.title')}>
      <h1 class="govuk-heading-l">{typed === '' ? t('pages.search.title') : t('pages.search.found', { count: rows.length })}</h1>
      {rows.length === 0 ? (
        <EmptyState title={t(typed === '' ? 'pages.search.ask' : 'pages.search.nothing')}>
          <p>{t('pages.search.how')}</p>
        </EmptyState>
      ) : (
        <Rows rows={rows} naming={naming} house={house} />
      )}
    </Page>
  )
}

const Rows = ({ rows, naming, house }: Pick<SearchProps, 'rows' | 'naming' | 'house'>) => {
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
