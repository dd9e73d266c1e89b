import type { CaseEvent } from '../../engine/case/events.ts'
import type { CaseLaw } from '../../engine/case/law.ts'
import { stepOf } from '../../engine/case/law.ts'
import type { Speech } from '../../language/speech.ts'
import { clauseWords } from './clauses.ts'
import type { Naming } from './naming.ts'

/** What happened, past tense, and what is to be said of it. */
export interface EventWords {
  readonly what: string
  readonly details: readonly string[]
}

interface Telling {
  readonly law: CaseLaw
  readonly naming: Naming
  readonly speech: Speech
}

export function eventWords(event: CaseEvent, telling: Telling): EventWords {
  return {
    what: telling.speech.t(`steps.events.${event.type}`),
    details: detailsOf(event, telling).filter((detail) => detail !== ''),
  }
}

function detailsOf(event: CaseEvent, telling: Telling): string[] {
  const { law, naming, speech } = telling
  const { t, norm, dateTime } = speech
  const said = (key: string, value: string) => (value === '' ? '' : t('steps.detail', { name: t(`steps.about.${key}`), value }))
  switch (event.type) {
    case 'CaseOpened': {
      const { channel, provider, branch } = event.data
      return [
        said('channel', naming.text(law.regulation.channels[channel]?.title)),
        said('provider', naming.organisation(provider.id)),
        branch === null ? '' : said('branch', naming.organisation(branch)),
      ]
    }
    case 'StepOpened': {
      const { step, role, assignee, dues } = event.data
      const by = role === 'system' ? t('steps.system.engine') : naming.role(role, law)
      return [
        naming.step(law, step),
        said('performer', assignee === null ? by : `${naming.person(assignee)}, ${by}`),
        ...dues.filter((due) => due.binding).map((due) => said('norm', `${norm(due)} (${clauseWords(due.clause, t)})`)),
      ]
    }
    case 'StepDone': {
      const outcome = stepOf(law, event.data.step)?.outcomes[event.data.outcome]
      const late = event.data.met.some((met) => met.late)
      return [naming.step(law, event.data.step), naming.text(outcome?.title), late ? t('steps.doneLate') : '']
    }
    case 'DocumentsHandedIn':
      return [
        said('documents', event.data.documents.map(({ id }) => documentTitle(telling, id)).join('; ')),
        said('asks', naming.text(law.standard.options.find(({ id }) => id === event.data.asks)?.title)),
        t(`steps.by.${event.data.by}`),
      ]
    case 'ConsentRecorded':
      return [t(event.data.given ? 'steps.consent.yes' : 'steps.consent.no')]
    case 'ApplicantIdentified':
      return [t(`steps.identity.${event.data.document}`)]
    case 'PackageChecked': {
      const { complete, missing, expired } = event.data
      const wrong = event.personal?.wronglyFilled
      const titles = (ids: readonly string[]) => ids.map((id) => documentTitle(telling, id)).join('; ')
      return [
        t(complete ? 'steps.complete' : 'steps.incomplete'),
        said('missing', titles(missing)),
        said('expired', titles(expired)),
        said('wronglyFilled', Array.isArray(wrong) ? wrong.join('; ') : ''),
      ]
    }
    case 'PaperIssued':
      return [naming.text(law.regulation.papers.find(({ id }) => id === event.data.form)?.title)]
    default:
      return laterDetails(event, telling, said, dateTime)
  }
}

function laterDetails(
  event: CaseEvent,
  telling: Telling,
  said: (key: string, value: string) => string,
  dateTime: (at: string) => string,
): string[] {
  const { law, naming, speech } = telling
  const { t } = speech
  switch (event.type) {
    case 'RegisterAnswered':
      return [t(event.data.found ? 'steps.found' : 'steps.notFound'), ...(event.personal?.marks ?? []).map((mark) => t(`register.${mark}`))]
    case 'RegisterMarksChecked':
      return [...(event.personal?.marks ?? []).map((mark) => t(`register.${mark}`)), said('marksChecked', typed(event.personal?.reason))]
    case 'AnswerJudged':
      return [t(event.data.found ? 'steps.found' : 'steps.notFound')]
    case 'OutsideFailed':
      return [event.data.retryAt === null ? '' : said('retryAt', dateTime(event.data.retryAt))]
    case 'DocumentsExamined':
      return [
        t(event.data.conforming ? 'steps.conforming' : 'steps.defective'),
        ...Object.entries(event.personal?.facts ?? {}).map(([id, fact]) => `${documentTitle(telling, id)}: ${shown(fact, speech)}`),
      ]
    case 'AnswerPrepared': {
      const titles = event.data.grounds.map(({ ground }) => naming.text(law.standard.grounds.find(({ id }) => id === ground)?.title))
      return [t(event.data.answer === 'result' ? 'steps.answer.result' : 'steps.answer.refusal'), said('grounds', titles.join('; '))]
    }
    case 'ApplicationReferred':
      return [said('performer', naming.person(event.data.assignee))]
    case 'CustodyOffered':
    case 'CustodyTaken': {
      const { what, from, to } = event.data
      return [t(`steps.item.${what}`), t('steps.fromTo', { from: naming.role(from.role, law), to: naming.role(to.role, law) })]
    }
    case 'AnswerGiven':
      return [t(`steps.by.${event.data.who}`), t(`steps.identity.${event.data.document}`)]
    case 'CaseEnded':
      return [naming.ending(law, event.data.ending)]
    case 'EntryCorrected': {
      const { before, after } = event.personal ?? { before: null, after: null }
      return [
        said('entry', t(`steps.field.${event.data.entry.split('.')[1] ?? ''}`)),
        said('before', shown(before, speech)),
        said('after', shown(after, speech)),
        said('reason', typed(event.personal?.reason)),
      ]
    }
    case 'StepReturned':
      return [
        t('steps.fromTo', { from: naming.step(law, event.data.from), to: naming.step(law, event.data.to) }),
        said('reason', typed(event.personal?.reason)),
      ]
    case 'AnswerReplaced':
      return [t('steps.to', { to: naming.step(law, event.data.to) }), said('reason', typed(event.personal?.reason))]
    case 'PaperReissued':
      return [said('reason', typed(event.personal?.reason))]
    case 'DueWarned':
    case 'DueMissed':
      return [said('due', dateTime(event.data.dueAt))]
    case 'WorkReassigned': {
      const { role, from, to, items, cause } = event.data
      const who = (id: string | null) => (id === null ? t('steps.everybodyIn', { role: naming.role(role, law) }) : naming.person(id))
      return [
        t('steps.fromTo', { from: who(from), to: who(to) }),
        cause === 'lapsed' ? t('steps.roleLapsed') : '',
        said('papers', items.map((what) => t(`steps.item.${what}`)).join(', ')),
        said('reason', typed(event.personal?.reason)),
      ]
    }
    case 'RecordsDestroyed': {
      const { order, ground } = event.data
      return [t('steps.order', { number: order.number, date: speech.shortDate(order.date) }), said('ground', ground)]
    }
    case 'LawCorrected':
      return [event.data.file, said('reason', event.data.reason)]
    default:
      return []
  }
}

const documentTitle = ({ law, naming }: Telling, id: string): string =>
  naming.text(law.standard.documents.find((rule) => rule.id === id)?.title) || id

/** A personal value, unless it was destroyed with its case. */
function shown(value: unknown, { t }: Speech): string {
  if (value === null || value === undefined || value === '') return t('common.none')
  return typeof value === 'object' ? t('steps.erased') : String(value)
}

/** Somebody's own words; nothing where they were destroyed with the key of the case. */
const typed = (words: unknown): string => (typeof words === 'string' ? words : '')
