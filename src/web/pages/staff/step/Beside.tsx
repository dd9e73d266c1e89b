import { stepOf } from '../../../../engine/case/law.ts'
import { isRunning } from '../../../../engine/case/parts.ts'
import { nameOf } from '../../../../engine/case/rows.ts'
import type { Step } from '../../../../law/schema/step.ts'
import type { World } from '../../../../time/schedule.ts'
import { Clause } from '../../../components/clause/clause.tsx'
import { Details } from '../../../components/details/details.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { regulationPath } from '../../../paths.ts'
import { Term } from '../parts/terms.tsx'
import { AnswerBeside } from './sections/examination.tsx'
import type { StepView } from './view.ts'

/** Beside the form: the term that runs, the clause and what it means, how the text was read, and who acts next. */
export const Beside = ({ view, world }: { view: StepView; world: World }) => {
  const { t } = useSpeech()
  const { state, step, law } = view
  const dues = state.dues
    .filter((due) => isRunning(due) && (due.binding || due.step === step.id || due.until === step.id))
    .toSorted((a, b) => Number(a.kind === 'term') - Number(b.kind === 'term'))
  return (
    <aside aria-label={t('steps.beside')}>
      {state.application ? (
        <section class="q-card">
          <h2 class="govuk-heading-s">{t('components.caseHeader.applicant')}</h2>
          <p class="govuk-body">{nameOf(state.application)}</p>
        </section>
      ) : null}
      <AnswerBeside view={view} />
      <section class="q-card">
        <h2 class="govuk-heading-s">{t('steps.norm')}</h2>
        {dues.length === 0 ? <p class="govuk-body">{t('components.norm.untimed')}</p> : null}
        {dues.map((due) => (
          <Term due={due} world={world} now={view.now} />
        ))}
      </section>
      <section class="q-card">
        <h2 class="govuk-heading-s">{t('steps.clauses')}</h2>
        {step.clauses.map((clause) => (
          <ClauseText clause={clause} view={view} />
        ))}
        <Readings view={view} />
        <p class="govuk-body">
          <a class="govuk-link" href={regulationPath(law.regulation.id)}>
            {t('steps.toRegulation')}
          </a>
        </p>
      </section>
      <Follows view={view} step={step} />
    </aside>
  )
}

const ClauseText = ({ clause, view: { law, naming } }: { clause: string; view: StepView }) => {
  const says = law.regulation.clauses.find((one) => one.clause === clause)?.says
  return (
    <p class="govuk-body">
      <Clause number={clause} />
      {says ? <>. {naming.text(says)}</> : null}
    </p>
  )
}

/** Where the text leaves a choice, the worker sees which reading the file takes. */
const Readings = ({ view: { law, step, naming } }: { view: StepView }) => {
  const { t } = useSpeech()
  const readings = step.readings.flatMap((id) => law.regulation.readings[id] ?? [])
  if (readings.length === 0) return null
  return (
    <Details summaryText={t('steps.readings', { count: readings.length })}>
      {readings.map((reading) => (
        <p>
          <strong>{naming.text(reading.question)}</strong> {naming.text(reading.takes)}
        </p>
      ))}
    </Details>
  )
}

const Follows = ({ view: { law, naming }, step }: { view: StepView; step: Step }) => {
  const { t } = useSpeech()
  return (
    <section class="q-card">
      <h2 class="govuk-heading-s">{t('steps.follows')}</h2>
      {Object.values(step.outcomes).map((outcome) => {
        const next = 'next' in outcome ? stepOf(law, outcome.next) : undefined
        const who = next?.actor === 'system' ? t('steps.system.engine') : naming.role(next?.actor, law)
        const what =
          'end' in outcome ? t('steps.ends', { ending: naming.ending(law, outcome.end) }) : `${naming.text(next?.title)} – ${who}`
        return (
          <p class="govuk-body">
            {Object.keys(step.outcomes).length > 1 ? <strong>{naming.text(outcome.title)}: </strong> : null}
            {what}
          </p>
        )
      })}
    </section>
  )
}
