import { pickText } from '../../../../language/translator.ts'
import type { Law } from '../../../../law/model.ts'
import type { Deadline as Counted } from '../../../../time/deadline.ts'
import type { Regions } from '../../../../time/regions.ts'
import type { World } from '../../../../time/schedule.ts'
import { explain, renderError, renderLine, renderWarning } from '../../../../time/words.ts'
import { Alert } from '../../../components/alert/alert.tsx'
import { Button } from '../../../components/button/button.tsx'
import { Deadline, type DeadlineProof } from '../../../components/deadline/deadline.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { Input } from '../../../components/input/input.tsx'
import { Select } from '../../../components/select/select.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { WhyLines } from '../track/Facts.tsx'
import { normsOf } from './norms.ts'
import type { Typed, WhyAnswer } from './question.ts'

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
    <Page frame={frame} title={t('public.why.title')} hasError={wrong !== undefined}>
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
        <div class="q-row q-fields">
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
  const { answer, world } = view
  if (answer?.kind === 'cannot') return <Alert variant="error" title={renderError(t, answer.error)} />
  if (answer?.kind !== 'asked') return null
  const { due } = answer
  const lines = explain(due, world)
  const rules = lines.filter(({ code }) => code === 'rule')
  const told = due.rules.map((rule, index) => ({ ...rule, source: rules[index] === undefined ? rule.source : renderLine(t, rules[index]) }))
  return (
    <section class="q-card" aria-labelledby="answer">
      <h2 class="govuk-heading-m" id="answer">
        {t('public.why.answer')}
      </h2>
      {answer.outOfForce ? <p class="q-why__warning">{t('public.why.outOfForce')}</p> : null}
      <WhyLines lines={lines} />
      <Deadline
        dueDate={due.dueDate}
        dueAt={due.dueAt}
        proof={proofOf(
          { ...due, rules: told },
          due.warnings.map((warning) => ({ code: warning.code, text: renderWarning(t, warning) })),
        )}
      />
    </section>
  )
}

/** The component knows no `null`: an act that has not been seen is left out. */
function proofOf({ norm, receivedAt, dayZero, days, rules, calendar }: Counted, warnings: DeadlineProof['warnings']): DeadlineProof {
  return {
    norm: { value: norm.value, unit: norm.unit, ...(norm.clause === null ? {} : { clause: norm.clause }) },
    receivedAt,
    dayZero,
    days: days.map(({ act, ...day }) => ({ ...day, ...(act === null ? {} : { act }) })),
    rules,
    calendar: { id: calendar.id, confirmed: calendar.confirmed, ...(calendar.act === null ? {} : { act: calendar.act }) },
    warnings,
  }
}
