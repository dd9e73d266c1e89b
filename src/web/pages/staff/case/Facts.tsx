import { isTheirs } from '../../../../engine/case/steps.ts'
import { Button } from '../../../components/button/button.tsx'
import { Clause } from '../../../components/clause/clause.tsx'
import { Deadline } from '../../../components/deadline/deadline.tsx'
import { Key } from '../../../components/keys/keys.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { stepPath } from '../../../paths.ts'
import { proofShown, stateOf } from '../parts/terms.tsx'
import type { CaseProps } from './CasePage.tsx'

/** Three facts on top: where the case is and with whom, by when and why, and what the reader has to do. */
export const Facts = (props: CaseProps) => {
  const { t } = useSpeech()
  return (
    <div class="q-three">
      <Fact title={t('casePage.where')}>
        <Where {...props} />
      </Fact>
      <Fact title={t('casePage.byWhen')}>
        <ByWhen {...props} />
      </Fact>
      <Fact title={t('casePage.yourPart')}>
        <YourPart {...props} />
      </Fact>
    </div>
  )
}

const Fact = ({ title, children }: { title: string; children?: unknown }) => (
  <section class="q-three__fact">
    <h2 class="q-three__title">{title}</h2>
    {children}
  </section>
)

const Where = ({ history, naming }: CaseProps) => {
  const { t, dateTime } = useSpeech()
  const { state, bound } = history.file
  const open = state.step
  if (open === null) {
    if (state.ended === null) return <p>{t('common.none')}</p>
    return (
      <>
        <p class="q-three__main">{naming.ending(bound.court, state.ended.ending)}</p>
        <p>{dateTime(state.ended.at)}</p>
      </>
    )
  }
  const who = open.role === 'system' ? t('steps.system.engine') : naming.role(open.role, bound.court)
  const person = open.assignee === null ? '' : naming.person(open.assignee)
  const clause = bound.law.regulation.steps.find(({ id }) => id === open.id)?.clauses[0]
  return (
    <>
      <p class="q-three__main">{naming.step(bound.court, open.id)}</p>
      <p>
        {[person, who, naming.organisation(open.organisation)].filter(Boolean).join(', ')} {clause ? <Clause number={clause} /> : null}
      </p>
      <p class="q-soft">{t('casePage.since', { at: dateTime(open.since) })}</p>
    </>
  )
}

/** The nearest term that binds, with its proof; the last one that bound where the case is over. */
const ByWhen = ({ history, now, world }: CaseProps) => {
  const speech = useSpeech()
  const { state } = history.file
  const binding = state.dues.filter((due) => due.binding)
  const byEnd = (all: typeof binding) => all.toSorted((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt))
  const due = byEnd(binding.filter(({ endedAt }) => endedAt === null))[0] ?? (state.ended ? byEnd(binding).at(-1) : undefined)
  if (due === undefined) return <p>{speech.t('components.norm.untimed')}</p>
  return (
    <>
      <p>
        {speech.norm(due)} <Clause number={due.clause} />
      </p>
      <Deadline dueDate={due.proof.dueDate} dueAt={due.dueAt} state={stateOf(due, now)} proof={proofShown(due, world, speech)} />
    </>
  )
}

const YourPart = ({ history, naming, viewer, asOf }: CaseProps) => {
  const { t } = useSpeech()
  const { state, bound, number } = history.file
  if (asOf !== null) return <p>{t('casePage.past')}</p>
  if (state.step === null) return <p>{t('casePage.over')}</p>
  if (!isTheirs(state.step, viewer)) return <p>{t(viewer.role === 'supervisor' ? 'casePage.watch' : 'casePage.wait')}</p>
  if (state.step.awaiting !== undefined) return <p>{t('casePage.awaiting')}</p>
  return (
    <Button
      href={stepPath(number, state.step.id)}
      text={
        <>
          {naming.step(bound.court, state.step.id)} <Key name="n" />
        </>
      }
      attributes={{ 'data-key': 'n' }}
    />
  )
}
