import { pickText } from '../../../../language/translator.ts'
import type { GeneralLaw } from '../../../../law/schema/general.ts'
import type { Text } from '../../../../law/schema/text.ts'
import { Alert } from '../../../components/alert/alert.tsx'
import { Clause } from '../../../components/clause/clause.tsx'
import { DocumentChecklist, type DocumentNeed } from '../../../components/document-checklist/document-checklist.tsx'
import type { HistoryEvent } from '../../../components/history/history.tsx'
import { History } from '../../../components/history/history.tsx'
import { Invented } from '../../../components/invented/invented.tsx'
import { PaperLink } from '../../../components/paper-link/paper-link.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { Cited, Doubt, Say, Section, said } from '../local.tsx'
import { Facts } from './Facts.tsx'
import type { Happened } from './happened.ts'
import type { ReadLine } from './readers.ts'
import type { Received, Tracker } from './tracker.ts'

export interface TrackView {
  readonly tracker: Tracker
  readonly service: Text
  readonly regulation: { readonly id: string; readonly edition: string; readonly invented?: Text }
  readonly general: readonly GeneralLaw[]
  readonly happened: readonly Happened[]
  readonly readers: readonly ReadLine[]
  /** `/t/<number>/<secret>`. */
  readonly base: string
}

/** The applicant's page: three facts on top, everything else below in the order in which it is asked for. */
export const TrackPage = ({ frame, view }: { frame: Frame; view: TrackView }) => {
  const { t } = frame.speech
  const { tracker } = view
  return (
    <Page frame={frame} title={t('public.track.titleOf', { number: tracker.number })} notice={<Notices view={view} />}>
      <h1 class="govuk-heading-l q-number">{t('public.track.titleOf', { number: tracker.number })}</h1>
      <Facts tracker={tracker} />
      <p class="govuk-body q-soft">
        <Say text={view.service} />
        {tracker.asks ? (
          <>
            : <Say text={tracker.asks} />
          </>
        ) : null}
      </p>
      <Papers view={view} />
      {tracker.documents.length > 0 ? <Documents documents={tracker.documents} frame={frame} /> : null}
      <Ahead tracker={tracker} />
      <Section id="happened" title={t('public.track.happened')}>
        <Happenings view={view} frame={frame} />
      </Section>
      <Complaints tracker={tracker} general={view.general} />
      <Readers readers={view.readers} />
      <p class="govuk-body">
        <a class="govuk-link" href={`/regulations/${view.regulation.id}?edition=${view.regulation.edition}`}>
          {t('public.track.regulation')}
        </a>
      </p>
    </Page>
  )
}

const Notices = ({ view }: { view: TrackView }) => {
  const { t, dateTime } = useSpeech()
  const { outage } = view.tracker
  return (
    <>
      {outage ? (
        <Alert variant="warning" title={t('public.track.outage.title')} showTitleAsHeading>
          {t('public.track.outage.text', { since: dateTime(outage.since) })}
        </Alert>
      ) : null}
      <Invented text={view.regulation.invented} />
    </>
  )
}

const Papers = ({ view }: { view: TrackView }) => {
  const { t, language, date } = useSpeech()
  const { papers } = view.tracker
  if (papers.length === 0) return null
  return (
    <Section id="papers" title={t('public.track.papers')}>
      {papers.map((paper) => (
        <>
          <PaperLink
            href={`${view.base}/papers/${paper.id}`}
            title={pickText(paper.title, language).text}
            languages={['kk', 'ru']}
            issuedAt={paper.at}
            copy={paper.copy}
          />
          {paper.replacedAt ? <p class="q-late">{t('public.track.replaced', { date: date(paper.replacedAt) })}</p> : null}
        </>
      ))}
    </Section>
  )
}

const needs: Record<string, DocumentNeed> = {
  required: 'required',
  ifAny: 'ifAny',
  forHolders: 'forHolders',
  ifNotInStateSystems: 'ifNotInIS',
}

const Documents = ({ documents, frame }: { documents: readonly Received[]; frame: Frame }) => (
  <DocumentChecklist
    readOnly
    caption={frame.speech.t('public.track.documents')}
    items={documents.map(({ id, rule, original, copy, returned, pages, validUntil }) => ({
      code: id,
      title: rule === null ? id : said(rule.title, frame),
      ...(rule === null ? {} : { clause: rule.clause }),
      need: needs[rule?.requirement ?? 'ifAny'] ?? 'ifAny',
      original,
      copy,
      returned,
      pages,
      ...(validUntil === undefined ? {} : { validUntil }),
    }))}
  />
)

const Ahead = ({ tracker }: { tracker: Tracker }) => {
  const { t, norm } = useSpeech()
  if (tracker.ahead.length === 0) return null
  return (
    <Section id="ahead" title={t('public.track.ahead')}>
      <ol class="govuk-list govuk-list--number q-ahead">
        {tracker.ahead.map((step) => (
          <li>
            <Say text={step.title} />
            <span class="q-ahead__who">
              {step.role ? <Say text={step.role} /> : t('public.system')}
              {', '}
              {step.norm ? norm(step.norm) : t('public.noNorm')}
              {', '}
              <Clause number={step.clause} />
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}

const shownAtOnce = 5

/** Newest first; what is older opens below and is printed in any case. */
const Happenings = ({ view, frame }: { view: TrackView; frame: Frame }) => {
  const all = view.happened.map((one, index) => eventOf(one, view.happened[index - 1], view, frame)).reverse()
  if (all.length <= shownAtOnce + 2) return <History events={all} />
  const older = all.slice(shownAtOnce)
  return (
    <>
      <History events={all.slice(0, shownAtOnce)} />
      <details class="q-why">
        <summary>{frame.speech.t('public.track.older', { count: older.length })}</summary>
        <History events={older} />
      </details>
    </>
  )
}

/** The organisation is said where it changes: a dozen lines of one office need its name once. */
function eventOf(one: Happened, before: Happened | undefined, view: TrackView, frame: Frame): HistoryEvent {
  const { t } = frame.speech
  const role = one.role?.kk === one.what?.kk ? null : one.role
  const organisation = one.organisation?.kk === before?.organisation?.kk ? null : one.organisation
  const by = [role, organisation].flatMap((text) => (text ? [said(text, frame)] : []))
  return {
    what: t(`public.happened.${one.code}`, { what: one.what ? said(one.what, frame) : '' }),
    at: one.at,
    ...(by.length > 0 ? { by: by.join(', ') } : {}),
    ...(one.clause === null ? {} : { children: <Cited clause={one.clause} general={view.general} /> }),
    ...(one.corrected ? { corrected: true } : {}),
  }
}

const Complaints = ({ tracker, general }: { tracker: Tracker; general: readonly GeneralLaw[] }) => {
  const { t } = useSpeech()
  if (tracker.complaints.length === 0) return null
  return (
    <Section id="complaint" title={t('public.track.complaint')}>
      <p class="govuk-body">{t('public.track.complaintText')}</p>
      <ul class="govuk-list govuk-list--bullet">
        {tracker.complaints.map((one) => (
          <li>
            <Say text={one.to} />: <Say text={one.term} />. <Say text={one.order} />. <Cited clause={one.cited} general={general} />{' '}
            <Doubt of={one.unconfirmed} />
          </li>
        ))}
      </ul>
      {tracker.mayWithdraw ? (
        <p class="govuk-body">
          {t('public.track.mayWithdraw')} <Cited clause={tracker.mayWithdraw} general={general} />
        </p>
      ) : null}
    </Section>
  )
}

const Readers = ({ readers }: { readers: readonly ReadLine[] }) => {
  const { t, shortDateTime } = useSpeech()
  return (
    <Section id="readers" title={t('public.track.readers')}>
      <p class="govuk-body">{t('public.track.readersText')}</p>
      {readers.length === 0 ? (
        <p class="govuk-body">{t('public.track.nobodyRead')}</p>
      ) : (
        <ul class="govuk-list q-readers">
          {readers.map((line) => (
            <li>
              <time datetime={line.at}>{shortDateTime(line.at)}</time>{' '}
              <span>
                {t(`public.role.${line.role}`)}
                {line.organisation ? (
                  <>
                    , <Say text={line.organisation} />
                  </>
                ) : null}
                : {t(`public.purpose.${line.purpose}`)}
                {line.times > 1 ? ` (${t('public.times', { count: line.times })})` : ''}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
