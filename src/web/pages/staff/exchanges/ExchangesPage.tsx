import type { ExchangeRow } from '../../../../gateway/journal/journal.ts'
import { Button } from '../../../components/button/button.tsx'
import { EmptyState } from '../../../components/empty-state/empty-state.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { Pagination } from '../../../components/pagination/pagination.tsx'
import { Roster } from '../../../components/roster/roster.tsx'
import { Select } from '../../../components/select/select.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { Tag } from '../../../components/tag/tag.tsx'
import type { FormView } from '../../../forms/view.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { exchangePath, type Path, paths } from '../../../paths.ts'
import { AdminTabs } from '../accounts/AdminTabs.tsx'
import { DayField, Text } from '../accounts/FormPage.tsx'
import { outcomeColour, outcomeWords, serviceWords } from './words.ts'

interface ExchangesProps {
  frame: Frame
  form: FormView
  rows: readonly ExchangeRow[]
  services: readonly string[]
  /** Where the reader may choose among regions. */
  regions: ReadonlyMap<string, string>
  administers: boolean
  next?: string
  first?: string
}

/** Everything that was exchanged with systems outside, an attempt a row. Looking here is written down. */
export const ExchangesPage = (props: ExchangesProps) => {
  const { frame, form, rows, administers } = props
  const { t } = frame.speech
  return (
    <Page frame={frame} title={t('exchanges.title')} hasError={form.errors.length > 0}>
      {form.errors.length > 0 ? <ErrorSummary errorList={form.errors} /> : null}
      <h1 class="govuk-heading-l">{t('exchanges.title')}</h1>
      {administers ? <AdminTabs current={paths.exchanges} /> : null}
      <p class="govuk-body">{t('exchanges.text')}</p>
      <Narrow {...props} />
      {rows.length === 0 ? (
        <EmptyState title={t('exchanges.nothing')}>
          <p>{t('exchanges.nothingText')}</p>
        </EmptyState>
      ) : (
        <Exchanges rows={rows} caption={t('exchanges.title')} named />
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

const Narrow = ({ form, regions, services }: ExchangesProps) => {
  const speech = useSpeech()
  const { t } = speech
  const any = { value: '', text: t('exchanges.filter.any') }
  return (
    <form method="get" action={paths.exchanges satisfies Path} class="q-narrow" novalidate>
      {regions.size > 1 ? (
        <Select
          name="region"
          label={t('admin.field.region')}
          value={form.value('region')}
          items={[...regions].map(([value, text]) => ({ value, text }))}
        />
      ) : null}
      <Text form={form} name="number" label="exchanges.filter.number" />
      <Select
        name="service"
        label={t('exchanges.filter.service')}
        value={form.value('service')}
        items={[
          any,
          ...services.map((value) => ({ value, text: t.has(`exchanges.service.${value}`) ? serviceWords(value, speech) : value })),
        ]}
      />
      <Select
        name="direction"
        label={t('exchanges.filter.direction')}
        value={form.value('direction')}
        items={[any, ...(['out', 'in'] as const).map((value) => ({ value, text: t(`exchanges.direction.${value}`) }))]}
      />
      <Select
        name="outcome"
        label={t('exchanges.filter.outcome')}
        value={form.value('outcome')}
        items={[any, ...(['open', 'failed', 'answered'] as const).map((value) => ({ value, text: t(`exchanges.filter.${value}`) }))]}
      />
      <DayField form={form} name="from" label="admin.field.from" />
      <DayField form={form} name="until" label="admin.field.until" />
      <Button text={t('admin.show')} classes="govuk-button--secondary" />
    </form>
  )
}

/** `named`: with the number of the case. */
export const Exchanges = ({ rows, caption, named = false }: { rows: readonly ExchangeRow[]; caption: string; named?: boolean }) => {
  const speech = useSpeech()
  const { t, shortDateTime, number } = speech
  const keys = ['at', 'service', 'direction', ...(named ? ['case'] : []), 'attempt', 'outcome', 'took']
  const numeric = new Set(['attempt', 'took'])
  return (
    <Roster
      caption={caption}
      columns={keys.map((key) => ({ key, label: t(`exchanges.column.${key}`), numeric: numeric.has(key) }))}
      rows={rows.map((row) => ({
        href: exchangePath(row.home, row.id),
        title: shortDateTime(row.sentAt),
        cells: {
          service: serviceWords(row.service, speech),
          direction: t(`exchanges.direction.${row.direction}`),
          case: <span class="q-number">{row.case}</span>,
          attempt: number(row.attempt),
          outcome: <Tag text={outcomeWords(row, speech)} classes={outcomeColour(row)} />,
          took: row.tookMs === null ? '–' : t('exchanges.milliseconds', { count: row.tookMs }),
        },
      }))}
    />
  )
}
