import type { History as Read } from '../../../../desk/reading.ts'
import type { Scan } from '../../../../desk/scanRoom.ts'
import type { Actor } from '../../../../engine/case/events.ts'
import { rowsOf } from '../../../../engine/case/rows.ts'
import { isTheirs } from '../../../../engine/case/steps.ts'
import { inventedOf } from '../../../../law/invented.ts'
import type { JournalEntry } from '../../../../ledger/ledger.ts'
import type { World } from '../../../../time/schedule.ts'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { Button } from '../../../components/button/button.tsx'
import { CaseHeader } from '../../../components/case-header/case-header.tsx'
import { Clause } from '../../../components/clause/clause.tsx'
import { Deadline } from '../../../components/deadline/deadline.tsx'
import { Invented } from '../../../components/invented/invented.tsx'
import type { LoggedNotice } from '../../../components/notice-log/notice-log.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { paths, regulationPath, stepPath } from '../../../paths.ts'
import type { Naming } from '../../../wording/naming.ts'
import { Told } from '../parts/telling.tsx'
import { stateOf } from '../parts/terms.tsx'
import { Actions } from './Actions.tsx'
import { Applicant, Custody, Documents, Findings, Papers } from './Content.tsx'
import { Events, Outages, Readers } from './Events.tsx'
import { Notices } from './Notices.tsx'
import { Terms } from './Terms.tsx'

export interface CaseProps {
  frame: Frame
  history: Read
  naming: Naming
  viewer: Actor
  world: World
  now: string
  /** Version before the command whose success is told on top. */
  since: number | null
  /** Who read the case; null for those who may not see it. */
  readers: readonly JournalEntry[] | null
  scans: readonly Scan[]
  /** What the applicant was told by SMS and mail. */
  notices: readonly LoggedNotice[]
}

/** A case whole: where it is, by when and why, what lies in it, what happened. */
export const CasePage = (props: CaseProps) => {
  const { frame, history, naming, viewer, since, readers } = props
  const { t } = frame.speech
  const { number } = history.file
  return (
    <Page
      frame={frame}
      title={t('components.caseHeader.case', { number })}
      before={<BackLink href={viewer.role === 'supervisor' ? paths.overview : paths.work} text={t('pages.case.toList')} />}
      notice={
        <>
          <Invented text={inventedOf(history.file.bound.law)} />
          {since === null ? null : <Told history={history} naming={naming} viewer={viewer} since={since} />}
        </>
      }
    >
      <Header {...props} />
      <div class="q-columns">
        <div>
          <Applicant {...props} />
          <Documents {...props} />
          <Findings {...props} />
          <Events {...props} />
          <Notices {...props} />
          {readers === null ? null : <Readers {...props} readers={readers} />}
        </div>
        <aside aria-label={t('pages.case.beside')}>
          <Papers {...props} />
          <Terms {...props} />
          <Custody {...props} />
          <Outages {...props} />
          <Actions {...props} />
        </aside>
      </div>
    </Page>
  )
}

const Header = (props: CaseProps) => {
  const { t, shortDate } = useSpeech()
  const { history, naming, viewer } = props
  const { number, state, bound } = history.file
  const { regulation } = bound.law
  const { summary } = rowsOf(bound.court, state)
  const mine = state.step !== null && isTheirs(state.step, viewer)
  return (
    <>
      <CaseHeader
        number={number}
        applicant={summary.name ?? t('pages.work.noApplicant')}
        iin={summary.iin ?? undefined}
        regulation={
          <>
            <a class="govuk-link" href={regulationPath(regulation.id)}>
              {t('pages.case.regulation', { number: regulation.act.number, date: shortDate(regulation.act.date) })}
            </a>{' '}
            {t('components.caseHeader.edition', { date: shortDate(regulation.edition) })}
          </>
        }
        channel={naming.text(regulation.channels[state.channel]?.title)}
        receivedAt={state.openedAt}
        state={statusOf(props, t)}
        next={<Next {...props} />}
        holder={<Holder {...props} />}
        deadline={<Due {...props} />}
      />
      <p class="govuk-body-s">{naming.text(regulation.title)}</p>
      {mine && state.step ? <Button href={stepPath(number, state.step.id)} text={naming.step(bound.court, state.step.id)} /> : null}
    </>
  )
}

function statusOf({ history, naming }: CaseProps, t: (key: string) => string) {
  const { state, bound } = history.file
  if (state.ended === null) return { text: t('pages.case.inWork'), classes: 'govuk-tag--blue' }
  const served = state.ended.kind === 'served'
  return { text: naming.ending(bound.court, state.ended.ending), classes: served ? 'govuk-tag--green' : 'govuk-tag--grey' }
}

const Next = ({ history, naming }: CaseProps) => {
  const { t } = useSpeech()
  const { state, bound } = history.file
  const open = state.step
  if (open === null) return <>{t('common.none')}</>
  const who = open.role === 'system' ? t('steps.system.engine') : naming.role(open.role, bound.court)
  const person = open.assignee === null ? '' : naming.person(open.assignee)
  const clause = bound.law.regulation.steps.find(({ id }) => id === open.id)?.clauses[0]
  return (
    <>
      {naming.step(bound.court, open.id)} – {[person, who].filter(Boolean).join(', ')} {clause ? <Clause number={clause} /> : null}
    </>
  )
}

const Holder = ({ history, naming }: CaseProps) => {
  const { t } = useSpeech()
  const { state, bound } = history.file
  const item = state.custody.answer ?? state.custody.package
  if (item === undefined) return <>{t('steps.applicant')}</>
  const { role, organisation } = item.holder
  return <>{[naming.role(role, bound.court), naming.organisation(organisation)].filter(Boolean).join(', ')}</>
}

/** The nearest term that binds. */
const Due = ({ history, now }: CaseProps) => {
  const { t } = useSpeech()
  const { state } = history.file
  const running = state.dues.filter((due) => due.binding && due.endedAt === null)
  const [first] = running.toSorted((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt))
  if (first === undefined) return <>{t(state.ended ? 'common.none' : 'components.norm.untimed')}</>
  return <Deadline dueDate={first.proof.dueDate} dueAt={first.dueAt} state={stateOf(first, now)} />
}
