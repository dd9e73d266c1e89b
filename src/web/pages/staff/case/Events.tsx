import { toCaseEvent } from '../../../../desk/events.ts'
import type { JournalEntry, StoredEvent } from '../../../../ledger/ledger.ts'
import { Clause } from '../../../components/clause/clause.tsx'
import { Details } from '../../../components/details/details.tsx'
import { History } from '../../../components/history/history.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { Table } from '../../../components/table/table.tsx'
import { WarningText } from '../../../components/warning-text/warning-text.tsx'
import { casePath, packPath, proofPath } from '../../../paths.ts'
import { type EventWords, eventWords } from '../../../wording/events.ts'
import type { CaseProps } from './CasePage.tsx'
import { deedsOf } from './groups.ts'

/** The chain of events, newest first: what somebody did, and under it each event with its clause; the last hash fixes all of them. */
export const Events = ({ history, naming }: Pick<CaseProps, 'history' | 'naming'>) => {
  const speech = useSpeech()
  const { t } = speech
  const { court, law } = history.file.bound
  const told = (event: StoredEvent) => eventWords(toCaseEvent(event), { law: court, naming, speech })
  const last = history.events.at(-1)
  const items = deedsOf(history.events)
    .toReversed()
    .map((deed) => {
      const main = deed.find(({ type }) => type === 'StepDone') ?? deed[0]
      return {
        what: main.type === 'StepDone' ? told(main).details.slice(0, 2).join(' – ') : told(main).what,
        by: naming.actor(main.actor, court),
        at: main.at,
        corrected: main.type === 'EntryCorrected',
        ...(main.clause === null ? {} : { clause: { number: main.clause } }),
        children: (
          <>
            <Lines deed={deed} main={main} told={told} />
            <AsThen deed={deed} number={history.file.number} isLast={deed.at(-1) === last} />
          </>
        ),
      }
    })
  return (
    <section>
      <h2 class="govuk-heading-m">{t('components.history.title')}</h2>
      <History events={items} />
      <Details summaryText={t('pages.case.chain')}>
        <p>{t('pages.case.chainText', { count: history.events.length })}</p>
        <p class="q-hash">{last?.hash}</p>
        <p>{t('pages.case.lawHash')}</p>
        <p class="q-hash">{law.sha256.regulation}</p>
        <p>
          <a class="govuk-link" href={proofPath(history.file.number)} download>
            {t('pages.case.proof')}
          </a>
        </p>
        <p>
          <a class="govuk-link" href={packPath(history.file.number)} download>
            {t('pack.link')}
          </a>
        </p>
      </Details>
    </section>
  )
}

/** The way back to how the case stood when this was done. */
const AsThen = ({ deed, number, isLast }: { deed: readonly StoredEvent[]; number: string; isLast: boolean }) => {
  const { t } = useSpeech()
  const version = deed.at(-1)?.seq
  if (isLast || version === undefined) return null
  return (
    <a class="govuk-link q-as-then" href={`${casePath(number)}?asOf=${version}`}>
      {t('casePage.asThen')}
    </a>
  )
}

interface LinesProps {
  deed: readonly StoredEvent[]
  main: StoredEvent
  told: (event: StoredEvent) => EventWords
}

/** What the heading has said already, the words of the main event and its clause, is not said again. */
const Lines = ({ deed, main, told }: LinesProps) => {
  const lines = deed.flatMap((event) => {
    if (event.type === 'StepDone') return []
    const { what, details } = told(event)
    const words = event === main ? details : [what, ...details]
    return words.length === 0 ? [] : [{ words: words.join(' · '), clause: event.clause === main.clause ? null : event.clause }]
  })
  const { t } = useSpeech()
  if (lines.length === 0) return null
  const list = (
    <ul class="govuk-list q-lines">
      {lines.map(({ words, clause }) => (
        <li>
          {words} {clause === null ? null : <Clause number={clause} />}
        </li>
      ))}
    </ul>
  )
  if (lines.length <= 2) return list
  return (
    <details class="q-deed">
      <summary>{t('casePage.more', { count: lines.length })}</summary>
      {list}
    </details>
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

export const Readers = ({ readers, naming, history }: Pick<CaseProps, 'history' | 'naming'> & { readers: readonly JournalEntry[] }) => {
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
