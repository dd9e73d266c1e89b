import type { WorkItem } from '../../../../ledger/ledger.ts'
import { fullName, type Staff } from '../../../../people/model.ts'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { Button } from '../../../components/button/button.tsx'
import { EmptyState } from '../../../components/empty-state/empty-state.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { NotificationBanner } from '../../../components/notification-banner/notification-banner.tsx'
import { Pagination } from '../../../components/pagination/pagination.tsx'
import { Roster } from '../../../components/roster/roster.tsx'
import { Select } from '../../../components/select/select.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { Tag } from '../../../components/tag/tag.tsx'
import { Textarea } from '../../../components/textarea/textarea.tsx'
import type { FormView } from '../../../forms/view.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { casePath, paths } from '../../../paths.ts'
import type { Naming } from '../../../wording/naming.ts'

export interface PerformersProps {
  frame: Frame
  form: FormView
  /** The organisation whose work it is. */
  organisation: string
  items: readonly WorkItem[]
  more?: string
  performers: readonly Staff[]
  naming: Naming
  stepTitle: (item: WorkItem) => string
  titleOf: (role: string, organisation?: string) => string
  isCovered: (item: WorkItem) => boolean
  /** Whoever keeps accounts reads no cases: numbers and terms only, and the way back to their own list. */
  readsCases: boolean
  of: string
  said?: string
}

export const choiceOf = ({ case: number, role, assignee }: Pick<WorkItem, 'case' | 'role' | 'assignee'>): string =>
  `${number} ${role} ${assignee ?? ''}`

/** What performers have by name, and what came back to all of them: given to another, one or many at once, with a reason. */
export const PerformersPage = (props: PerformersProps) => {
  const { frame, form, items, organisation, naming, readsCases, said } = props
  const { t } = frame.speech
  return (
    <Page
      frame={frame}
      title={t('admin.performers.title')}
      hasError={form.errors.length > 0}
      {...(readsCases
        ? {}
        : { before: <BackLink href={paths.orphans} text={t('admin.orphans.title')} attributes={{ 'data-key-back': '' }} /> })}
      notice={said === undefined ? undefined : <NotificationBanner type="success" text={said} />}
    >
      {form.errors.length > 0 ? <ErrorSummary errorList={form.errors} /> : null}
      <span class="govuk-caption-l">{naming.organisation(organisation)}</span>
      <h1 class="govuk-heading-l">{t('admin.performers.title')}</h1>
      <p class="govuk-body">{t('admin.performers.text')}</p>
      <Narrow {...props} />
      {items.length === 0 ? (
        <EmptyState title={t('admin.performers.nothing')}>
          <p>{t('admin.performers.nothingText')}</p>
        </EmptyState>
      ) : (
        <Give {...props} />
      )}
      {props.more === undefined ? null : <Pagination next={{ href: props.more }} />}
    </Page>
  )
}

const Narrow = ({ performers, of, organisation }: PerformersProps) => {
  const { t } = useSpeech()
  if (performers.length < 2) return null
  return (
    <form method="get" action={paths.performers} class="q-narrow">
      <input type="hidden" name="organisation" value={organisation} />
      <Select
        name="of"
        label={t('steps.field.assignee')}
        value={of}
        items={[{ value: '', text: t('admin.any') }, ...performers.map((staff) => ({ value: staff.id, text: fullName(staff.name) }))]}
      />
      <Button text={t('admin.show')} classes="govuk-button--secondary" />
    </form>
  )
}

const Give = (props: PerformersProps) => {
  const { frame, form, items, performers, naming, organisation } = props
  const { t, shortDateTime } = useSpeech()
  const chosen = new Set(form.typed.getAll('work'))
  return (
    <form method="post" action={paths.performers} novalidate>
      <input type="hidden" name="_csrf" value={frame.csrf ?? ''} />
      <input type="hidden" name="organisation" value={organisation} />
      <Roster
        caption={t('admin.performers.title')}
        choose="work"
        chooseLabel={t('admin.performers.choose')}
        columns={(['number', ...(props.readsCases ? (['applicant'] as const) : []), 'step', 'due', 'holder'] as const).map((key) => ({
          key,
          label: t(`pages.work.column.${key}`),
        }))}
        rows={items.map((item) => ({
          title: <span class="q-number">{item.case}</span>,
          ...(props.readsCases ? { href: casePath(item.case) } : {}),
          choice: {
            value: choiceOf(item),
            label: t('admin.performers.chooseOne', { number: item.case }),
            checked: chosen.has(choiceOf(item)),
          },
          cells: {
            applicant: typeof item.doc.name === 'string' ? item.doc.name : '',
            step: props.stepTitle(item),
            due: item.dueAt === null ? t('components.norm.untimed') : shortDateTime(item.dueAt),
            holder: <Holder item={item} naming={naming} isCovered={props.isCovered(item)} />,
          },
        }))}
      />
      <Select
        name="to"
        label={t('admin.leave.to')}
        value={form.value('to')}
        errorMessage={form.error('to')}
        items={[
          { value: '', text: t('steps.choose') },
          ...performers.map((staff) => ({ value: staff.id, text: fullName(staff.name) })),
          { value: 'everybody', text: t('admin.everybody') },
        ]}
      />
      <Textarea
        name="reason"
        rows={2}
        label={t('steps.field.reason')}
        hint={t('admin.leave.reasonHint')}
        value={form.value('reason')}
        errorMessage={form.error('reason')}
      />
      <Button text={t('admin.performers.give')} preventDoubleClick />
    </form>
  )
}

const Holder = ({ item, naming, isCovered }: { item: WorkItem; naming: Naming; isCovered: boolean }) => {
  const { t } = useSpeech()
  const { handed } = item.doc
  const from = typeof handed === 'object' && handed !== null && 'from' in handed ? handed.from : null
  if (item.assignee !== null)
    return (
      <>
        {naming.person(item.assignee)} {isCovered ? null : <Tag text={t('admin.performers.gone')} classes="govuk-tag--red" />}
      </>
    )
  return (
    <>
      {t('pages.work.free')}{' '}
      {typeof from === 'string' ? (
        <Tag text={t('admin.performers.cameBack', { name: naming.person(from) })} classes="govuk-tag--yellow" />
      ) : null}
    </>
  )
}
