import { pickText } from '../../../../language/translator.ts'
import type { Text } from '../../../../law/schema/text.ts'
import { Alert } from '../../../components/alert/alert.tsx'
import { Clause } from '../../../components/clause/clause.tsx'
import { DocumentChecklist, type DocumentNeed } from '../../../components/document-checklist/document-checklist.tsx'
import type { HistoryEvent } from '../../../components/history/history.tsx'
import { History } from '../../../components/history/history.tsx'
import { PaperLink } from '../../../components/paper-link/paper-link.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { Doubt, Say, Section, said } from '../local.tsx'
import { Facts } from './Facts.tsx'
import type { Happened } from './happened.ts'
import type { ReadLine } from './readers.ts'
import type { Received, Tracker } from './tracker.ts'

export interface TrackView {
  readonly tracker: Tracker
  readonly service: Text
  readonly regulation: { readonly id: string; readonly edition: string; readonly invented?: Text }
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
      <p class="govuk-caption-l">
        <Say text={view.service} />
      </p>
      <h1 class="govuk-heading-l q-number">{tracker.number}</h1>
      <Facts tracker={tracker} />
      <Papers view={view} />
      {tracker.documents.length > 0 ? <Documents documents={tracker.documents} frame={frame} /> : null}
      <Ahead tracker={tracker} />
      <Section id="happened" title={t('public.track.happened')}>
        <History events={[...view.happened].reverse().map((one) => eventOf(one, frame))} />
      </Section>
      <Complaints tracker={tracker} />
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
  const { invented } = view.regulation
  return (
    <>
      {outage ? (
        <Alert variant="warning" title={t('public.track.outage.title')} showTitleAsHeading>
          {t('public.track.outage.text', { since: dateTime(outage.since) })}
        </Alert>
      ) : null}
      {invented ? (
        <Alert variant="warning" title={t('public.invented')}>
          <Say text={invented} />
        </Alert>
      ) : null}
    </>
  )
}

const Papers = ({ view }: { view: TrackView }) => {
  const { t, language } = useSpeech()
  const { papers } = view.tracker
  if (papers.length === 0) return null
  return (
    <Section id="papers" title={t('public.track.papers')}>
      {papers.map((paper) => (
        <PaperLink
          href={`${view.base}/papers/${paper.id}`}
          title={pickText(paper.title, language).text}
          languages={['kk', 'ru']}
          issuedAt={paper.at}
          copy={paper.copy}
        />
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

function eventOf(one: Happened, frame: Frame): HistoryEvent {
  const { t } = frame.speech
  const by = [one.role, one.organisation].flatMap((text) => (text ? [said(text, frame)] : []))
  return {
    what: t(`public.happened.${one.code}`, { what: one.what ? said(one.what, frame) : '' }),
    at: one.at,
    ...(by.length > 0 ? { by: by.join(', ') } : {}),
    ...(one.clause === null ? {} : { clause: { number: one.clause } }),
    ...(one.corrected ? { corrected: true } : {}),
  }
}

const Complaints = ({ tracker }: { tracker: Tracker }) => {
  const { t } = useSpeech()
  if (tracker.complaints.length === 0) return null
  return (
    <Section id="complaint" title={t('public.track.complaint')}>
      <p class="govuk-body">{t('public.track.complaintText')}</p>
      <ul class="govuk-list govuk-list--bullet">
        {tracker.complaints.map((one) => (
          <li>
            <Say text={one.to} />: <Say text={one.term} />. <Say text={one.order} />. <Clause number={one.cited} />{' '}
            <Doubt of={one.unconfirmed} />
          </li>
        ))}
      </ul>
      {tracker.mayWithdraw ? (
        <p class="govuk-body">
          {t('public.track.mayWithdraw')} <Clause number={tracker.mayWithdraw} />
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
