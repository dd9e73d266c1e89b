import { nameOf } from '../../../../engine/case/rows.ts'
import type { CaseState, Correctable, IssuedPaper } from '../../../../engine/case/state.ts'
import type { Speech } from '../../../../language/speech.ts'
import type { Act } from '../../../../law/schema/acts.ts'
import type { Step } from '../../../../law/schema/step.ts'
import { iinWords } from '../../../components/person-fields/person-fields.tsx'
import type { IntakeView } from './view.ts'

/** One answer of a part that is done. */
export interface Answer {
  readonly key: string
  readonly value: string
  /** The entry by which the law of the engine lets it be corrected. */
  readonly entry?: Correctable
  /** Said with a warning: something is out of date or not there. */
  readonly warn?: boolean
}

/** What a part came to, in the order of its acts. */
export function answersOf(view: IntakeView, step: Step, speech: Speech): Answer[] {
  const acts = step.does.map((act) => act.act)
  // What the general law attached was answered in the same step.
  const duties = (['consent', 'identify'] as const).filter((act) => !acts.includes(act) && leftBy(view.state, step, act))
  return [...duties, ...acts].flatMap((act) => answersOfAct(act, view, speech))
}

const factOf = { consent: 'consent', identify: 'identification' } as const
const leftBy = (state: CaseState, step: Step, act: keyof typeof factOf) => state.facts[factOf[act]]?.step === step.id

function answersOfAct(act: Act['act'], view: IntakeView, speech: Speech): Answer[] {
  const { t, time } = speech
  const { state } = view
  switch (act) {
    case 'handIn':
      return ofApplication(view, speech)
    case 'enterApplicant':
      return (['phone', 'email', 'address'] as const).map((field) => ({
        key: t(`steps.field.${field}`),
        value: state.applicant[field] ?? t('intake.notGiven'),
        entry: `applicant.${field}` as const,
      }))
    case 'consent':
      return state.consent === null
        ? []
        : [
            {
              key: t('steps.section.consent'),
              value: `${t(state.consent.given ? 'steps.consent.yes' : 'steps.consent.no')}, ${t(`steps.consentForm.${state.consent.form}`)}`,
              warn: !state.consent.given,
            },
          ]
    case 'identify':
      return state.identification === null
        ? []
        : [
            {
              key: t('steps.section.identification'),
              value: identityWords(state.identification, t),
              entry: 'identification.number' as const,
            },
          ]
    case 'checkCompleteness':
      return ofCompleteness(view, speech)
    case 'register':
      return state.registration === null
        ? []
        : [{ key: t('intake.registered'), value: `${state.registration.number}, ${time(state.registration.at)}` }]
    case 'queryRegister':
      return state.registerAnswer === null
        ? []
        : [{ key: t('intake.register'), value: registerWords(state.registerAnswer, speech), warn: !state.registerAnswer.found }]
    case 'sealRequest':
      return state.seal === null ? [] : [{ key: t('intake.sealed'), value: view.naming.person(state.seal.signer) }]
    default:
      return []
  }
}

/** Where there is nobody, in the register's own words: they are what the notice of clause 8.6 rests on. */
const registerWords = ({ found, text }: NonNullable<CaseState['registerAnswer']>, { t }: Speech): string =>
  found ? t('steps.found') : [t('steps.notFound'), text === null ? '' : `«${text}»`].filter(Boolean).join(': ')

export const identityWords = ({ document, number }: { document: string; number: string }, t: Speech['t']): string =>
  `${t(`steps.identity.${document}`)} № ${number}`

function ofApplication(view: IntakeView, speech: Speech): Answer[] {
  const { application, asks } = view.state
  if (!application) return []
  const { t } = speech
  const option = view.law.standard.options.find(({ id }) => id === asks)
  const { iin, representative, position, workplace } = application
  return [
    { key: t('steps.field.iin'), value: [iin, iinWords(speech, iin)].filter(Boolean).join(' · ') },
    ...(['surname', 'name', 'patronymic'] as const).map((field) => ({
      key: t(`steps.field.${field}`),
      value: application[field] ?? t('intake.notGiven'),
      entry: `application.${field}` as const,
    })),
    { key: view.asks, value: view.naming.text(option?.title) },
    ...(view.holders !== null && application.holds ? [{ key: view.holders, value: t('common.yes') }] : []),
    { key: t('steps.field.position'), value: position ?? t('intake.notGiven'), entry: 'application.position' },
    { key: t('steps.field.workplace'), value: workplace ?? t('intake.notGiven'), entry: 'application.workplace' },
    { key: t('steps.field.language'), value: t(`common.${application.language}`) },
    { key: t('steps.field.by'), value: representative ? nameOf(representative) : t('steps.by.self') },
  ]
}

/** The package in one line: how many documents, how many of them seen, copied, given back. */
export function packageWords({ state }: IntakeView, { t }: Speech): string {
  const { documents } = state
  const count = (of: (one: (typeof documents)[number]) => unknown) => documents.filter(of).length
  const seen = count(({ originalSeen }) => originalSeen)
  const copies = count(({ copyTaken }) => copyTaken)
  const returned = count(({ returned: back }) => back)
  return t('intake.packageOf', { count: documents.length, seen, copies, returned })
}

export function documentsOf({ state, law, naming, now }: IntakeView, { t, shortDate }: Speech): Answer[] {
  const title = (id: string) => naming.text(law.standard.documents.find((rule) => rule.id === id)?.title) || id
  const handed = state.documents.map((one): Answer => {
    const over = one.validUntil !== undefined && one.validUntil < now.slice(0, 10)
    const facts = [
      one.number === undefined ? '' : identityWords({ document: one.kind ?? 'idCard', number: one.number }, t),
      one.originalSeen ? t('intake.pack.originalSeen') : t(`steps.presented.${one.presented}`),
      one.copyTaken ? t('intake.pack.copyTaken') : '',
      one.returned ? t('intake.pack.returned') : '',
      one.pages > 1 ? t('common.pages', { count: one.pages }) : '',
      one.count > 1 ? t('intake.copies', { count: one.count }) : '',
      one.validUntil === undefined ? '' : `${t('steps.field.validUntil')}: ${shortDate(one.validUntil)}`,
      over ? t('intake.expired') : '',
    ]
    return { key: title(one.id), value: facts.filter(Boolean).join(' · '), warn: over }
  })
  const held = (state.inStateSystems ?? []).map((id) => ({ key: title(id), value: t('intake.pack.held') }))
  return [...handed, ...held]
}

function ofCompleteness({ state, law, naming }: IntakeView, { t }: Speech): Answer[] {
  const { completeness } = state
  if (completeness === null) return []
  const titles = (ids: readonly string[]) =>
    ids.map((id) => naming.text(law.standard.documents.find((rule) => rule.id === id)?.title)).join('; ')
  const said = (key: string, value: string): Answer[] => (value === '' ? [] : [{ key: t(key), value, warn: true }])
  return [
    { key: t('intake.package'), value: t(completeness.complete ? 'steps.complete' : 'steps.incomplete'), warn: !completeness.complete },
    ...said('intake.missing', titles(completeness.missing)),
    ...said('intake.outOfDate', titles(completeness.expired)),
    ...said('steps.field.wronglyFilled', completeness.wronglyFilled.join('; ')),
  ]
}

/** Papers that this desk issued. */
export const papersOf = ({ state }: IntakeView): readonly IssuedPaper[] => state.papers.filter(({ replacedAt }) => replacedAt === null)
