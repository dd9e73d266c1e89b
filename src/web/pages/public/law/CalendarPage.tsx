import type { DayStatus, WeekKind } from '../../../../time/dayTable.ts'
import { Alert } from '../../../components/alert/alert.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { Say, Section } from '../local.tsx'
import { type CalendarDay, type CalendarYear, special, workingDays } from './calendar.ts'

const weeks = ['five', 'six'] as const satisfies readonly WeekKind[]
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

export interface CalendarView {
  readonly year: CalendarYear
  readonly years: readonly number[]
  readonly week: WeekKind
}

export const CalendarPage = ({ frame, view }: { frame: Frame; view: CalendarView }) => {
  const { t } = frame.speech
  const { year, week } = view
  return (
    <Page frame={frame} title={t('public.calendar.titleOf', { year: String(year.year) })}>
      <h1 class="govuk-heading-l">{t('public.calendar.titleOf', { year: String(year.year) })}</h1>
      <Years view={view} />
      {year.confirmed ? null : (
        <Alert variant="warning" title={t('components.deadline.calendarUnconfirmed')}>
          <strong>{t('components.deadline.calendarUnconfirmed')}.</strong> {year.reason ? <Say text={year.reason} /> : null}
        </Alert>
      )}
      {year.gaps.map((gap) => (
        <Alert variant="warning" title={t('public.calendar.gap')}>
          {gap.from} – {gap.until}: <Say text={gap.reason} />
        </Alert>
      ))}
      <p class="govuk-body">
        {t('public.calendar.act')}: <span class="q-number">{year.act ?? t('public.calendar.noAct')}</span>
      </p>
      <h2 class="govuk-heading-m" id="special">
        {t('public.calendar.special')}
      </h2>
      <Special days={special(year)} />
      <ul class="govuk-list q-soft">
        {year.acts.map((act) => (
          <li>
            <span class="q-number">{act.id}</span>: <Say text={act.title} />
          </li>
        ))}
      </ul>
      <Section id="months" title={t(`public.calendar.months.${week}`)}>
        <p class="govuk-body">
          {weeks.map((other) =>
            other === week ? null : (
              <a class="govuk-link" href={`/calendar/${year.year}?week=${other}#months`}>
                {t(`public.calendar.show.${other}`)}
              </a>
            ),
          )}
        </p>
        <div class="q-months">
          {year.months.map((days) => (
            <Month days={days} week={week} />
          ))}
        </div>
      </Section>
    </Page>
  )
}

const Years = ({ view }: { view: CalendarView }) => {
  const { t } = useSpeech()
  return (
    <nav aria-label={t('public.calendar.years')}>
      <ul class="govuk-list q-row">
        {view.years.map((year) => (
          <li>
            {year === view.year.year ? (
              <strong aria-current="page">{year}</strong>
            ) : (
              <a class="govuk-link" href={`/calendar/${year}?week=${view.week}`}>
                {year}
              </a>
            )}
          </li>
        ))}
      </ul>
    </nav>
  )
}

const Special = ({ days }: { days: readonly CalendarDay[] }) => {
  const { t, weekdayDate } = useSpeech()
  return (
    <section class="q-scroll q-section" tabindex={0} aria-labelledby="special">
      <table class="govuk-table">
        <thead class="govuk-table__head">
          <tr class="govuk-table__row">
            <th scope="col" class="govuk-table__header">
              {t('public.calendar.day')}
            </th>
            <th scope="col" class="govuk-table__header">
              {t('public.calendar.five')}
            </th>
            <th scope="col" class="govuk-table__header">
              {t('public.calendar.six')}
            </th>
            <th scope="col" class="govuk-table__header">
              {t('components.deadline.act')}
            </th>
          </tr>
        </thead>
        <tbody class="govuk-table__body">
          {days.map((day) => (
            <tr class="govuk-table__row">
              <th scope="row" class="govuk-table__header">
                <time datetime={day.date}>{weekdayDate(day.date)}</time>
                {day.name ? (
                  <span class="q-calendar__name">
                    <Say text={day.name} />
                  </span>
                ) : null}
              </th>
              <td class="govuk-table__cell">
                <Status of={day.five} />
              </td>
              <td class="govuk-table__cell">
                <Status of={day.six} />
              </td>
              <td class="govuk-table__cell">
                {[...new Set([day.five.act, day.six.act].filter(Boolean))].join('; ') || t('public.calendar.noAct')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const Status = ({ of }: { of: DayStatus }) => {
  const { t } = useSpeech()
  return (
    <>
      {t(`components.deadline.reason.${of.reason}`)}
      {of.doubt ? <span class="q-why__warning"> ({t(`public.calendar.doubt.${of.doubt}`)})</span> : null}
    </>
  )
}

const Month = ({ days, week }: { days: readonly CalendarDay[]; week: WeekKind }) => {
  const { t } = useSpeech()
  const [first] = days
  if (first === undefined) return null
  const cells = [...Array.from({ length: first.weekday }, () => null), ...days]
  const rows = Array.from({ length: Math.ceil(cells.length / 7) }, (_, i) => cells.slice(i * 7, i * 7 + 7))
  return (
    <table class="q-month">
      <caption>
        {t(`public.month.${Number(first.date.slice(5, 7))}`)}
        <span>{t('public.calendar.working', { count: workingDays(days, week) })}</span>
      </caption>
      <thead>
        <tr>
          {weekdays.map((day) => (
            <th scope="col">{t(`public.weekday.${day}`)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            {Array.from({ length: 7 }, (_, i) => row[i]).map((day) =>
              day ? (
                <td class={`q-month__day q-month__day--${day[week].reason}`}>
                  <span>{Number(day.date.slice(8))}</span>
                  <span class="govuk-visually-hidden">, {t(`components.deadline.reason.${day[week].reason}`)}</span>
                </td>
              ) : (
                <td />
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
