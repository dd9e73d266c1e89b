import { Clause } from '../../../components/clause/clause.tsx'
import { useSpeech } from '../../../components/speech.ts'
import type { Section } from '../../../forms/sections.ts'
import { identityAtHand } from '../../../forms/sections.ts'
import { ApplicationSection, ContactSection } from '../step/sections/application.tsx'
import { DocumentsSection } from '../step/sections/documents.tsx'
import { FindingsSection, RefusalSection } from '../step/sections/examination.tsx'
import {
  ConsentSection,
  IdentificationSection,
  MarksCheckedSection,
  ReceiverSection,
  WronglyFilledSection,
} from '../step/sections/small.tsx'
import type { StepView } from '../step/view.ts'

/** What the open step asks for; the legend says by which clause, and whether the general law attached it. */
export const BoxedFields = ({ open }: { open: StepView }) => (
  <>
    {open.sections
      .filter(({ name }) => name !== 'signature')
      .map((section) => (
        <Box section={section} open={open} />
      ))}
  </>
)

const Box = ({ section, open }: { section: Section; open: StepView }) => {
  const { t } = useSpeech()
  // The clause of the step stands above; one that the general law adds is said here.
  return (
    <fieldset class="govuk-fieldset q-intake__box" id={`part-${section.name}`}>
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">
        {t(`steps.section.${section.name}`)}{' '}
        {section.duty ? (
          <span class="q-intake__clause">
            <Clause number={section.clause} /> – {t('steps.duty')}
          </span>
        ) : null}
      </legend>
      <Fields section={section} open={open} />
    </fieldset>
  )
}

const Fields = ({ section: { name, act }, open }: { section: Section; open: StepView }) => {
  switch (name) {
    case 'application':
      return <ApplicationSection view={open} />
    case 'documents':
      return <DocumentsSection view={open} />
    case 'applicant':
      return <ContactSection view={open} />
    case 'consent':
      return <ConsentSection view={open} />
    case 'identification':
      return identityAtHand(open.law, open.state) ? <ByCard open={open} /> : <IdentificationSection view={open} />
    case 'wronglyFilled':
      return <WronglyFilledSection view={open} />
    case 'findings':
      return <FindingsSection view={open} />
    case 'refusal':
      return <RefusalSection view={open} />
    case 'receiver':
      return <ReceiverSection view={open} receipt={act.act === 'giveAnswer' && act.against === 'receiptAndIdentity'} />
    case 'marksChecked':
      return <MarksCheckedSection view={open} />
    case 'assignee':
    case 'taken':
    case 'signature':
      return null
  }
}

/** The card was shown with the documents: its number is not asked for again. */
export const ByCard = ({ open }: { open: StepView }) => {
  const { t, shortDate } = useSpeech()
  const shown = identityAtHand(open.law, open.state)
  if (shown === undefined) return null
  const until = open.state.documents.find(({ number }) => number === shown.number)?.validUntil
  const over = until !== undefined && until < open.now.slice(0, 10)
  return (
    <p class="govuk-body">
      {t('intake.byCard', { document: `${t(`steps.identity.${shown.kind}`)} № ${shown.number}` })}
      {until === undefined ? '' : ` ${t('intake.validTo', { day: shortDate(until) })}`}{' '}
      {over ? <strong class="q-answers__warn">{t('intake.expired')}</strong> : null}
    </p>
  )
}
