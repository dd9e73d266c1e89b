import type { Child } from 'hono/jsx'
import type { World } from '../../../../time/schedule.ts'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { Button } from '../../../components/button/button.tsx'
import { Invented } from '../../../components/invented/invented.tsx'
import { LookAgain } from '../../../components/look-again/look-again.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { WarningText } from '../../../components/warning-text/warning-text.tsx'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { casePath, stepPath, waitingPath } from '../../../paths.ts'
import { ListWay } from '../work/onward.tsx'
import { Beside } from './Beside.tsx'
import type { StepView } from './view.ts'

/** An outside system has been asked: what is waited for and since when. An outage is told as one, never as "no data". */
export const WaitingPage = ({ frame, view, world, notice }: { frame: Frame; view: StepView; world: World; notice?: Child }) => {
  const { t } = frame.speech
  const title = view.naming.text(view.step.title)
  return (
    <Page
      frame={frame}
      title={`${t('steps.waiting.title')} – ${view.number}`}
      before={
        <>
          {view.place ? <ListWay place={view.place} number={view.number} /> : null}
          <BackLink href={casePath(view.number)} text={t('pages.case.back', { number: view.number })} />
        </>
      }
      notice={
        <>
          <Invented text={view.invented} />
          {notice}
        </>
      }
    >
      <h1 class="govuk-heading-l">{title}</h1>
      <div class="q-columns">
        <Waiting view={view} />
        <Beside view={view} world={world} />
      </div>
    </Page>
  )
}

const Waiting = ({ view }: { view: StepView }) => {
  const { t, dateTime, time } = useSpeech()
  const awaiting = view.state.step?.awaiting
  if (awaiting === undefined) return null
  const from = awaiting.task === 'RequestSent' ? 'gateway' : 'register'
  return (
    <div>
      <section class="q-card">
        <h2 class="govuk-heading-m">{t('steps.waiting.title')}</h2>
        <p class="govuk-body">{t(`steps.waiting.${from}`)}</p>
        <p class="govuk-body">{t('steps.waiting.since', { at: dateTime(awaiting.since) })}</p>
        <p class="govuk-body">{t('steps.waiting.goesOn')}</p>
        {awaiting.failures > 0 ? (
          <>
            <WarningText text={t('steps.waiting.outage', { count: awaiting.failures })} />
            <p class="govuk-body">{t('steps.waiting.notNoData')}</p>
            {awaiting.retryAt ? <p class="govuk-body">{t('steps.waiting.retry', { at: time(awaiting.retryAt) })}</p> : null}
          </>
        ) : null}
        <LookAgain address={waitingPath(view.number, view.step.id)} />
        <Button href={stepPath(view.number, view.step.id)} text={t('steps.waiting.lookAgain')} classes="govuk-button--secondary" />
      </section>
    </div>
  )
}
