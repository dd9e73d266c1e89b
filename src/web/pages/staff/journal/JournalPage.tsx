import { casesShown } from '../../../../desk/journalReading.ts'
import type { JournalRow } from '../../../../ledger/ledger.ts'
import { Input } from '../../../components/input/input.tsx'
import { Roster } from '../../../components/roster/roster.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { paths } from '../../../paths.ts'
import type { Naming } from '../../../wording/naming.ts'
import { Text } from '../accounts/FormPage.tsx'
import { BookPage, type BookProps } from '../parts/BookPage.tsx'

interface JournalProps extends BookProps<JournalRow> {
  naming: Naming
  titleOf: (role: string) => string
  csv: string
}

/** Who read whose data: by reader, by case, by day. Looking here is written down as well. */
export const JournalPage = (props: JournalProps) => (
  <BookPage {...props} path={paths.journal} words="admin.journal" fields={<Fields {...props} />}>
    <p class="govuk-body">
      <a class="govuk-link" href={props.csv}>
        {props.frame.speech.t('admin.journal.csv')}
      </a>
    </p>
    <Readings {...props} named />
  </BookPage>
)

const Fields = ({ frame, form }: JournalProps) => {
  const { t } = useSpeech()
  return (
    <>
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
    </>
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
