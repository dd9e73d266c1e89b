import { pickText } from '../../../../language/translator.ts'
import type { Library } from '../../../../law/model.ts'
import type { Ledger, WorkItem } from '../../../../ledger/ledger.ts'
import { EmptyState } from '../../../components/empty-state/empty-state.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { Table } from '../../../components/table/table.tsx'
import { WorkList } from '../../../components/work-list/work-list.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { casePath } from '../../../paths.ts'
import type { Naming } from '../../../wording/naming.ts'

interface OverviewProps {
  frame: Frame
  counts: readonly WorkCount[]
  late: readonly WorkItem[]
  naming: Naming
  library: Library
  titleOf: (role: string, organisation: string) => string
}

type WorkCount = Awaited<ReturnType<Ledger['work']['counts']>>[number]

export const OverviewPage = (props: OverviewProps) => {
  const { t } = props.frame.speech
  return (
    <Page frame={props.frame} title={t('pages.overview.title')}>
      <h1 class="govuk-heading-l">{t('pages.overview.title')}</h1>
      <h2 class="govuk-heading-m">{t('pages.overview.late')}</h2>
      {props.late.length === 0 ? <EmptyState title={t('pages.overview.nothingLate')} /> : <Late {...props} />}
      <h2 class="govuk-heading-m">{t('pages.overview.desks')}</h2>
      {props.counts.length === 0 ? <EmptyState title={t('pages.overview.nothingWaits')} /> : <Desks {...props} />}
    </Page>
  )
}

const Late = ({ late, naming, library, titleOf }: OverviewProps) => {
  const { t, shortDateTime, language } = useSpeech()
  const title = ({ doc, step }: WorkItem) => {
    const law = library.bySha256(typeof doc.sha256 === 'string' ? doc.sha256 : '')
    const found = law?.regulation.steps.find(({ id }) => id === step)
    return found ? pickText(found.title, language).text : step
  }
  const columns = (['number', 'step', 'desk', 'due', 'holder'] as const).map((key) => ({ key, label: t(`pages.overview.column.${key}`) }))
  return (
    <WorkList
      columns={columns}
      caption={t('pages.overview.late')}
      captionHidden
      rows={late.map((item) => ({
        number: item.case,
        href: casePath(item.case),
        tone: 'overdue' as const,
        cells: {
          step: title(item),
          desk: `${naming.organisation(item.organisation)}, ${titleOf(item.role, item.organisation)}`,
          due: item.dueAt === null ? '–' : shortDateTime(item.dueAt),
          holder: item.assignee === null ? t('pages.work.free') : naming.person(item.assignee),
        },
      }))}
    />
  )
}

const Desks = ({ counts, naming, titleOf }: OverviewProps) => {
  const { t, number } = useSpeech()
  const head = (['organisation', 'role', 'items', 'overdue'] as const).map((key) => ({
    text: t(`pages.overview.column.${key}`),
    ...(key === 'items' || key === 'overdue' ? { format: 'numeric' as const } : {}),
  }))
  return (
    <Table
      caption={t('pages.overview.desks')}
      captionClasses="govuk-visually-hidden"
      head={head}
      rows={counts.map(({ organisation, role, items, overdue }) => [
        { text: naming.organisation(organisation) },
        { text: titleOf(role, organisation) },
        { text: number(items), format: 'numeric' as const },
        { text: number(overdue), format: 'numeric' as const },
      ])}
    />
  )
}
