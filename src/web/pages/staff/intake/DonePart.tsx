import { Button } from '../../../components/button/button.tsx'
import { Input } from '../../../components/input/input.tsx'
import { Answers, IntakePart } from '../../../components/intake-part/intake-part.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { intakePath } from '../../../paths.ts'
import { intakeFrom } from '../work/place.ts'
import { answersOf, documentsOf, packageWords } from './answers.ts'
import { Command } from './OpenPart.tsx'
import type { Part } from './parts.ts'
import type { IntakeView } from './view.ts'

/** A part that is done: when, how it came out, its answers, and the way to correct what may be corrected. */
export const DonePart = ({ part, view }: { part: Extract<Part, { state: 'done' }>; view: IntakeView }) => {
  const speech = useSpeech()
  const { t, time } = speech
  const { step, done } = part
  const outcomes = Object.keys(step.outcomes)
  const outcome = outcomes.length > 1 ? view.naming.text(step.outcomes[done.outcome]?.title) : ''
  const late = view.state.dues.some((due) => due.step === step.id && due.state === 'metLate')
  return (
    <IntakePart state="done" title={view.naming.text(step.title)} clause={done.clause} at={time(done.at)} outcome={outcome} late={late}>
      <Answers
        answers={answersOf(view, step, speech).map(({ key, value, entry, warn }) => {
          const isOpen = entry !== undefined && view.change?.entry === entry
          return {
            key,
            value,
            warn,
            ...(entry !== undefined && !isOpen && view.state.ended === null
              ? { change: { href: intakeFrom(view.number, view.place, { change: entry }), text: key } }
              : {}),
            ...(isOpen ? { field: <Correction view={view} label={t('steps.field.after')} /> } : {}),
          }
        })}
      />
      {step.does.some(({ act }) => act === 'handIn') ? <Package view={view} /> : null}
    </IntakePart>
  )
}

/** Document by document; open where the answers are looked at for the last time. */
export const Package = ({ view }: { view: IntakeView }) => {
  const speech = useSpeech()
  const documents = documentsOf(view, speech)
  const isLast = view.checking || (view.open?.step.does.some(({ act }) => act === 'sealRequest' || act === 'handOver') ?? false)
  return (
    <details class="q-intake__package" open={isLast || documents.some(({ warn }) => warn)}>
      <summary>{packageWords(view, speech)}</summary>
      <Answers answers={documents} />
    </details>
  )
}

/** What is so stays readable in the history; the correction is an event of its own, with its reason. */
const Correction = ({ view, label }: { view: IntakeView; label: string }) => {
  const { t } = useSpeech()
  const { change } = view
  if (change === null) return null
  return (
    <form method="post" action={intakePath(view.number)} novalidate>
      <Command view={view} />
      <input type="hidden" name="_do" value="correct" />
      <input type="hidden" name="entry" value={change.entry} />
      <div class="q-fields">
        <Input
          name="value"
          label={label}
          value={change.form.value('value')}
          errorMessage={change.form.error('value')}
          autocomplete="off"
          spellcheck={false}
          attributes={{ autofocus: true }}
        />
        <Input
          name="reason"
          label={t('steps.field.reason')}
          value={change.form.value('reason')}
          errorMessage={change.form.error('reason')}
          autocomplete="off"
        />
      </div>
      <div class="q-intake__acts">
        <Button text={t('intake.correct')} preventDoubleClick />
        <a class="govuk-link" href={intakeFrom(view.number, view.place)}>
          {t('intake.leave')}
        </a>
      </div>
    </form>
  )
}
