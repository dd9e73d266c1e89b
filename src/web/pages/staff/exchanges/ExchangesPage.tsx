import type { ExchangeRow } from '../../../../gateway/journal/journal.ts'
import { Roster } from '../../../components/roster/roster.tsx'
import { Select } from '../../../components/select/select.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { Tag } from '../../../components/tag/tag.tsx'
import { exchangePath, paths } from '../../../paths.ts'
import { Text } from '../accounts/FormPage.tsx'
import { BookPage, type BookProps } from '../parts/BookPage.tsx'
import { outcomeColour, outcomeWords, serviceWords } from './words.ts'

interface ExchangesProps extends BookProps<ExchangeRow> {
  services: readonly string[]
}

/** Everything that was exchanged with systems outside, an attempt a row. Looking here is written down. */
export const ExchangesPage = (props: ExchangesProps) => (
  <BookPage {...props} path={paths.exchanges} words="exchanges" fields={<Fields {...props} />}>
    <Exchanges rows={props.rows} caption={props.frame.speech.t('exchanges.title')} named />
  </BookPage>
)

const Fields = ({ form, services }: ExchangesProps) => {
  const speech = useSpeech()
  const { t } = speech
  const any = { value: '', text: t('exchanges.filter.any') }
  return (
    <>
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
    </>
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
