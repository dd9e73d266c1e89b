import type { Child } from 'hono/jsx'
import type { OpenedExchange } from '../../../../desk/exchangeBook.ts'
import type { MessageRecord } from '../../../../gateway/journal/record.ts'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { Button } from '../../../components/button/button.tsx'
import { Details } from '../../../components/details/details.tsx'
import { InsetText } from '../../../components/inset-text/inset-text.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { SummaryList } from '../../../components/summary-list/summary-list.tsx'
import { Tag } from '../../../components/tag/tag.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { casePath, containerPath, type Path, paths } from '../../../paths.ts'
import { outcomeColour, outcomeWords, serviceWords } from './words.ts'

interface ExchangeProps {
  frame: Frame
  opened: OpenedExchange
  /** Whether the reader may open the case itself. */
  mayOpenCase: boolean
}

/** One attempt: what left, what came, what was found of signatures, and the file that proves it. */
export const ExchangePage = ({ frame, opened, mayOpenCase }: ExchangeProps) => {
  const { t } = frame.speech
  const { row, request, response, events } = opened
  const back: Path = mayOpenCase ? casePath(row.case) : paths.exchanges
  return (
    <Page frame={frame} title={t('exchanges.one')} before={<BackLink href={back} />}>
      <h1 class="govuk-heading-l">
        {t('exchanges.one')} <Tag text={outcomeWords(row, frame.speech)} classes={outcomeColour(row)} />
      </h1>
      {row.outcome === null ? <InsetText text={t('exchanges.unknown')} /> : null}
      <Facts opened={opened} mayOpenCase={mayOpenCase} />
      <p class="govuk-body">{t('exchanges.containerText')}</p>
      <Button href={containerPath(row.home, row.id)} text={t('exchanges.container')} attributes={{ download: true, 'data-key': 'd' }} />
      <Message record={request} title={t(row.direction === 'out' ? 'exchanges.request' : 'exchanges.received')} />
      {row.direction === 'out' ? <Message record={response} title={t('exchanges.response')} /> : null}
      {events.length === 0 ? null : (
        <section class="q-card">
          <h2 class="govuk-heading-s">{t('exchanges.events')}</h2>
          {events.map(({ seq, type, hash }) => (
            <>
              <p class="govuk-body">{t('exchanges.event', { seq, what: t(`steps.events.${type}`) })}</p>
              <p class="q-hash">{hash}</p>
            </>
          ))}
        </section>
      )}
    </Page>
  )
}

const Facts = ({ opened: { row }, mayOpenCase }: Pick<ExchangeProps, 'opened' | 'mayOpenCase'>) => {
  const speech = useSpeech()
  const { t, dateTime, number } = speech
  const link = (
    <a class="govuk-link q-number" href={casePath(row.case)}>
      {row.case}
    </a>
  )
  const facts: readonly (readonly [string, Child])[] = [
    [
      'column.service',
      serviceWords(row.service, speech) === row.service ? row.service : `${serviceWords(row.service, speech)} (${row.service})`,
    ],
    ['column.direction', t(`exchanges.direction.${row.direction}`)],
    ['column.case', row.case === '' ? '' : mayOpenCase ? link : row.case],
    ['key', row.key],
    ['column.attempt', number(row.attempt)],
    [row.direction === 'out' ? 'sentAt' : 'gotAt', dateTime(row.sentAt)],
    ['answeredAt', row.answeredAt === null ? '' : dateTime(row.answeredAt)],
    ['column.took', row.tookMs === null ? '' : t('exchanges.milliseconds', { count: row.tookMs })],
    ['messageId', row.messageId ?? ''],
    ['answerId', row.answerId ?? ''],
    ['correlationId', row.correlationId ?? ''],
  ]
  return (
    <SummaryList
      rows={facts
        .filter(([, value]) => value !== '')
        .map(([key, value]) => ({ key: { text: t(`exchanges.${key}`) }, value: { text: value } }))}
    />
  )
}

const Message = ({ record, title }: { record: MessageRecord | null; title: string }) => {
  const { t, number, list } = useSpeech()
  return (
    <section class="q-card">
      <h2 class="govuk-heading-m">{title}</h2>
      {record === null ? (
        <p class="govuk-body">{t('exchanges.nothingKept')}</p>
      ) : (
        <>
          <p class="govuk-body">
            {record.trimmed !== undefined
              ? t('exchanges.trimmed')
              : record.removed.length === 0
                ? t('exchanges.whole')
                : t('exchanges.removed', { names: list(record.removed) })}{' '}
            {t('exchanges.size', { count: number(record.original.size) })}
          </p>
          <p class="govuk-body">
            {t('exchanges.signature')}: <Signature record={record} />
          </p>
          <p class="govuk-body">{t('exchanges.original')}:</p>
          <p class="q-hash">{record.original.sha256}</p>
          {record.body === '' ? null : (
            <Details summaryText={t('exchanges.show')}>
              <pre class="q-message" tabindex={0}>
                <code>{record.body}</code>
              </pre>
            </Details>
          )}
        </>
      )}
    </section>
  )
}

const Signature = ({ record: { signature } }: { record: MessageRecord }) => {
  const { t } = useSpeech()
  if (signature === undefined) return <>{t('exchanges.signatureNone')}</>
  if (signature.valid) return <>{t('exchanges.signatureValid')}</>
  return <>{t('exchanges.signatureWrong', { reason: signature.reason ?? '' })}</>
}
