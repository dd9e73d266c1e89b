import { toCaseEvent } from '../../../../desk/events.ts'
import type { JournalEntry } from '../../../../ledger/ledger.ts'
import { Details } from '../../../components/details/details.tsx'
import { History } from '../../../components/history/history.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { Table } from '../../../components/table/table.tsx'
import { WarningText } from '../../../components/warning-text/warning-text.tsx'
import { eventWords } from '../../../wording/events.ts'
import type { CaseProps } from './CasePage.tsx'

/** The chain of events, newest first, each with its clause and who did it; the last hash fixes all of them. */
export const Events = ({ history, naming }: CaseProps) => {
  const speech = useSpeech()
  const { t } = speech
  const { court, law } = history.file.bound
  const events = history.events.toReversed().map((stored) => {
    const { what, details } = eventWords(toCaseEvent(stored), { law: court, naming, speech })
    return {
      what,
      by: naming.actor(stored.actor, court),
      at: stored.at,
      corrected: stored.type === 'EntryCorrected',
      ...(stored.clause === null ? {} : { clause: { number: stored.clause } }),
      children: details.map((detail) => <p>{detail}</p>),
    }
  })
  const last = history.events.at(-1)
  return (
    <section>
      <h2 class="govuk-heading-m">{t('components.history.title')}</h2>
      <History events={events} />
      <Details summaryText={t('pages.case.chain')}>
        <p>{t('pages.case.chainText', { count: history.events.length })}</p>
        <p class="q-hash">{last?.hash}</p>
        <p>{t('pages.case.lawHash')}</p>
        <p class="q-hash">{law.sha256.regulation}</p>
      </Details>
    </section>
  )
}

/** Times at which an outside system did not answer: the term went on, and that is to be seen. */
export const Outages = ({ history, naming }: CaseProps) => {
  const { t, shortDateTime } = useSpeech()
  const { outages } = history.file.state
  if (outages.length === 0) return null
  return (
    <section class="q-card">
      <h2 class="govuk-heading-s">{t('pages.case.outages')}</h2>
      <WarningText text={t('pages.case.outageText')} />
      {outages.map(({ step, from, until }) => (
        <p class="govuk-body">
          {naming.step(history.file.bound.court, step)}: {shortDateTime(from)} –{' '}
          {until === null ? t('pages.case.outageGoesOn') : shortDateTime(until)}
        </p>
      ))}
    </section>
  )
}

export const Readers = ({ readers, naming, history }: CaseProps & { readers: readonly JournalEntry[] }) => {
  const { t, shortDateTime } = useSpeech()
  return (
    <Details summaryText={t('pages.case.readers', { count: readers.length })}>
      <Table
        caption={t('pages.case.readersCaption')}
        captionClasses="govuk-visually-hidden"
        head={[{ text: t('pages.case.when') }, { text: t('pages.case.who') }, { text: t('pages.case.purpose') }]}
        rows={readers.map(({ at, who, role, purpose }) => [
          { text: shortDateTime(at) },
          { text: `${naming.person(who)}, ${naming.role(role, history.file.bound.court)}` },
          { text: t.has(`public.purpose.${purpose}`) ? t(`public.purpose.${purpose}`) : purpose },
        ])}
      />
    </Details>
  )
}
