import type { Length } from '../../../language/speech.ts'
import { useSpeech } from '../speech.ts'
import { Tag } from '../tag/tag.tsx'

/** Where a term stands; the word says it, the colour repeats it. */
export type DeadlineState = 'running' | 'soon' | 'overdue' | 'done' | 'doneLate'

export type DayReason = 'working' | 'dayOff' | 'holiday' | 'transferred' | 'swappedOff' | 'swappedWork' | 'dayZero'

/** The proof as `qyzmet deadline` prints it: dates as YYYY-MM-DD, moments as RFC 3339. */
export interface DeadlineProof {
  norm: { value: number; unit: 'min' | 'wd' | 'cd'; clause?: string }
  receivedAt: string
  dayZero: string
  days: readonly { date: string; counts: boolean; reason: DayReason; act?: string }[]
  rules: readonly { id: string; source: string }[]
  calendar: { id: string; act?: string; confirmed: boolean }
  warnings?: readonly { code: string; text: string }[]
}

export interface DeadlineProps {
  /** The last day. */
  dueDate: string
  /** The close of opening hours on it; leave out for a whole day. */
  dueAt?: string
  state?: DeadlineState
  /** Working time left, already counted by the law's clock. */
  left?: Length
  proof?: DeadlineProof
  /** The page that tells it at length. */
  whyHref?: string
  /** In a table: short date, no proof. */
  compact?: boolean
}

const colours: Record<DeadlineState, string> = {
  running: 'govuk-tag--grey',
  soon: 'govuk-tag--yellow',
  overdue: 'govuk-tag--red',
  done: 'govuk-tag--green',
  doneLate: 'govuk-tag--orange',
}

export const DeadlineTag = ({ state }: { state: DeadlineState }) => {
  const { t } = useSpeech()
  return <Tag text={t(`components.deadline.${state}`)} classes={colours[state]} />
}

const Days = ({ days }: { days: DeadlineProof['days'] }) => {
  const { t, weekdayDate } = useSpeech()
  let counted = 0
  return (
    <ol class="q-proof__days">
      {days.map((day) => {
        if (day.counts) counted++
        const count = day.counts ? t('components.deadline.counted', { number: counted }) : t('components.deadline.skipped')
        return (
          <li class={day.counts ? 'q-proof__day' : 'q-proof__day q-proof__day--skipped'}>
            <time datetime={day.date}>{weekdayDate(day.date)}</time>
            <span class="q-proof__count">{day.reason === 'dayZero' ? '' : count}</span>
            <span class="q-proof__reason">
              {t(`components.deadline.reason.${day.reason}`)}
              {day.act ? <cite>, {day.act}</cite> : null}
            </span>
          </li>
        )
      })}
    </ol>
  )
}

const Proof = ({ proof }: { proof: DeadlineProof }) => {
  const { t, norm, dateTime } = useSpeech()
  const clause = proof.norm.clause ? ` (${t('components.clause.clause', { number: proof.norm.clause })})` : ''
  return (
    <div class="q-proof">
      <dl class="q-facts">
        <div>
          <dt>{t('components.deadline.norm')}</dt>
          <dd>{norm(proof.norm) + clause}</dd>
        </div>
        <div>
          <dt>{t('components.deadline.start')}</dt>
          <dd>
            {dateTime(proof.receivedAt)}
            {proof.rules.map((rule) => (
              <cite class="q-proof__rule">{rule.source}</cite>
            ))}
          </dd>
        </div>
        <div>
          <dt>{t('components.deadline.calendar')}</dt>
          <dd>{proof.calendar.act ?? proof.calendar.id}</dd>
        </div>
      </dl>
      {proof.calendar.confirmed ? null : <p class="q-proof__warning">{t('components.deadline.calendarUnconfirmed')}</p>}
      {(proof.warnings ?? []).map((warning) => (
        <p class="q-proof__warning">{warning.text}</p>
      ))}
      <Days days={proof.days} />
    </div>
  )
}

const leftWords = (left: Length | undefined, state: DeadlineState | undefined): boolean =>
  left !== undefined && (state === undefined || state === 'running' || state === 'soon')

/** A due date with the reason for it: norm, start rule, calendar, each day counted or skipped. */
export const Deadline = (props: DeadlineProps) => {
  const { t, weekdayDate, shortDate, time, length } = useSpeech()
  const day = props.compact ? shortDate(props.dueDate) : weekdayDate(props.dueDate)
  const words = props.dueAt ? t('components.deadline.dueAt', { date: day, time: time(props.dueAt) }) : day
  return (
    <div class={props.compact ? 'q-deadline q-deadline--compact' : 'q-deadline'}>
      <p class="q-deadline__line">
        <time class="q-deadline__date" datetime={props.dueAt ?? props.dueDate}>
          {words}
        </time>{' '}
        {props.state ? <DeadlineTag state={props.state} /> : null}
      </p>
      {props.left && leftWords(props.left, props.state) ? (
        <p class="q-deadline__left">{t('components.deadline.left', { left: length(props.left) })}</p>
      ) : null}
      {props.proof && !props.compact ? (
        <details class="q-deadline__why">
          <summary>{t('components.deadline.why')}</summary>
          <Proof proof={props.proof} />
          {props.whyHref ? (
            <p>
              <a class="govuk-link" href={props.whyHref}>
                {t('why.link')}
              </a>
            </p>
          ) : null}
        </details>
      ) : null}
    </div>
  )
}
