import { type LocalText, pickText } from '../../../language/translator.ts'
import { renderSource } from '../../../time/words.ts'
import { classes } from '../common.ts'
import { useSpeech } from '../speech.ts'

/** One date of a term: what it is to the count, and why. */
export interface StripDay {
  /** YYYY-MM-DD. */
  readonly date: string
  /** `before`: between receipt and day zero; `zero`: the day from which is counted; `counted`; `skipped`. */
  readonly role: 'before' | 'zero' | 'counted' | 'skipped'
  /** Which day of the norm it is; of a counted date. */
  readonly number?: number
  readonly reason: string
  /** A holiday's own name. */
  readonly name?: LocalText
  readonly act?: string
  /** Where minutes run: from, until, how many. */
  readonly spans?: readonly { readonly from: string; readonly until: string; readonly minutes: number }[]
  readonly received?: boolean
  readonly last?: boolean
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const weekdayOf = (date: string) => weekdays[Temporal.PlainDate.from(date).dayOfWeek - 1] ?? 'mon'

/**
 * The days of a term as a calendar sheet: a week is a row where there is room, a day a row where there is not. Each day says in words whether it
 * counts and why; the frame and the figure repeat it for the eye. It is a list: a screen reader goes through it day by day, and paper shows all of it.
 */
export const DayStrip = ({ days, labelledBy }: { days: readonly StripDay[]; labelledBy: string }) => {
  const { t } = useSpeech()
  const [first] = days
  return (
    <div class="q-strip">
      <div class="q-strip__head" aria-hidden="true">
        {weekdays.map((day) => (
          <span>{t(`public.weekday.${day}`)}</span>
        ))}
      </div>
      <ol class="q-strip__days" aria-labelledby={labelledBy}>
        {days.map((day) => (
          <Day day={day} start={day === first} />
        ))}
      </ol>
    </div>
  )
}

const Day = ({ day, start }: { day: StripDay; start: boolean }) => {
  const { t, language, shortDate } = useSpeech()
  const { date, role, number, reason, name, act, spans, received, last } = day
  const weekday = weekdayOf(date)
  return (
    <li class={classes('q-strip__day', `q-strip__day--${role}`, start && `q-strip__day--${weekday}`, last && 'q-strip__day--last')}>
      <p class="q-strip__date">
        <time datetime={date}>{shortDate(date)}</time> <span class="q-strip__weekday">{t(`public.weekday.${weekday}`)}</span>
      </p>
      <p class="q-strip__count">
        <span class="q-strip__figure" aria-hidden="true">
          {role === 'zero' ? '0' : role === 'counted' ? (number ?? '✓') : '–'}
        </span>
        <span>{number === undefined ? t(`why.role.${role}`) : t('why.numbered', { number })}</span>
      </p>
      {received ? <p class="q-strip__mark">{t('why.receivedHere')}</p> : null}
      {(spans ?? []).map((span) => (
        <p class="q-strip__span">{t('why.span', { from: span.from, until: span.until, count: span.minutes })}</p>
      ))}
      <p class="q-strip__reason">
        {reason === 'dayZero' ? null : t(`components.deadline.reason.${reason}`)}
        {name ? `: ${pickText(name, language).text}` : ''}
        {act ? <cite>{renderSource(t, act)}</cite> : null}
      </p>
      {last ? <p class="q-strip__mark">{t('why.lastHere')}</p> : null}
    </li>
  )
}
