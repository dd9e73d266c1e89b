import type { Child } from 'hono/jsx'
import type { World } from '../../../../time/schedule.ts'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { Button } from '../../../components/button/button.tsx'
import { Clause } from '../../../components/clause/clause.tsx'
import { ErrorSummary } from '../../../components/error-summary/error-summary.tsx'
import { InsetText } from '../../../components/inset-text/inset-text.tsx'
import { Invented } from '../../../components/invented/invented.tsx'
import { Key } from '../../../components/keys/keys.tsx'
import { Live } from '../../../components/live/live.tsx'
import { useSpeech } from '../../../components/speech.ts'
import type { Section } from '../../../forms/sections.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { casePath, returnPath, stepPath } from '../../../paths.ts'
import { Marks } from '../parts/marks.tsx'
import { ByKey, SignNote } from '../signing/Ways.tsx'
import { ListWay } from '../work/onward.tsx'
import { writePlace } from '../work/place.ts'
import { Beside } from './Beside.tsx'
import { Brief } from './Brief.tsx'
import { ApplicationSection, ContactSection } from './sections/application.tsx'
import { DocumentsSection } from './sections/documents.tsx'
import { FindingsSection, RefusalSection } from './sections/examination.tsx'
import {
  AssigneeSection,
  ConsentSection,
  IdentificationSection,
  MarksCheckedSection,
  ReceiverSection,
  TakenSection,
  WronglyFilledSection,
} from './sections/small.tsx'
import { decidesOverOthers, type StepView } from './view.ts'

interface StepPageProps {
  frame: Frame
  view: StepView
  world: World
  /** What happened before: told on top. */
  notice?: Child
}

/** One step of a regulation: what its clause says, how long it may take, and a part of the form for each act that asks for something. */
export const StepPage = ({ frame, view, world, notice }: StepPageProps) => {
  const { t } = frame.speech
  const title = view.naming.text(view.step.title)
  return (
    <Page
      frame={frame}
      title={`${title} – ${view.number}`}
      hasError={view.form.errors.length > 0}
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
          <Live number={view.number} version={view.version} />
        </>
      }
    >
      {view.form.errors.length > 0 ? <ErrorSummary errorList={view.form.errors} /> : null}
      <h1 class="govuk-heading-l">{title}</h1>
      {/* No clause stops the service for it: whoever does the step is told, and decides by the grounds of the Standard. */}
      <Marks answer={view.state.registerAnswer} naming={view.naming} law={view.law} />
      <div class="q-columns">
        <div>
          {decidesOverOthers(view) ? <Brief view={view} /> : null}
          <StepForm view={view} />
        </div>
        <Beside view={view} world={world} />
      </div>
    </Page>
  )
}

const StepForm = ({ view }: { view: StepView }) => {
  const { t } = useSpeech()
  // Scans come with the form where no script sends them before.
  const enctype = view.sections.some(({ name }) => name === 'documents') ? 'multipart/form-data' : undefined
  const signs = view.step.does.some(({ act }) => act === 'sign' || act === 'sealRequest')
  return (
    <form id="step" method="post" action={stepPath(view.number, view.step.id)} enctype={enctype} novalidate>
      {/* The first button is the one that Enter in a field and Ctrl+Enter press: it must not be one that only draws the form anew. */}
      <button type="submit" hidden />
      <input type="hidden" name="_csrf" value={view.csrf} />
      <input type="hidden" name="_key" value={view.key} />
      <input type="hidden" name="_seen" value={view.version} />
      {view.place ? <input type="hidden" name="_from" value={writePlace(view.place)} /> : null}
      {view.sections
        .filter(({ name }) => name !== 'signature')
        .map((section) => (
          <SectionPart section={section} view={view} />
        ))}
      {signs ? <SignNote ways={view.ways} /> : null}
      {view.step.does.some(({ act }) => act === 'appear') ? <InsetText text={t('steps.appear')} /> : null}
      <div class="govuk-button-group">
        <Button
          preventDoubleClick
          // Nothing to type and nothing to sign: one key does the step.
          attributes={{ 'data-decide': true, 'data-key': 's', autofocus: view.sections.length === 0 ? true : undefined }}
          text={
            <>
              {t(signs ? 'steps.signAndDo' : 'steps.do')} <Key name="s" />
            </>
          }
        />
        {signs ? <ByKey ways={view.ways} /> : null}
        {view.mayReturn ? (
          <a class="govuk-link" href={returnPath(view.number)} data-key="b">
            {t('deciding.return')} <Key name="b" />
          </a>
        ) : null}
      </div>
    </form>
  )
}

/** The legend says which clause asks for this part; what the general law attached says so. */
const SectionPart = ({ section, view }: { section: Section; view: StepView }) => {
  const { t } = useSpeech()
  return (
    <div class="q-card q-part" id={`part-${section.name}`}>
      <fieldset class="govuk-fieldset">
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--m">{t(`steps.section.${section.name}`)}</legend>
        <p class="q-part__clause">
          <Clause number={section.clause} />
          {section.duty ? <> – {t('steps.duty')}</> : null}
        </p>
        <SectionFields section={section} view={view} />
      </fieldset>
    </div>
  )
}

const SectionFields = ({ section: { name, act }, view }: { section: Section; view: StepView }) => {
  switch (name) {
    case 'application':
      return <ApplicationSection view={view} />
    case 'documents':
      return <DocumentsSection view={view} />
    case 'applicant':
      return <ContactSection view={view} />
    case 'consent':
      return <ConsentSection view={view} />
    case 'identification':
      return <IdentificationSection view={view} />
    case 'wronglyFilled':
      return <WronglyFilledSection view={view} />
    case 'findings':
      return <FindingsSection view={view} />
    case 'refusal':
      return <RefusalSection view={view} />
    case 'assignee':
      return <AssigneeSection view={view} />
    case 'taken':
      return <TakenSection view={view} what={act.act === 'takeOver' ? act.what : 'package'} />
    case 'receiver':
      return <ReceiverSection view={view} receipt={act.act === 'giveAnswer' && act.against === 'receiptAndIdentity'} />
    case 'marksChecked':
      return <MarksCheckedSection view={view} />
    case 'signature':
      return null
  }
}
