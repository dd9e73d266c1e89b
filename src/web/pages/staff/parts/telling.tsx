import { toCaseEvent } from '../../../../desk/events.ts'
import type { History } from '../../../../desk/reading.ts'
import { stepOf } from '../../../../engine/case/law.ts'
import { isTheirs } from '../../../../engine/case/steps.ts'
import type { StoredEvent } from '../../../../ledger/ledger.ts'
import { NotificationBanner } from '../../../components/notification-banner/notification-banner.tsx'
import { PaperLink } from '../../../components/paper-link/paper-link.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { casePath, paperPath, stepPath } from '../../../paths.ts'
import { eventWords } from '../../../wording/events.ts'
import type { Naming } from '../../../wording/naming.ts'

interface Props {
  history: History
  naming: Naming
  viewer: { id: string; role?: string; organisation?: string }
}

const told = new Set([
  'StepDone',
  'CaseEnded',
  'EntryCorrected',
  'StepReturned',
  'AnswerReplaced',
  'PaperReissued',
  'RegisterAnswered',
  'RequestDelivered',
])

/** What came after a version of the case, for whoever caused it: what happened, what was printed, who is next. */
export const Told = ({ history, naming, viewer, since, named }: Props & { since: number; named?: boolean }) => {
  const { state, bound } = history.file
  const events = history.events.filter(({ seq }) => seq > since)
  const done = events.filter(({ type }) => told.has(type))
  const papers = state.papers.filter((paper) => events.some((e) => isPaper(e, paper.id)))
  // Only asked so far: the page of waiting says so itself.
  if (done.length + papers.length === 0) return null
  return (
    <NotificationBanner type="success">
      {named ? <OfCase number={history.file.number} /> : null}
      {done.map((event) => (
        <Sentence event={event} history={history} naming={naming} />
      ))}
      {papers.map((paper) => (
        <PaperLink
          href={paperPath(history.file.number, paper.id)}
          title={naming.text(bound.law.regulation.papers.find(({ id }) => id === paper.form)?.title) || paper.form}
          copy={paper.copyOf !== null}
        />
      ))}
      <NextStep history={history} naming={naming} viewer={viewer} />
    </NotificationBanner>
  )
}

/** On the page of another case, or of none. */
const OfCase = ({ number }: { number: string }) => (
  <p class="govuk-body">
    <a class="govuk-link q-number" href={casePath(number)}>
      {useSpeech().t('lists.onward.done', { number })}
    </a>
  </p>
)

const isPaper = ({ type, data }: StoredEvent, paper: string) => (type === 'PaperIssued' || type === 'PaperReissued') && data.paper === paper

const Sentence = ({ event, history, naming }: Pick<Props, 'history' | 'naming'> & { event: StoredEvent }) => {
  const speech = useSpeech()
  const { what, details } = eventWords(toCaseEvent(event), { law: history.file.bound.court, naming, speech })
  return <p class="govuk-notification-banner__heading">{[what, ...details].join(' · ')}</p>
}

/** Who acts next, with the way there when it is the reader. */
export const NextStep = ({ history, naming, viewer }: Props) => {
  const { t } = useSpeech()
  const { state, bound, number } = history.file
  const open = state.step
  if (open === null) {
    return state.ended ? (
      <p class="govuk-body">{t('pages.case.ended', { ending: naming.ending(bound.court, state.ended.ending) })}</p>
    ) : null
  }
  const title = naming.text(stepOf(bound.court, open.id)?.title)
  const mine = isTheirs(open, { kind: 'staff', ...viewer })
  const by = open.role === 'system' ? t('steps.system.engine') : naming.role(open.role, bound.court)
  const performer = [open.assignee === null ? '' : naming.person(open.assignee), by, naming.organisation(open.organisation)]
  return (
    <p class="govuk-body">
      {t('pages.case.next')}:{' '}
      {mine ? (
        <a class="govuk-link" href={stepPath(number, open.id)}>
          {title}
        </a>
      ) : (
        <strong>{title}</strong>
      )}{' '}
      – {performer.filter((part) => part !== '').join(', ')}
    </p>
  )
}
