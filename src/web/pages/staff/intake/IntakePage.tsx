import type { Child } from 'hono/jsx'
import type { World } from '../../../../time/schedule.ts'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { IntakePart } from '../../../components/intake-part/intake-part.tsx'
import { Invented } from '../../../components/invented/invented.tsx'
import { Live } from '../../../components/live/live.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { casePath } from '../../../paths.ts'
import { Beside } from '../step/Beside.tsx'
import { ListWay } from '../work/onward.tsx'
import { DonePart } from './DonePart.tsx'
import { OpenPart } from './OpenPart.tsx'
import { Outcome } from './Outcome.tsx'
import type { Part } from './parts.ts'
import type { IntakeView } from './view.ts'

interface IntakeProps {
  frame: Frame
  view: IntakeView
  world: World
  notice?: Child
}

/** An application from the first step to the last that is this desk's, on one screen and in the order of the law. */
export const IntakePage = ({ frame, view, world, notice }: IntakeProps) => {
  const { t } = frame.speech
  const title = t('intake.title', { number: view.number })
  const errors = [...(view.open?.form.errors ?? []), ...(view.change?.form.errors ?? [])]
  return (
    <Page
      frame={frame}
      title={title}
      hasError={errors.length > 0}
      before={
        <>
          {view.place ? <ListWay place={view.place} number={view.number} back={view.open === null} /> : null}
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
      {errors.length > 0 ? <ErrorSummary errorList={errors} /> : null}
      <Head view={view} />
      {view.open !== null && view.state.step?.awaiting === undefined ? <Live number={view.number} version={view.version} /> : null}
      {view.open === null ? <Outcome view={view} /> : null}
      <div class={view.open === null ? undefined : 'q-columns q-intake__columns'}>
        <ol class="q-intake">
          {view.parts.map((part) => (
            <PartOf part={part} view={view} />
          ))}
        </ol>
        {view.open === null ? null : <Beside view={view.open} world={world} />}
      </div>
    </Page>
  )
}

const Head = ({ view }: { view: IntakeView }) => {
  const { t } = useSpeech()
  const { law, state, naming } = view
  return (
    <div class="q-intake__head">
      <h1 class="govuk-heading-l">{t('intake.title', { number: view.number })}</h1>
      <p class="govuk-body">
        {naming.text(law.regulation.channels[state.channel]?.title)} → <strong>{naming.organisation(state.provider.id)}</strong>
      </p>
    </div>
  )
}

const PartOf = ({ part, view }: { part: Part; view: IntakeView }) => {
  const title = view.naming.text(part.step.title)
  const clause = part.step.clauses[0] ?? ''
  switch (part.state) {
    case 'done':
      return <DonePart part={part} view={view} />
    case 'open':
      return (
        <IntakePart state="open" title={title} clause={clause} focus={!beginsInField(view)}>
          <OpenPart view={view} />
        </IntakePart>
      )
    case 'ahead':
      return <IntakePart state="ahead" title={title} clause={clause} />
  }
}

/** Parts in which something is typed begin at their first field, plain ones at their button. Words to be read come before a key that cannot be undone. */
function beginsInField({ open, checking, state }: IntakeView): boolean {
  if (open === null || checking || state.step?.awaiting !== undefined) return false
  const acts = open.step.does.map(({ act }) => act)
  const types = open.sections.some(({ name }) => name === 'application' || name === 'applicant' || name === 'wronglyFilled')
  return types || (open.sections.length === 0 && !acts.includes('sealRequest') && !acts.includes('sign'))
}
