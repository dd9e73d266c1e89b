import { mixedScript } from '../../language/fold.ts'
import { parseIin } from '../../law/identifiers.ts'
import type { DocumentRule } from '../../law/schema/standard.ts'
import type { HandedDocument } from '../case/events.ts'
import { type Refusal, refuse } from '../case/refusal.ts'
import type { CaseState } from '../case/state.ts'
import { type ActHandler, happened, nothing, type Scene } from './act.ts'
import { takenBack } from './passage.ts'

export const signIn: ActHandler<'signIn'> = {
  reads: [],
  decide: (scene) => ({ events: [{ type: 'OperatorAuthorised', ...happened(scene), data: { session: scene.actor.id } }] }),
}

export const handIn: ActHandler<'handIn'> = {
  reads: ['application', 'documents', 'inStateSystems'],
  decide: (scene) => {
    const { law, state } = scene
    const application = scene.input.application ?? state.application
    if (!application) return refuse('missing', scene.clause, { what: 'application' }, 'application')
    const documents = scene.input.documents ?? state.documents
    if (documents.length === 0) return refuse('missing', scene.clause, { what: 'documents' }, 'documents')
    const held = scene.input.inStateSystems ?? state.inStateSystems ?? undefined
    const wrong = wrongPerson(scene, application) ?? wrongDocuments(scene, documents) ?? wrongHeld(scene, held ?? [])
    if (wrong) return wrong
    if (!law.standard.options.some((o) => o.id === application.asks))
      return refuse('unknownOption', scene.clause, { option: application.asks }, 'application.asks')
    const back = takenBack(scene, 'package')
    if ('refused' in back) return back
    const by = application.representative ? 'representative' : 'self'
    const { asks, holds } = application
    const numbers = Object.fromEntries(documents.flatMap(({ id, number }) => (number === undefined ? [] : [[id, number]])))
    const data = {
      documents: documents.map(({ number: _, ...plain }) => plain),
      by,
      asks,
      holds,
      ...(held === undefined ? {} : { inStateSystems: held }),
    } as const
    const personal = { application, ...(Object.keys(numbers).length === 0 ? {} : { numbers }) }
    return { events: [...back, { type: 'DocumentsHandedIn', ...happened(scene), schema: 2, data, personal }] }
  },
}

export const enterApplicant: ActHandler<'enterApplicant'> = {
  reads: ['applicant'],
  decide: (scene) => ({
    events: [{ type: 'ApplicantEntered', ...happened(scene), data: {}, personal: { applicant: scene.input.applicant ?? {} } }],
  }),
}

export const consent: ActHandler<'consent'> = {
  reads: ['consent'],
  decide: (scene) => {
    if (scene.state.consent?.given) return { events: [], decided: 'given' }
    const given = scene.input.consent
    if (given === undefined) return refuse('consentRequired', scene.clause, {}, 'consent')
    return { events: [{ type: 'ConsentRecorded', ...happened(scene), data: given }], decided: given.given ? 'given' : 'refused' }
  },
}

export const identify: ActHandler<'identify'> = {
  reads: ['identification'],
  decide: (scene) => {
    if (scene.state.identification !== null && scene.input.identification === undefined) return nothing
    const shown = scene.input.identification
    if (shown === undefined) return refuse('identificationRequired', scene.clause, {}, 'identification')
    const { kind, number } = shown
    return { events: [{ type: 'ApplicantIdentified', ...happened(scene), data: { document: kind }, personal: { number } }] }
  },
}

export const checkCompleteness: ActHandler<'checkCompleteness'> = {
  reads: ['wronglyFilled'],
  decide: (scene, act) => {
    const { missing, expired } = lacking(scene.law.standard.documents, scene.state, scene.now)
    const wronglyFilled = scene.input.wronglyFilled ?? []
    const faults = act.wronglyFilled === 'incomplete' ? wronglyFilled.length : 0
    const complete = missing.length + expired.length + faults === 0
    return {
      events: [{ type: 'PackageChecked', ...happened(scene), data: { complete, missing, expired }, personal: { wronglyFilled } }],
      decided: complete ? 'complete' : 'incomplete',
    }
  },
}

export const register: ActHandler<'register'> = {
  reads: [],
  decide: (scene) => ({
    events: [{ type: 'ApplicationRegistered', ...happened(scene), data: { number: scene.number, receiver: scene.actor.id } }],
  }),
}

/** Documents of clause 9 that this applicant must hand in through this channel. */
export function demanded(rules: readonly DocumentRule[], state: Pick<CaseState, 'channel' | 'by' | 'holds'>) {
  return rules.filter((rule) => {
    if (rule.channels && !rule.channels.includes(state.channel)) return false
    if (rule.applicants && !rule.applicants.includes(state.by)) return false
    return rule.requirement === 'required' || (rule.requirement === 'forHolders' && state.holds)
  })
}

/** Documents that are asked for only because state systems turned out not to hold them. Where nobody has looked, nothing is held against the applicant. */
const notHeld = (rules: readonly DocumentRule[], { channel, inStateSystems }: Pick<CaseState, 'channel' | 'inStateSystems'>) =>
  rules.filter(
    (rule) =>
      rule.requirement === 'ifNotInStateSystems' &&
      (rule.channels?.includes(channel) ?? true) &&
      inStateSystems !== null &&
      !inStateSystems.includes(rule.id),
  )

type Package = Pick<CaseState, 'channel' | 'by' | 'holds' | 'documents' | 'inStateSystems'>

/** What is not there, and what is there but no longer valid on the day. */
export function lacking(rules: readonly DocumentRule[], state: Package, now: string) {
  const day = now.slice(0, 10)
  const missing = [...demanded(rules, state), ...notHeld(rules, state)]
    .filter((rule) => !state.documents.some((d) => d.id === rule.id))
    .map((rule) => rule.id)
  const expired = state.documents.filter((d) => d.validUntil !== undefined && d.validUntil < day).map((d) => d.id)
  return { missing, expired }
}

function wrongPerson(scene: Scene, application: NonNullable<CaseState['application']>): Refusal | null {
  const iin = parseIin(application.iin)
  if (!iin.ok) return refuse('badIin', null, { why: iin.error.code, iin: application.iin }, 'application.iin')
  const { representative } = application
  const mixed = mixedName(application, 'application') ?? (representative ? mixedName(representative, 'application.representative') : null)
  if (mixed) return mixed
  if (!representative) return null
  const power = wrongPower(scene, representative.powerOfAttorney, 'application.representative.powerOfAttorney')
  if (power) return power
  const representativeIin = parseIin(representative.iin)
  if (!representativeIin.ok)
    return refuse('badIin', null, { why: representativeIin.error.code, iin: representative.iin }, 'application.representative.iin')
  return null
}

/** A power of attorney is of a day that has come, and is valid on this one. */
export function wrongPower(
  scene: Scene,
  power: { readonly date: string; readonly validUntil?: string | undefined },
  at: string,
): Refusal | null {
  const today = scene.now.slice(0, 10)
  const { date, validUntil: until } = power
  if (date > today) return refuse('dateAhead', scene.clause, { document: 'powerOfAttorney', day: date }, `${at}.date`)
  if (until !== undefined && until < today)
    return refuse('documentExpired', scene.clause, { document: 'powerOfAttorney', until }, `${at}.validUntil`)
  return null
}

export function mixedName(person: Partial<Record<'surname' | 'name' | 'patronymic', string | undefined>>, at: string): Refusal | null {
  for (const field of ['surname', 'name', 'patronymic'] as const) {
    const [mixed] = mixedScript(person[field] ?? '')
    if (mixed) return refuse('mixedScript', null, { word: mixed.word, letter: mixed.letters[0]?.typed ?? '' }, `${at}.${field}`)
  }
  return null
}

function wrongDocuments(scene: Scene, documents: readonly HandedDocument[]): Refusal | null {
  const known = new Set(scene.law.standard.documents.map((d) => d.id))
  for (const [index, document] of documents.entries()) {
    if (!known.has(document.id)) return refuse('unknownDocument', scene.clause, { document: document.id }, `documents.${index}.id`)
    if (documents.findIndex((other) => other.id === document.id) !== index)
      return refuse('documentTwice', scene.clause, { document: document.id }, `documents.${index}.id`)
  }
  return null
}

/** Only what the Standard asks for "if state systems do not have it" may be left out because they have it. */
function wrongHeld(scene: Scene, held: readonly string[]): Refusal | null {
  const index = held.findIndex((id) => scene.law.standard.documents.find((d) => d.id === id)?.requirement !== 'ifNotInStateSystems')
  const document = held[index]
  return document === undefined ? null : refuse('notOfStateSystems', scene.clause, { document }, `inStateSystems.${index}`)
}
