import { pickText } from '../../../../language/translator.ts'
import type { Law } from '../../../../law/model.ts'
import type { Deadline as Counted } from '../../../../time/deadline.ts'
import type { Regions } from '../../../../time/regions.ts'
import type { World } from '../../../../time/schedule.ts'
import { explain, renderError, renderLine, renderWarning } from '../../../../time/words.ts'
import { Alert } from '../../../components/alert/alert.tsx'
import { Button } from '../../../components/button/button.tsx'
import { DayStrip } from '../../../components/day-strip/day-strip.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { Input } from '../../../components/input/input.tsx'
import { Select } from '../../../components/select/select.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { regulationPath } from '../../../paths.ts'
import { anchorOf } from '../law/edition.ts'
import { Say } from '../local.tsx'
import { WhyLines } from '../track/Facts.tsx'
import { normsOf } from './norms.ts'
import type { Typed, WhyAnswer } from './question.ts'
import { stripOf } from './strip.ts'

export interface WhyView {
  readonly typed: Typed
  readonly laws: readonly Law[]
  readonly regions: Regions['regions']
  readonly world: World
  readonly answer?: WhyAnswer
}

/** A small calculator: from a norm and a moment to the last lawful day, with its proof. */
export const WhyPage = ({ frame, view }: { frame: Frame; view: WhyView }) => {
  const { t } = frame.speech
  const wrong = view.answer?.kind === 'wrong' ? view.answer.field : undefined
  return (
    <Page frame={frame} title={t('public.why.title')} hasError={wrong !== undefined} description={t('proofs.describeWhy')}>
      {wrong ? <ErrorSummary errorList={[{ text: t(`public.why.wrong.${wrong}`), href: `#${wrong}` }]} /> : null}
      <h1 class="govuk-heading-l">{t('public.why.title')}</h1>
      <p class="govuk-body">{t('public.why.intro')}</p>
      <Result view={view} />
      <form method="get" action="/why" novalidate>
        <NormSelect view={view} />
        <details class="q-why" open={Boolean(view.typed.value) && !view.typed.norm}>
          <summary>{t('public.why.own')}</summary>
          <Own view={view} />
        </details>
        {view.typed.clause && !view.typed.norm ? <input type="hidden" name="clause" value={view.typed.clause} /> : null}
        <div class="q-row q-fields q-fields--near">
          <Input name="date" type="date" label={t('public.why.date')} value={view.typed.date} classes="govuk-input--width-10" />
          <Input name="time" type="time" label={t('public.why.time')} value={view.typed.time} classes="govuk-input--width-5" />
        </div>
        <Button text={t('public.why.count')} />
      </form>
    </Page>
  )
}

const NormSelect = ({ view }: { view: WhyView }) => {
  const { t, norm, language } = useSpeech()
  return (
    <div class="govuk-form-group">
      <label class="govuk-label" for="norm">
        {t('public.why.norm')}
      </label>
      <select class="govuk-select q-full" id="norm" name="norm">
        <option value="">{t('public.why.ownNorm')}</option>
        {view.laws.map((law) => {
          const { region } = law.regulation
          const name = pickText(view.regions[region]?.name ?? { kk: region }, language).text
          return (
            <optgroup label={name}>
              {normsOf(law).map((one) => (
                <option value={one.id} selected={one.id === view.typed.norm}>
                  {`${t('components.clause.clause', { number: one.clause })}: ${norm(one)}${one.location && one.location !== 'any' ? ` (${t(`public.location.${one.location}`)})` : ''} – ${pickText(one.of, language).text}`}
                </option>
              ))}
            </optgroup>
          )
        })}
      </select>
    </div>
  )
}

const Own = ({ view }: { view: WhyView }) => {
  const { t, language } = useSpeech()
  const party = (name: 'receiver' | 'performer') => (
    <Select
      name={name}
      label={t(`public.why.${name}`)}
      value={view.typed[name] ?? 'provider'}
      items={(['provider', 'corporation'] as const).map((value) => ({ value, text: t(`public.party.${value}`) }))}
    />
  )
  return (
    <>
      <div class="q-row q-fields">
        <Input name="value" label={t('public.why.value')} value={view.typed.value} inputmode="numeric" classes="govuk-input--width-3" />
        <Select
          name="unit"
          label={t('public.why.unit')}
          value={view.typed.unit ?? 'wd'}
          items={(['wd', 'cd', 'min'] as const).map((value) => ({ value, text: t(`public.unit.${value}`) }))}
        />
        <Select
          name="region"
          label={t('public.why.region')}
          value={view.typed.region}
          items={Object.entries(view.regions).map(([value, region]) => ({ value, text: pickText(region.name, language).text }))}
        />
      </div>
      <div class="q-row q-fields">
        {party('receiver')}
        {party('performer')}
      </div>
    </>
  )
}

const Result = ({ view }: { view: WhyView }) => {
  const { t } = useSpeech()
  const { answer } = view
  if (answer?.kind === 'cannot') return <Alert variant="error" title={renderError(t, answer.error)} />
  return answer?.kind === 'asked' ? <Answer view={view} answer={answer} /> : null
}

/** The date first, then the sheet of days, the rules with their acts, what is not certain, and the same lines as on the receipt. */
const Answer = ({ view, answer }: { view: WhyView; answer: Extract<WhyAnswer, { kind: 'asked' }> }) => {
  const { t, weekdayDate, time, dateTime, norm } = useSpeech()
  const { due } = answer
  return (
    <section class="q-answer" aria-labelledby="answer">
      <h2 class="govuk-heading-m" id="answer">
        {t('public.why.answer')}
      </h2>
      {answer.outOfForce ? <p class="q-why__warning">{t('public.why.outOfForce')}</p> : null}
      <p>{t('why.lead', { received: dateTime(due.receivedAt), norm: norm(due.norm) })}</p>
      <p class="q-answer__date">
        <time datetime={due.dueAt}>{t('components.deadline.dueAt', { date: weekdayDate(due.dueDate), time: time(due.dueAt) })}</time>
      </p>
      <p class="q-soft">
        {t('why.seconds')} {due.norm.unit === 'min' ? `${t('why.inside')}.` : ''} <Source answer={answer} />
      </p>
      <h3 class="govuk-heading-s" id="days">
        {t('why.days')}
      </h3>
      <DayStrip days={stripOf(due, view.world)} labelledBy="days" />
      <Rules view={view} due={due} />
      <details class="q-why">
        <summary>{t('why.steps')}</summary>
        <WhyLines lines={explain(due, view.world)} />
      </details>
      <p class="q-soft">{t('why.share')}</p>
    </section>
  )
}

/** The clause of the regulation, where one was asked about by its name. */
const Source = ({ answer }: { answer: Extract<WhyAnswer, { kind: 'asked' }> }) => {
  const { t } = useSpeech()
  const { clause } = answer.due.norm
  if (clause === null) return null
  const words = t('why.clauseOf', { clause: t('components.clause.clause', { number: clause }) })
  if (answer.regulation === undefined) return <>{words}.</>
  return (
    <a class="govuk-link" href={`${regulationPath(answer.regulation)}?on=${answer.due.receivedAt.slice(0, 10)}#${anchorOf(clause)}`}>
      {words}
    </a>
  )
}

/** The acts that the days cite, by their titles: the sheet itself has room for their numbers only. */
function actsOf(due: Counted, { calendars }: World) {
  const cited = [...due.skipped, ...due.days].flatMap(({ act, reason }) => (act === null || reason === 'dayZero' ? [] : [act]))
  return Object.values(calendars.base.acts).filter(({ id }) => cited.some((one) => one.startsWith(id)))
}

/** Start, end and close, each with the act in force on the day of receipt; what is not certain says so. */
const Rules = ({ view, due }: { view: WhyView; due: Counted }) => {
  const { t } = useSpeech()
  const lines = explain(due, view.world).filter(({ code }) => code === 'rule')
  const years = [...new Set(due.days.map(({ date }) => date.slice(0, 4)))]
  return (
    <>
      <h3 class="govuk-heading-s">{t('why.rules')}</h3>
      <ul class="q-rules">
        {lines.map((line) => (
          <li>{renderLine(t, line)}</li>
        ))}
        {actsOf(due, view.world).map((act) => (
          <li>
            <span class="q-number">{act.id}</span>: <Say text={act.title} />
          </li>
        ))}
        <li>
          {due.calendar.act ?? due.calendar.id}
          {due.calendar.confirmed ? '' : ` (${t('components.deadline.calendarUnconfirmed')})`}
          {years.map((year) => (
            <>
              {' '}
              <a class="govuk-link" href={`/calendar/${year}`}>
                {t('why.calendarOf', { year })}
              </a>
            </>
          ))}
        </li>
      </ul>
      {due.warnings.map((warning) => (
        <p class="q-why__warning">{renderWarning(t, warning)}</p>
      ))}
    </>
  )
}
