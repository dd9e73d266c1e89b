import { casesShown } from '../../../../desk/journalReading.ts'
import type { JournalRow } from '../../../../ledger/ledger.ts'
import { Button } from '../../../components/button/button.tsx'
import { EmptyState } from '../../../components/empty-state/empty-state.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { Input } from '../../../components/input/input.tsx'
import { Pagination } from '../../../components/pagination/pagination.tsx'
import { Roster } from '../../../components/roster/roster.tsx'
import { Select } from '../../../components/select/select.tsx'
import { useSpeech } from '../../../components/speech.ts'
import type { FormView } from '../../../forms/view.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { type Path, paths } from '../../../paths.ts'
import type { Naming } from '../../../wording/naming.ts'
import { AdminTabs } from '../accounts/AdminTabs.tsx'
import { DayField, Text } from '../accounts/FormPage.tsx'

interface JournalProps {
  frame: Frame
  form: FormView
  rows: readonly JournalRow[]
  naming: Naming
  titleOf: (role: string) => string
  /** Where the reader may choose among regions. */
  regions: ReadonlyMap<string, string>
  administers: boolean
  next?: string
  first?: string
  csv: string
}

/** Who read whose data: by reader, by case, by day. Looking here is written down as well. */
export const JournalPage = (props: JournalProps) => {
  const { frame, form, rows, administers } = props
  const { t } = frame.speech
  return (
    <Page frame={frame} title={t('admin.journal.title')} hasError={form.errors.length > 0}>
      {form.errors.length > 0 ? <ErrorSummary errorList={form.errors} /> : null}
      <h1 class="govuk-heading-l">{t('admin.journal.title')}</h1>
      {administers ? <AdminTabs current={paths.journal} /> : null}
      <p class="govuk-body">{t('admin.journal.text')}</p>
      <Narrow {...props} />
      {rows.length === 0 ? (
        <EmptyState title={t('admin.journal.nothing')}>
          <p>{t('admin.journal.nothingText')}</p>
        </EmptyState>
      ) : (
        <>
          <p class="govuk-body">
            <a class="govuk-link" href={props.csv}>
              {t('admin.journal.csv')}
            </a>
          </p>
          <Readings {...props} named />
        </>
      )}
      {props.next === undefined && props.first === undefined ? null : (
        <Pagination
          {...(props.first === undefined ? {} : { previous: { href: props.first, text: t('pages.work.first') } })}
          {...(props.next === undefined ? {} : { next: { href: props.next } })}
        />
      )}
    </Page>
  )
}

const Narrow = ({ frame, form, regions }: JournalProps) => {
  const { t } = useSpeech()
  return (
    <form method="get" action={paths.journal satisfies Path} class="q-narrow" novalidate>
      {regions.size > 1 ? (
        <Select
          name="region"
          label={t('admin.field.region')}
          value={form.value('region')}
          items={[...regions].map(([value, text]) => ({ value, text }))}
        />
      ) : null}
      <Input
        name="reader"
        label={t('admin.journal.reader')}
        value={form.value('reader')}
        errorMessage={form.error('reader')}
        autocomplete="off"
        spellcheck={false}
        // Who has the search above keeps its key for it.
        {...(frame.searchAction === undefined ? { attributes: { 'data-key': '/' } } : {})}
      />
      <Text form={form} name="number" label="admin.journal.number" />
      <DayField form={form} name="from" label="admin.field.from" />
      <DayField form={form} name="until" label="admin.field.until" />
      <Button text={t('admin.show')} classes="govuk-button--secondary" />
    </form>
  )
}

type ReadingsProps = Pick<JournalProps, 'rows' | 'naming' | 'titleOf'> & { named?: boolean }

export const Readings = ({ rows, naming, titleOf, named }: ReadingsProps) => {
  const speech = useSpeech()
  const { t, shortDateTime } = speech
  const columns = [
    { key: 'at', label: t('pages.case.when') },
    ...(named ? [{ key: 'who', label: t('pages.case.who') }] : []),
    { key: 'role', label: t('steps.field.role') },
    { key: 'purpose', label: t('pages.case.purpose') },
    { key: 'cases', label: t('admin.journal.cases') },
  ]
  return (
    <Roster
      caption={t('admin.journal.title')}
      columns={columns}
      rows={rows.map((row) => ({
        title: shortDateTime(row.at),
        cells: {
          who: readerWords(row.who, naming, t('admin.journal.receipt')),
          role: row.role === 'applicant' ? t('steps.applicant') : titleOf(row.role),
          purpose: (
            <>
              {t.has(`public.purpose.${row.purpose}`) ? t(`public.purpose.${row.purpose}`) : row.purpose}
              {row.about ? <div class="govuk-hint">{aboutWords(row.about, naming, speech)}</div> : null}
            </>
          ),
          cases: <Cases row={row} />,
        },
      }))}
    />
  )
}

export const readerWords = (id: string, naming: Naming, receipt: string): string => (id === 'receipt' ? receipt : naming.person(id))

const Cases = ({ row }: { row: JournalRow }) => {
  const { t } = useSpeech()
  const more = row.cases.length - casesShown
  return (
    <>
      {row.cases.slice(0, casesShown).map((one) => (
        <>
          <span class="q-number">{one.case}</span>{' '}
        </>
      ))}
      {more > 0 ? ` ${t('admin.journal.more', { count: more })}` : ''}
    </>
  )
}

/** `who:<id> case:<number> day:<date>` in words. */
export function aboutWords(
  about: string,
  naming: Naming,
  { t, shortDate }: { t: ReturnType<typeof useSpeech>['t']; shortDate: (day: string) => string },
): string {
  return about
    .split(' ')
    .map((part) => {
      const colon = part.indexOf(':')
      const value = part.slice(colon + 1)
      switch (part.slice(0, colon)) {
        case 'who':
          return naming.person(value)
        case 'case':
          return value
        case 'day':
          return value.split('/').map(shortDate).join(' – ')
        default:
          return t('common.none')
      }
    })
    .join(', ')
}
