import type { Received as Handed, Tracker } from '../../../../desk/tracker/seen.ts'
import { pickText } from '../../../../language/translator.ts'
import type { GeneralLaw } from '../../../../law/schema/general.ts'
import type { Text } from '../../../../law/schema/text.ts'
import { Alert } from '../../../components/alert/alert.tsx'
import { Clause } from '../../../components/clause/clause.tsx'
import { Invented } from '../../../components/invented/invented.tsx'
import { type LoggedNotice, NoticeLog } from '../../../components/notice-log/notice-log.tsx'
import { PaperLink } from '../../../components/paper-link/paper-link.tsx'
import { PrintButton } from '../../../components/print-button/print-button.tsx'
import { Received } from '../../../components/received/received.tsx'
import { useSpeech } from '../../../components/speech.ts'
import { type Frame, Page } from '../../../layout/Page.tsx'
import { regulationPath, trackedPaperPath, trackPath } from '../../../paths.ts'
import { Cited, Csrf, Doubt, Say, Section } from '../local.tsx'
import { Facts } from './Facts.tsx'
import { Happenings } from './Happenings.tsx'
import type { Happened } from './happened.ts'
import { Readers } from './ReadersSection.tsx'
import type { ReadLine } from './readers.ts'

export interface TrackView {
  readonly tracker: Tracker
  readonly service: Text
  readonly regulation: { readonly id: string; readonly edition: string; readonly invented?: Text }
  readonly general: readonly GeneralLaw[]
  readonly happened: readonly Happened[]
  readonly readers: readonly ReadLine[]
  readonly notices: readonly LoggedNotice[]
  readonly hasContact: boolean
  /** RFC 3339, by the law's clock: what the page says is so at this moment. */
  readonly now: string
}

/** The applicant's page: three facts on top, everything else below in the order in which it is asked for. */
export const TrackPage = ({ frame, view }: { frame: Frame; view: TrackView }) => {
  const { t, dateTime } = frame.speech
  const { tracker } = view
  const title = t('public.track.titleOf', { number: tracker.number })
  return (
    <Page frame={frame} title={title} notice={<Notices view={view} />}>
      <h1 class="govuk-heading-l q-number">{title}</h1>
      <p class="q-asof">{t('track.asOf', { time: dateTime(view.now) })}</p>
      <Facts tracker={tracker} />
      <p class="govuk-body q-soft">
        <Say text={view.service} />
        {tracker.asks ? (
          <>
            : <Say text={tracker.asks} />
          </>
        ) : null}
      </p>
      <Papers tracker={tracker} />
      <Documents documents={tracker.documents} />
      <Ahead tracker={tracker} />
      <Complaints tracker={tracker} general={view.general} />
      <Happenings view={view} frame={frame} />
      <Told view={view} />
      <Readers readers={view.readers} />
      <p class="govuk-body">
        <a class="govuk-link" href={`${regulationPath(view.regulation.id)}?edition=${view.regulation.edition}`}>
          {t('public.track.regulation')}
        </a>
      </p>
      <Leave frame={frame} number={tracker.number} />
    </Page>
  )
}

const Notices = ({ view }: { view: TrackView }) => {
  const { t, dateTime } = useSpeech()
  const { outage } = view.tracker
  return (
    <>
      {outage ? (
        <Alert
          variant="warning"
          title={t(outage.consent === null ? 'public.track.outage.title' : `public.track.consent.${outage.consent}.title`)}
          showTitleAsHeading
        >
          {outage.consent === null
            ? t('public.track.outage.text', { since: dateTime(outage.since) })
            : t(`public.track.consent.${outage.consent}.text`)}
        </Alert>
      ) : null}
      <Invented text={view.regulation.invented} />
    </>
  )
}

const Papers = ({ tracker }: { tracker: Tracker }) => {
  const { t, language, date } = useSpeech()
  if (tracker.papers.length === 0) return null
  return (
    <Section id="papers" title={t('public.track.papers')}>
      {tracker.papers.map((paper) => (
        <>
          <PaperLink
            href={trackedPaperPath(tracker.number, paper.id)}
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

const Documents = ({ documents }: { documents: readonly Handed[] }) => {
  const { t } = useSpeech()
  if (documents.length === 0) return null
  return (
    <Section id="documents" title={t('public.track.documents')}>
      <p class="govuk-body">{t('track.received.count', { count: documents.length })}</p>
      <Received
        documents={documents.map(({ id, rule, original, copy, returned, pages, validUntil }) => ({
          title: rule === null ? id : <Say text={rule.title} />,
          ...(rule === null ? {} : { clause: rule.clause }),
          original,
          copy,
          returned,
          pages,
          ...(validUntil === undefined ? {} : { validUntil }),
        }))}
      />
    </Section>
  )
}

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

/** To whom, within what term, how it is heard: each part by its own name, and what is not certain marked. */
const Complaints = ({ tracker, general }: { tracker: Tracker; general: readonly GeneralLaw[] }) => {
  const { t } = useSpeech()
  if (tracker.complaints.length === 0) return null
  return (
    <Section id="complaint" title={t('public.track.complaint')}>
      <p class="govuk-body">{t('public.track.complaintText')}</p>
      <ul class="q-complaints">
        {tracker.complaints.map((one) => (
          <li>
            <strong>
              <Say text={one.to} />
            </strong>{' '}
            <Cited clause={one.cited} general={general} />
            <span class="q-complaints__how">
              {t('track.complaint.term')}: <Say text={one.term} />
            </span>
            <span class="q-complaints__how">
              {t('track.complaint.order')}: <Say text={one.order} /> <Doubt of={one.unconfirmed} />
            </span>
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

/** What was sent to the applicant, and with which outcome: who never got it reads it here. */
const Told = ({ view }: { view: TrackView }) => {
  const { t } = useSpeech()
  return (
    <Section id="notices" title={t('notices.title')}>
      {view.notices.length > 0 ? (
        <NoticeLog masked notices={view.notices} />
      ) : (
        <p class="govuk-body">{t(view.hasContact ? 'notices.none' : 'notices.noContact')}</p>
      )}
    </Section>
  )
}

/** Whoever looked on somebody else's computer leaves nothing behind. */
const Leave = ({ frame, number }: { frame: Frame; number: string }) => {
  const { t } = useSpeech()
  return (
    <div class="q-row q-leave">
      <PrintButton text={t('track.print')} />
      <form method="post" action={`${trackPath(number)}/close`}>
        <Csrf frame={frame} />
        <button class="govuk-button govuk-button--secondary" type="submit">
          {t('track.close')}
        </button>
      </form>
      <span class="q-soft">{t('track.closeText')}</span>
    </div>
  )
}
