import { consentOf } from '../../../../desk/tracker/consent.ts'
import type { CaseState } from '../../../../engine/case/state.ts'
import type { Translator } from '../../../../language/translator.ts'
import { Button } from '../../../components/button/button.tsx'
import { InsetText } from '../../../components/inset-text/inset-text.tsx'
import { Key } from '../../../components/keys/keys.tsx'
import { LookAgain } from '../../../components/look-again/look-again.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { WarningText } from '../../../components/warning-text/warning-text.tsx'
import { intakePath, waitingPath } from '../../../paths.ts'
import { Waiting } from '../parts/waiting.tsx'
import { ByKey, SignNote } from '../signing/Ways.tsx'
import type { StepView } from '../step/view.ts'
import { intakeFrom, writePlace } from '../work/place.ts'
import { Check } from './Check.tsx'
import { ConsentButtons, isConsentAlone } from './Consent.tsx'
import { EarlierApplication } from './EarlierApplication.tsx'
import { BoxedFields } from './fields.tsx'
import { isStuck } from './parts.ts'
import { Register } from './Register.tsx'
import type { IntakeView } from './view.ts'

/** The part whose turn it is: its form, the look at what was typed, or what is being waited for. */
export const OpenPart = ({ view }: { view: IntakeView }) => {
  const { open, state } = view
  if (open === null) return null
  const awaiting = state.step?.awaiting
  if (awaiting !== undefined && !isStuck(state)) return <Answer view={view} />
  return view.checking ? <Check view={view} open={open} /> : <Form view={view} open={open} />
}

/** An outside system was asked: the screen stays, and says when there is an answer. An outage is told as one, never as "no such person". */
const Answer = ({ view }: { view: IntakeView }) => {
  const { t } = useSpeech()
  const { step } = view.state
  if (step === null) return null
  return (
    <div role="status">
      <Waiting state={view.state} now={view.now} mine />
      <LookAgain address={waitingPath(view.number, step.id)} />
      <p class="q-intake__acts">
        <a class="govuk-link" href={intakeFrom(view.number, view.place)} data-key="l">
          {t('steps.waiting.lookAgain')} <Key name="l" />
        </a>
      </p>
    </div>
  )
}

const Form = ({ view, open }: { view: IntakeView; open: StepView }) => {
  const { t } = useSpeech()
  const acts = open.step.does.map(({ act }) => act)
  const signs = acts.includes('sealRequest') || acts.includes('sign')
  // Scans come with the form where no script sends them before.
  const enctype = open.sections.some(({ name }) => name === 'documents') ? 'multipart/form-data' : undefined
  return (
    <form id="step" method="post" action={intakePath(view.number)} enctype={enctype} novalidate>
      <Hidden view={view} step={open.step.id} />
      {/* Enter in a field, and a scanner, press the first button of a form: it is this one, and it does the step as it is typed. */}
      <button type="submit" class="q-default" tabindex={-1}>
        {t('steps.do')}
      </button>
      {acts.includes('handIn') ? <EarlierApplication view={view} /> : null}
      {isStuck(view.state) ? <WarningText text={stuckText(view.state, t)} /> : null}
      <Register view={view} signs={acts.includes('sealRequest')} />
      {acts.includes('checkCompleteness') ? <Lacking view={view} /> : null}
      {isConsentAlone(open) ? (
        <ConsentButtons view={view} open={open} />
      ) : (
        <>
          <BoxedFields open={open} />
          {signs && !view.checks ? <SignNote ways={open.ways} /> : null}
          <Do view={view} open={open} signs={signs} />
        </>
      )}
    </form>
  )
}

const Do = ({ view, open, signs }: { view: IntakeView; open: StepView; signs: boolean }) => {
  const { t } = useSpeech()
  const words = view.checks ? 'intake.toCheck' : signs ? 'steps.signAndDo' : isIncomplete(view, open) ? 'intake.doIncomplete' : 'steps.do'
  // Where there is nothing to type, one key does the step; a signature is never one careless Enter away.
  const isPlain = open.sections.length === 0 && !signs
  return (
    <div class="q-intake__acts">
      <Button
        preventDoubleClick
        attributes={{ 'data-key': 's', 'data-decide': true, autofocus: isPlain ? true : undefined }}
        text={
          <>
            {t(words)} <Key name="s" />
          </>
        }
      />
      {signs && !view.checks ? <ByKey ways={open.ways} /> : null}
    </div>
  )
}

const isIncomplete = (view: IntakeView, open: StepView) =>
  open.step.does.some(({ act }) => act === 'checkCompleteness') &&
  view.lacking !== null &&
  view.lacking.missing.length + view.lacking.expired.length > 0

export const Hidden = ({ view, step }: { view: IntakeView; step: string }) => (
  <>
    <Command view={view} />
    <input type="hidden" name="_step" value={step} />
  </>
)

/** What every form of the screen sends: which request it is, of which state of the case, and from which list. */
export const Command = ({ view }: { view: IntakeView }) => (
  <>
    <input type="hidden" name="_csrf" value={view.csrf} />
    <input type="hidden" name="_key" value={view.key} />
    <input type="hidden" name="_seen" value={view.version} />
    {view.place ? <input type="hidden" name="_from" value={writePlace(view.place)} /> : null}
  </>
)

const Lacking = ({ view: { lacking, law, naming } }: { view: IntakeView }) => {
  const { t, list } = useSpeech()
  if (lacking === null) return null
  const titles = (ids: readonly string[]) =>
    list(ids.map((id) => naming.text(law.standard.documents.find((rule) => rule.id === id)?.title)))
  const { missing, expired } = lacking
  if (missing.length + expired.length === 0) return <InsetText text={t('intake.looksComplete')} />
  return (
    <>
      {missing.length > 0 ? <WarningText text={t('intake.lacks', { documents: titles(missing) })} /> : null}
      {expired.length > 0 ? <WarningText text={t('intake.lacksValid', { documents: titles(expired) })} /> : null}
    </>
  )
}

/** A consent that was refused is the person's word, and no system that is out. */
function stuckText(state: CaseState, t: Translator): string {
  const code = consentOf(state.step?.awaiting?.lastFailure ?? null)
  return code === null ? t('intake.stuck') : `${t(`steps.waiting.consent.${code}.is`)} ${t(`steps.waiting.consent.${code}.then`)}`
}
