import { cite, within } from '../../engine/case/law.ts'
import type { NoticeKind } from '../../engine/case/notices.ts'
import type { Languages } from '../../language/load.ts'
import { createSpeech, type Speech } from '../../language/speech.ts'
import { type LocalText, pickText } from '../../language/translator.ts'
import { renderLine } from '../../time/words.ts'
import type { CaseFile } from '../outcome.ts'
import type { PaperSources } from '../papers/sources.ts'
import type { Tracker, Visit } from '../tracker/seen.ts'
import { type TrackerSources, trackerOf } from '../tracker/tracker.ts'

export type NoticeLanguage = 'kk' | 'ru'

/** What is said on each channel. An SMS speaks the applicant's language alone, a mail both, Kazakh first, as papers do. */
export interface NoticeWords {
  readonly sms: string
  readonly subject: string
  readonly mail: string
}

export interface WordsParts {
  readonly languages: Languages
  readonly tracker: TrackerSources
  readonly hours: PaperSources['hours']
  readonly zoneOf: (region: string) => string
  readonly publicUrl: string
}

/**
 * The words of a notice, from the case as it stood when it was caused: a pure function, so that every try says the same. They are the words of the
 * tracker (`public.stage`, `public.todo`), and never the receipt's secret: a message may be read on a locked screen.
 */
export function noticeWords(parts: WordsParts, file: CaseFile, kind: NoticeKind, at: string): NoticeWords {
  const tracker = trackerOf(file, at, parts.tracker)
  const { region } = file.bound.law.regulation
  const hours = parts.hours(file.state.step?.organisation ?? intakeOf(file) ?? '', at.slice(0, 10))
  const speak = (language: NoticeLanguage): Telling => ({
    speech: createSpeech(parts.languages[language], language, parts.zoneOf(region)),
    tracker,
    kind,
    file,
    at,
    hours: hours[language],
    phone: parts.tracker.organisation(intakeOf(file) ?? '')?.phone ?? '',
    link: `${parts.publicUrl}/track`,
  })
  const language = file.state.application?.language ?? 'kk'
  const [kk, ru] = [speak('kk'), speak('ru')]
  return {
    sms: smsOf(language === 'ru' ? ru : kk),
    subject: [headOf(kk), stageOf(ru)].join(' · '),
    mail: `${mailOf(kk)}\n\n— — —\n\n${mailOf(ru)}\n`,
  }
}

interface Telling {
  readonly speech: Speech
  readonly tracker: Tracker
  readonly kind: NoticeKind
  readonly file: CaseFile
  readonly at: string
  readonly hours: string
  readonly phone: string
  readonly link: string
}

/** Whoever took the documents in: they give the answer out, and can stop what the applicant did not want. */
const intakeOf = ({ state, bound }: CaseFile): string | null =>
  bound.court.regulation.channels[state.channel]?.receiver === 'corporation' ? state.branch : state.provider.id

/** Stages have their words at the tracker; what is no stage has its own. */
const ownWords: readonly NoticeKind[] = ['received', 'late', 'reviewed', 'givenToOther']
const stageOf = ({ speech: { t }, kind }: Telling): string => t(ownWords.includes(kind) ? `notices.say.${kind}` : `public.stage.${kind}`)
const headOf = (telling: Telling): string => telling.speech.t('notices.head', { number: telling.tracker.number, stage: stageOf(telling) })

const said = ({ speech }: Telling, text: LocalText | null | undefined): string => (text ? pickText(text, speech.language).text : '')

function smsOf(telling: Telling): string {
  const { speech, tracker, link } = telling
  const { t } = speech
  const more = t('notices.more', { link })
  const visit = 'visit' in tracker.todo ? tracker.todo.visit : null
  // The full name of a branch alone takes two parts of an SMS: the street is what one goes to.
  const place = said(telling, visit?.address ?? visit?.organisation)
  const withReceipt = tracker.todo.kind === 'collect' && tracker.todo.receipt
  const rest: Record<NoticeKind, readonly string[]> = {
    received: [...latestOf(telling), more],
    ready: [
      place === '' ? '' : `${place}.`,
      telling.hours === '—' ? '' : `${telling.hours}.`,
      t(withReceipt ? 'notices.bringBoth' : 'public.bring.identity'),
    ],
    refused: [t('public.todo.removeCauses'), t('notices.causesAt', { link })],
    notAccepted: [t('public.todo.bringMissing'), t('notices.missingAt', { link })],
    impossible: [t('public.todo.clarify'), more],
    withdrawn: [t('notices.notYou', { phone: telling.phone })],
    late: [t('notices.complainAt', { link })],
    reviewed: [t('notices.reviewedText'), more],
    givenToOther: [t('notices.notYou', { phone: telling.phone })],
  }
  return [`${headOf(telling)}.`, ...rest[telling.kind]].filter(Boolean).join(' ')
}

const latestOf = ({ speech, tracker }: Telling): string[] =>
  tracker.latest === null
    ? []
    : [speech.t('notices.latest', { date: speech.shortDate(tracker.latest.date), time: speech.time(tracker.latest.at) })]

function bring({ speech: { t }, tracker: { todo } }: Telling): string[] {
  if (todo.kind !== 'collect') return []
  return [
    t('public.bring.identity'),
    ...(todo.receipt ? [t('public.bring.receipt')] : []),
    t(todo.representative ? 'public.bring.power' : 'public.bring.powerIfOther'),
  ]
}

/** One language of a mail: what is so, what is to be done, where, why this date, where to complain, how to look. */
function mailOf(telling: Telling): string {
  const { speech, kind, link } = telling
  const { t } = speech
  const parts: (readonly string[])[] = [
    [`${headOf(telling)}.`],
    kind === 'received' ? [...latestOf(telling), ...whyOf(telling)] : [],
    todoOf(telling),
    kind === 'late' || kind === 'refused' || kind === 'notAccepted' || kind === 'impossible' ? complaintsOf(telling) : [],
    [t('notices.more', { link: `${link}?number=${telling.tracker.number}` }), t('notices.noSecret')],
  ]
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}

const whyOf = ({ speech: { t }, tracker: { latest } }: Telling): string[] =>
  latest === null ? [] : [`${t('public.track.why')}:`, ...latest.lines.map((line) => `  ${renderLine(t, line)}`)]

function todoOf(telling: Telling): string[] {
  const { speech, tracker, kind } = telling
  const { t } = speech
  if (kind === 'reviewed') return [t('notices.reviewedText')]
  if (kind === 'givenToOther') return [t('notices.notYou', { phone: telling.phone })]
  if (kind === 'withdrawn') return [t('public.todo.withdrawn'), t('notices.notYou', { phone: telling.phone })]
  if (kind === 'late') return [t('notices.lateText')]
  const { todo } = tracker
  const main = t(`public.todo.${todo.kind}`)
  switch (todo.kind) {
    case 'collect':
      return [main, ...bring(telling).map((line) => `– ${line}`), ...placeOf(telling, todo.visit)]
    case 'bringMissing':
    case 'clarify':
      return [
        main,
        ...todo.documents.map((title) => `– ${said(telling, title)}`),
        ...todo.notes.map((note) => `– ${note}`),
        ...placeOf(telling, todo.visit),
      ]
    case 'removeCauses':
      return [
        main,
        ...todo.causes.flatMap(({ ground, clause, fact, remedy }) => [
          `– ${said(telling, ground)} (${t('components.clause.clause', { number: clause })})`,
          `  ${t('public.todo.fact')}: ${fact}`,
          `  ${t('public.todo.remedy')}: ${remedy}`,
        ]),
      ]
    default:
      return [main]
  }
}

function placeOf(telling: Telling, visit: Visit): string[] {
  const { t } = telling.speech
  const where = [said(telling, visit.organisation), said(telling, visit.address)].filter(Boolean).join(', ')
  return [
    ...(where === '' ? [] : [`${t('public.place')}: ${where}`]),
    ...(telling.hours === '—' ? [] : [`${t('public.hours')}: ${telling.hours}`]),
    ...(visit.phone === null ? [] : [`${t('public.phone')}: ${visit.phone}`]),
  ]
}

/** To whom, within what term, how it is heard; what is not certain says so. */
function complaintsOf(telling: Telling): string[] {
  const { speech, file, at } = telling
  const { t } = speech
  const routes = file.bound.court.general.flatMap((law) =>
    law.complaints
      .filter((one) => within(one, at))
      .map((one) => {
        const doubt = one.unconfirmed ? ` (${t('public.unconfirmed')})` : ''
        return `– ${said(telling, one.to)}: ${said(telling, one.term)}. ${said(telling, one.order)} [${cite(law, one.clause)}]${doubt}`
      }),
  )
  return routes.length === 0 ? [] : [`${t('public.track.complaint')}:`, ...routes]
}
