import { failureCode } from '../../../../gateway/failure.ts'
import { technicalFailure } from '../../../../gateway/failures.ts'
import type { RegisterFaults } from '../../../../gateway/register/simulator/simulator.ts'
import { pickText } from '../../../../language/translator.ts'
import type { Regions } from '../../../../time/regions.ts'
import { Alert } from '../../../components/alert/alert.tsx'
import { Button } from '../../../components/button/button.tsx'
import { Checkboxes } from '../../../components/checkboxes/checkboxes.tsx'
import { Input } from '../../../components/input/input.tsx'
import { Select } from '../../../components/select/select.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { SummaryList } from '../../../components/summary-list/summary-list.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { paths } from '../../../paths.ts'
import { Csrf, Say, Section } from '../local.tsx'
import { steps } from './clock.ts'

export interface DemoView {
  /** Now in the region, RFC 3339. */
  readonly now: string
  readonly region: string
  readonly regions: Regions['regions']
  readonly faults: RegisterFaults
  readonly edges: Readonly<Record<string, string>>
  readonly said?: string
}

const sayings = ['clockSet', 'clockWrong', 'faultsSet']

/** Everything that a demonstration may turn: the clock, the register's faults; and the people behind whom something is out of the ordinary. */
export const DemoPage = ({ frame, view }: { frame: Frame; view: DemoView }) => {
  const { t } = frame.speech
  const said = sayings.find((one) => one === view.said)
  return (
    <Page frame={frame} title={t('public.demo.title')}>
      {said ? <Alert variant={said === 'clockWrong' ? 'error' : 'success'} title={t(`public.demo.${said}`)} /> : null}
      <h1 class="govuk-heading-l">{t('public.demo.title')}</h1>
      <p class="govuk-body">{t('public.demo.intro')}</p>
      <p class="govuk-body">
        <a class="govuk-link" href="/">
          {t('public.demo.people')}
        </a>
        {' · '}
        <a class="govuk-link" href="/hall">
          {t('public.hall.branches')}
        </a>
        {' · '}
        <a class="govuk-link" href={paths.messages}>
          {t('notices.box.title')}
        </a>
      </p>
      <Clock frame={frame} view={view} />
      <Faults frame={frame} view={view} />
      <Section id="edges" title={t('public.demo.edges')}>
        <p class="govuk-body">{t('public.demo.edgesIntro')}</p>
        <SummaryList
          rows={Object.entries(view.edges).map(([edge, iin]) => ({
            key: { text: iin, classes: 'q-number' },
            value: t(`public.demo.edge.${edge}`),
          }))}
        />
      </Section>
    </Page>
  )
}

const Clock = ({ frame, view }: { frame: Frame; view: DemoView }) => {
  const { t, dateTime, language, length } = useSpeech()
  return (
    <Section id="clock" title={t('public.demo.clock')}>
      <p class="govuk-body">
        <Say text={view.regions[view.region]?.name ?? { kk: view.region }} />: <strong>{dateTime(view.now)}</strong>
      </p>
      <form method="post" action="/demo/clock" class="q-row q-fields">
        <Csrf frame={frame} />
        <input type="hidden" name="region" value={view.region} />
        {steps.map((minutes) => (
          <Button
            name="advance"
            value={String(minutes)}
            text={`+ ${length(minutes < 60 ? { minutes } : minutes < 1440 ? { hours: minutes / 60 } : { calendarDays: minutes / 1440 })}`}
            classes="govuk-button--secondary"
          />
        ))}
        <Button name="do" value="nextMorning" text={t('public.demo.nextMorning')} classes="govuk-button--secondary" />
      </form>
      <form method="post" action="/demo/clock" class="q-row q-fields">
        <Csrf frame={frame} />
        <Select
          name="region"
          label={t('public.why.region')}
          value={view.region}
          items={Object.entries(view.regions).map(([value, { name }]) => ({ value, text: pickText(name, language).text }))}
        />
        <Input name="date" type="date" label={t('public.why.date')} value={view.now.slice(0, 10)} classes="govuk-input--width-10" />
        <Input name="time" type="time" label={t('public.why.time')} value={view.now.slice(11, 16)} classes="govuk-input--width-5" />
        <Button name="do" value="set" text={t('public.demo.set')} />
      </form>
    </Section>
  )
}

const Faults = ({ frame, view }: { frame: Frame; view: DemoView }) => {
  const { t, language } = useSpeech()
  const { down, wrongAnswer, delayMs, refuse } = view.faults
  return (
    <Section id="faults" title={t('public.demo.faults')}>
      <p class="govuk-body">{t('public.demo.faultsIntro')}</p>
      <form method="post" action="/demo/faults">
        <Csrf frame={frame} />
        <Checkboxes
          name="fault"
          classes="govuk-checkboxes--small"
          fieldset={{ legend: t('public.demo.register') }}
          items={[
            { value: 'down', text: t('public.demo.down'), checked: down },
            { value: 'wrongAnswer', text: t('public.demo.wrongAnswer'), checked: wrongAnswer },
          ]}
        />
        <Input name="delay" label={t('public.demo.delay')} value={delayMs / 1000} inputmode="numeric" classes="govuk-input--width-3" />
        <Select
          name="refuse"
          label={t('public.demo.refuse')}
          value={refuse ?? ''}
          items={[
            { value: '', text: t('common.none') },
            ...failureCode.options.map((code) => ({
              value: code,
              text: `${pickText(technicalFailure(code).text, language).text} (${code})`,
            })),
          ]}
        />
        <Button text={t('common.save')} />
      </form>
    </Section>
  )
}
