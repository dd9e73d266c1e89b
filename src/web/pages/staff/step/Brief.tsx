import { answerText } from '../../../../desk/papers/preview.ts'
import { AnswerText } from '../../../components/answer-text/answer-text.tsx'
import { Clause } from '../../../components/clause/clause.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { SummaryList } from '../../../components/summary-list/summary-list.tsx'
import { Tag } from '../../../components/tag/tag.tsx'
import { holdersOf } from '../../../wording/holders.ts'
import { HandedIn } from '../parts/handed.tsx'
import type { StepView } from './view.ts'

/** All that a decision rests on, before the form: who applied, what lies here, what was found, the answer as it will be printed. */
export const Brief = ({ view }: { view: StepView }) => {
  const { t } = useSpeech()
  const { state, file, now } = view
  const signs = view.step.does.some(({ act }) => act === 'sign')
  return (
    <>
      <Applied view={view} />
      <Found view={view} />
      {state.answer !== null && signs ? (
        <AnswerText
          title={t('deciding.asPrinted')}
          kind={state.answer.kind}
          {...(state.answer.kind === 'result'
            ? { result: answerText(file, 'result', [], now) }
            : { refusal: answerText(file, 'refusal', state.answer.grounds, now) })}
        />
      ) : null}
    </>
  )
}

const Applied = ({ view: { state, file, naming, asks } }: { view: StepView }) => {
  const { t } = useSpeech()
  const { application } = state
  if (!application) return null
  const { law } = file.bound
  const option = law.edition.options.find(({ id }) => id === state.asks)
  const holders = holdersOf(law, naming, t)
  const { representative } = application
  return (
    <section class="q-card">
      <h2 class="govuk-heading-s">{t('steps.section.application')}</h2>
      <SummaryList
        rows={[
          { key: asks, value: naming.text(option?.title) },
          holders === null ? null : { key: holders, value: t(application.holds ? 'common.yes' : 'common.no') },
          application.position ? { key: t('steps.field.position'), value: application.position } : null,
          application.workplace ? { key: t('steps.field.workplace'), value: application.workplace } : null,
          representative
            ? { key: t('steps.by.representative'), value: [representative.surname, representative.name].filter(Boolean).join(' ') }
            : null,
        ]}
      />
    </section>
  )
}

/** Document by document: what lies here and what was found of it. What was demanded and is not here stands among them. */
const Found = ({ view }: { view: StepView }) => {
  const { t } = useSpeech()
  const { state, law, naming, number, scans, now } = view
  const findings = state.examination?.findings ?? []
  const rules = law.standard.documents.filter(
    ({ id }) => state.documents.some((document) => document.id === id) || findings.some(({ document }) => document === id),
  )
  if (rules.length === 0) return null
  return (
    <section class="q-card">
      <h2 class="govuk-heading-s">{t(findings.length > 0 ? 'deciding.found' : 'steps.section.documents')}</h2>
      <ol class="q-examination__list">
        {rules.map((rule) => {
          const [handed, found] = [state.documents.find(({ id }) => id === rule.id), findings.find(({ document }) => document === rule.id)]
          const title = naming.text(rule.title)
          return (
            <li class="q-examined">
              <div class="q-examined__what">
                <strong class="q-examined__title">{title}</strong>{' '}
                <Clause number={rule.clause} unconfirmed={rule.unconfirmed !== undefined} />
                <div class="q-examined__seen">
                  {handed ? (
                    <HandedIn document={handed} title={title} number={number} scans={scans} now={now} />
                  ) : (
                    t('deciding.presence.absent')
                  )}
                </div>
                {found && !found.ok ? <p class="q-examined__fact">{found.fact}</p> : null}
              </div>
              {found ? (
                <Tag text={t(`steps.finding.${found.ok ? 'yes' : 'no'}`)} classes={found.ok ? 'govuk-tag--green' : 'govuk-tag--red'} />
              ) : null}
            </li>
          )
        })}
      </ol>
    </section>
  )
}
