import type { Child } from 'hono/jsx'
import type { World } from '../../../../time/schedule.ts'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { Button } from '../../../components/button/button.tsx'
import { Invented } from '../../../components/invented/invented.tsx'
import { LookAgain } from '../../../components/look-again/look-again.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { casePath, stepPath, waitingPath } from '../../../paths.ts'
import { Waiting } from '../parts/waiting.tsx'
import { ListWay } from '../work/onward.tsx'
import { Beside } from './Beside.tsx'
import type { StepView } from './view.ts'

interface WaitingProps {
  frame: Frame
  view: StepView
  world: World
  /** The law's time. */
  now: string
  notice?: Child
}

/** An outside system has been asked: what is waited for and since when. An outage is told as one, never as "no data". */
export const WaitingPage = ({ frame, view, world, now, notice }: WaitingProps) => {
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
        <Answer view={view} now={now} />
        <Beside view={view} world={world} />
      </div>
    </Page>
  )
}

const Answer = ({ view, now }: { view: StepView; now: string }) => {
  const { t } = useSpeech()
  return (
    <div>
      <section class="q-card">
        <h2 class="govuk-heading-m">{t('steps.waiting.title')}</h2>
        <Waiting state={view.state} now={now} mine />
        <LookAgain address={waitingPath(view.number, view.step.id)} />
        <Button href={stepPath(view.number, view.step.id)} text={t('steps.waiting.lookAgain')} classes="govuk-button--secondary" />
      </section>
    </div>
  )
}
