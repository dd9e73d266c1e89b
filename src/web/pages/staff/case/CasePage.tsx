import type { Child } from 'hono/jsx'
import type { SinceLook } from '../../../../desk/lastLook.ts'
import type { History as Read } from '../../../../desk/reading.ts'
import type { Scan } from '../../../../desk/scanRoom.ts'
import type { Actor } from '../../../../engine/case/events.ts'
import { rowsOf } from '../../../../engine/case/rows.ts'
import { isTheirs } from '../../../../engine/case/steps.ts'
import type { Side } from '../../../../engine/case/talk.ts'
import type { ExchangeRow } from '../../../../gateway/journal/journal.ts'
import { inventedOf } from '../../../../law/invented.ts'
import type { JournalEntry } from '../../../../ledger/ledger.ts'
import type { World } from '../../../../time/schedule.ts'
import { Alert } from '../../../components/alert/alert.tsx'
import { BackLink } from '../../../components/back-link/back-link.tsx'
import { CaseHeader } from '../../../components/case-header/case-header.tsx'
import { Details } from '../../../components/details/details.tsx'
import { Invented } from '../../../components/invented/invented.tsx'
import type { LoggedNotice } from '../../../components/notice-log/notice-log.tsx'
import { PrintButton } from '../../../components/print-button/print-button.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { casePath, paths, regulationPath } from '../../../paths.ts'
import type { Naming } from '../../../wording/naming.ts'
import { Exchanges } from '../exchanges/ExchangesPage.tsx'
import { hasOtherNode, OtherNode } from '../parts/otherNode.tsx'
import { SinceYouLooked } from '../parts/sinceLook.tsx'
import { Told } from '../parts/telling.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { Actions } from './Actions.tsx'
import { Applicant, Custody, Documents, Findings, Papers } from './Content.tsx'
import { Events, Outages, Readers } from './Events.tsx'
import { Facts } from './Facts.tsx'
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
  exchanges: readonly ExchangeRow[]
  /** Version at which the case is shown; null: as it is. */
  asOf: number | null
  look: SinceLook | null
  /** The side that has the case, where that is another node's. */
  away: Side | null
}

/** A case whole: where it is, by when and why, what lies in it, what happened. */
export const CasePage = (props: CaseProps) => {
  const { frame, history, naming, viewer, since, readers, asOf, look } = props
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
          {asOf === null ? null : <AsOf history={history} />}
          {since === null ? null : <Told history={history} naming={naming} viewer={viewer} since={since} />}
          {look === null ? null : <SinceYouLooked history={history} naming={naming} look={look} />}
        </>
      }
    >
      <Header {...props} />
      <Waits {...props} />
      <Elsewhere {...props} />
      <Anchors {...props} />
      <div class="q-columns">
        <div>
          <Part id="application">
            <Applicant {...props} />
          </Part>
          <Part id="documents">
            <Documents {...props} />
            <Findings {...props} />
          </Part>
          <Part id="history">
            <Events {...props} />
            <Notices {...props} />
            <OfCase rows={props.exchanges} />
            {readers === null ? null : <Readers {...props} readers={readers} />}
          </Part>
        </div>
        <aside aria-label={t('pages.case.beside')}>
          <Part id="papers">
            <Papers {...props} />
          </Part>
          <Part id="terms">
            <Terms {...props} />
          </Part>
          <Part id="custody">
            <Custody {...props} />
            <Outages {...props} />
          </Part>
          {asOf === null ? <Actions {...props} /> : null}
        </aside>
      </div>
    </Page>
  )
}

const parts = ['application', 'documents', 'history', 'papers', 'terms', 'custody'] as const

const Part = ({ id, children }: { id: (typeof parts)[number]; children?: Child }) => <div id={id}>{children}</div>

/** An outside system has been asked: whoever looks at the case sees what for, since when, and what comes next. */
const Waits = ({ history, viewer, now, asOf }: CaseProps) => {
  const { t } = useSpeech()
  const { state } = history.file
  if (asOf !== null || state.step?.awaiting === undefined) return null
  return (
    <section class="q-card" id="waiting" role="status">
      <h2 class="govuk-heading-s">{t('steps.waiting.title')}</h2>
      <Waiting state={state} now={now} mine={isTheirs(state.step, viewer)} />
    </section>
  )
}

/** Another node has the case, or has not heard yet what was done here. */
const Elsewhere = ({ history, naming, asOf, away }: CaseProps) => {
  const { t } = useSpeech()
  const { state, bound } = history.file
  if (asOf !== null || !hasOtherNode({ state, away })) return null
  return (
    <section class="q-card" id="other-node" role="status">
      <h2 class="govuk-heading-s">{t('steps.otherNode.title')}</h2>
      <OtherNode state={state} away={away} step={naming.step(bound.court, state.step?.id ?? null)} />
    </section>
  )
}

/** What was exchanged with systems outside, newest first; each row leads to its messages. */
const OfCase = ({ rows }: { rows: readonly ExchangeRow[] }) => {
  const { t } = useSpeech()
  if (rows.length === 0) return null
  return (
    <Details summaryText={t('exchanges.ofCase')}>
      <Exchanges rows={rows.toReversed()} caption={t('exchanges.ofCase')} />
    </Details>
  )
}

/** The way to each part of a long page. */
const Anchors = ({ history }: CaseProps) => {
  const { t } = useSpeech()
  return (
    <nav class="q-anchors" aria-label={t('casePage.parts')}>
      <ul>
        {parts.map((part) => (
          <li>
            <a class="govuk-link" href={`#${part}`}>
              {t(`casePage.part.${part}`, { count: part === 'papers' ? history.file.state.papers.length : 0 })}
            </a>
          </li>
        ))}
      </ul>
      <PrintButton text={t('casePage.print')} />
    </nav>
  )
}

/** Nobody must take the past for the present. */
const AsOf = ({ history }: Pick<CaseProps, 'history'>) => {
  const { t, dateTime } = useSpeech()
  const last = history.events.at(-1)
  return (
    <Alert variant="warning" title={t('casePage.asOfTitle')} showTitleAsHeading>
      <p>{t('casePage.asOf', { at: last ? dateTime(last.at) : '' })}</p>
      <p>
        <a class="govuk-link" href={casePath(history.file.number)}>
          {t('casePage.toPresent')}
        </a>
      </p>
    </Alert>
  )
}

const Header = (props: CaseProps) => {
  const { t, shortDate } = useSpeech()
  const { history, naming } = props
  const { number, state, bound } = history.file
  const { regulation } = bound.law
  const { summary } = rowsOf(bound.court, state)
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
        holder={<Holder {...props} />}
      />
      <Facts {...props} />
      <p class="govuk-body-s">{naming.text(regulation.title)}</p>
    </>
  )
}

function statusOf({ history, naming }: CaseProps, t: (key: string) => string) {
  const { state, bound } = history.file
  if (state.ended === null) return { text: t('pages.case.inWork'), classes: 'govuk-tag--blue' }
  const served = state.ended.kind === 'served'
  return { text: naming.ending(bound.court, state.ended.ending), classes: served ? 'govuk-tag--green' : 'govuk-tag--grey' }
}

const Holder = ({ history, naming }: CaseProps) => {
  const { t } = useSpeech()
  const { state, bound } = history.file
  const item = state.custody.answer ?? state.custody.package
  if (item === undefined) return <>{t('steps.applicant')}</>
  const { role, organisation } = item.holder
  return <>{[naming.role(role, bound.court), naming.organisation(organisation)].filter(Boolean).join(', ')}</>
}
