import { type StepInput, stepInput } from '../../engine/case/input.ts'
import type { CaseLaw } from '../../engine/case/law.ts'
import type { CaseState } from '../../engine/case/state.ts'
import { type AnswerLanguage, askedOf, type Handed } from './examination.ts'
import { type FieldProblem, FormReader } from './fields.ts'
import { type PlacedGround, readExamination } from './readExamination.ts'
import {
  consentForms,
  documentsAsked,
  identityAtHand,
  identityKinds,
  identityRule,
  type Section,
  type SectionName,
  waysPresented,
} from './sections.ts'

export interface StepForm {
  readonly law: CaseLaw
  readonly state: CaseState
  readonly sections: readonly Section[]
  /** The law's time: what has expired is judged by it. */
  readonly now: string
}

export type ReadForm =
  | { readonly ok: true; readonly input: StepInput; readonly fieldAt: (path: string) => string | undefined }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] }

/** A step's form as it was typed to the input of its acts, or everything that is wrong with it. */
export function readStepForm({ law, state, sections, now }: StepForm, typed: URLSearchParams): ReadForm {
  const form = new FormReader(typed)
  const input: { -readonly [Part in keyof StepInput]: StepInput[Part] } = {}
  const has = (name: SectionName) => sections.some((section) => section.name === name)
  if (has('application')) input.application = readApplication(form, law)
  if (has('documents')) {
    input.documents = readDocuments(
      form,
      law,
      state,
      sections.some(({ identifies }) => identifies),
    )
    input.inStateSystems = readHeld(form, law, state)
  }
  if (has('applicant')) input.applicant = readApplicant(form)
  if (has('consent')) input.consent = readConsent(form)
  if (has('identification')) input.identification = readIdentification(form, law, state)
  if (has('wronglyFilled')) input.wronglyFilled = lines(form.text('wronglyFilled'))
  const asked = askedOf(sections)
  const { findings, grounds } = readExamination(
    form,
    { law, handed: handedNow(state, input), now },
    asked,
    state.examination,
    languageOf(state, input),
  )
  if (asked.findings) input.findings = [...findings]
  if (grounds.length > 0) input.refusal = { grounds: grounds.map(({ at: _, ...ground }) => ground) }
  if (has('marksChecked')) input.marksChecked = form.required('marksChecked', 'marksChecked', 2000)
  if (has('assignee')) input.assignee = form.required('assignee', 'assignee')
  if (has('taken')) {
    input.taken = form.ticked('taken')
    if (!input.taken) form.problem('taken', 'taken')
  }
  if (has('receiver')) input.receiver = readReceiver(form, handedNow(state, input).documents)
  if (form.problems.length > 0) return { ok: false, problems: form.problems }
  return checked(input, grounds)
}

/** What the reader above let through must fit the engine's own shape; a gap between the two shows as a field and not as a breakage. */
function checked(input: StepInput, grounds: readonly PlacedGround[]): ReadForm {
  const fieldAt = fieldsOf(input, grounds)
  const parsed = stepInput.safeParse(JSON.parse(JSON.stringify(input)))
  if (parsed.success) return { ok: true, input: parsed.data, fieldAt }
  const problems = parsed.error.issues.map((issue) => {
    const path = issue.path.join('.')
    return { field: fieldAt(path) ?? path, code: 'wrong', params: {}, label: labelOf(path) }
  })
  return { ok: false, problems }
}

const labelOf = (path: string): string => path.split('.').findLast((part) => !/^\d+$/.test(part)) ?? path

function readPerson(form: FormReader, prefix: string) {
  return {
    surname: form.name(`${prefix}.surname`, 'surname', true) ?? '',
    name: form.name(`${prefix}.name`, 'name', true) ?? '',
    patronymic: form.name(`${prefix}.patronymic`, 'patronymic', false),
  }
}

function readPower(form: FormReader, prefix: string) {
  return {
    number: form.required(`${prefix}.number`, 'powerNumber'),
    date: form.day(`${prefix}.date`, 'powerDate', true) ?? '',
    notary: form.required(`${prefix}.notary`, 'notary'),
    validUntil: form.day(`${prefix}.validUntil`, 'validUntil', false),
  }
}

function readApplication(form: FormReader, law: CaseLaw): NonNullable<StepInput['application']> {
  const of = 'application'
  const iin = form.iin(`${of}.iin`)
  const person = readPerson(form, of)
  const asks =
    form.choice(
      `${of}.asks`,
      'asks',
      law.standard.options.map(({ id }) => id),
    ) ?? ''
  const position = form.optional(`${of}.position`, 'position')
  const workplace = form.optional(`${of}.workplace`, 'workplace')
  form.oneScript(`${of}.position`, 'position', position)
  form.oneScript(`${of}.workplace`, 'workplace', workplace)
  const language = form.choice(`${of}.language`, 'language', ['kk', 'ru']) ?? 'kk'
  const by = form.choice(`${of}.by`, 'by', ['self', 'representative'])
  const other = `${of}.representative`
  const representative =
    by === 'representative'
      ? { iin: form.iin(`${other}.iin`), ...readPerson(form, other), powerOfAttorney: readPower(form, `${other}.powerOfAttorney`) }
      : undefined
  return { iin, ...person, asks, holds: form.ticked(`${of}.holds`), position, workplace, language, representative }
}

function readDocuments(form: FormReader, law: CaseLaw, state: CaseState, identifies: boolean): NonNullable<StepInput['documents']> {
  const rules = documentsAsked(law, state)
  const handed = rules.filter(({ id }) => form.ticked(`documents.${id}.in`))
  const [first] = rules
  if (handed.length === 0 && first) form.problem(`documents.${first.id}.in`, 'noDocuments')
  const identity = identityRule(law, state)?.id
  return handed.map(({ id, presented, expires }) => {
    const of = `documents.${id}`
    const read = id === identity ? readShown(form, of, expires, identifies) : {}
    return {
      id,
      presented: waysPresented.find((way) => way === form.text(`${of}.presented`)) ?? presented,
      originalSeen: form.ticked(`${of}.originalSeen`),
      copyTaken: form.ticked(`${of}.copyTaken`),
      returned: form.ticked(`${of}.returned`),
      ...read,
      pages: form.whole(`${of}.pages`, 'pages', 999, id),
      count: form.whole(`${of}.count`, 'count', 99, id),
      validUntil: form.text(`${of}.validUntil`) === endless ? undefined : form.day(`${of}.validUntil`, 'validUntil', false, id),
      file: /^[0-9a-f]{64}$/.exec(form.text(`${of}.file`))?.[0],
    }
  })
}

/** Typed where a document says of itself that it never expires. */
const endless = '-'

/** What is read from the identity document in hand; asked for here once, though identification needs it too. */
function readShown(form: FormReader, of: string, expires: boolean, identifies: boolean) {
  const kind = identityKinds.find((one) => one === form.text(`${of}.kind`)) ?? 'idCard'
  if (!identifies) return { kind }
  if (expires && form.text(`${of}.validUntil`) === '') form.problem(`${of}.validUntil`, 'identityUntil')
  const number = form.required(`${of}.number`, 'identityNumber')
  return { kind, ...(number === '' ? {} : { number }) }
}

function readHeld(form: FormReader, law: CaseLaw, state: CaseState): string[] {
  return documentsAsked(law, state)
    .filter(({ id, requirement }) => requirement === 'ifNotInStateSystems' && form.ticked(`documents.${id}.held`))
    .map(({ id }) => id)
}

function readApplicant(form: FormReader): NonNullable<StepInput['applicant']> {
  const email = form.optional('applicant.email', 'email')
  if (email !== undefined && !/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email)) form.problem('applicant.email', 'email', { label: 'email' })
  return { phone: form.optional('applicant.phone', 'phone'), email, address: form.optional('applicant.address', 'address') }
}

function readConsent(form: FormReader): StepInput['consent'] {
  const given = form.choice('consent.given', 'consent', ['yes', 'no'])
  const way = consentForms.find((one) => one === form.text('consent.form')) ?? 'written'
  return given === undefined ? undefined : { given: given === 'yes', form: way }
}

function readIdentity(form: FormReader, prefix: string) {
  const kind = form.choice(`${prefix}.kind`, 'identityKind', identityKinds) ?? 'idCard'
  return { kind, number: form.required(`${prefix}.number`, 'identityNumber') }
}

/** Identified already, or by the document that was handed in: nothing need be typed again. */
function readIdentification(form: FormReader, law: CaseLaw, state: CaseState): StepInput['identification'] {
  const untouched = form.text('identification.number') === ''
  if (!untouched) return readIdentity(form, 'identification')
  if (state.identification !== null) return undefined
  return identityAtHand(law, state) ?? readIdentity(form, 'identification')
}

const lines = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** What lies on the table after this form: its own documents and its own word of who brought them, else the case's. */
export function handedNow(state: CaseState, input: Pick<StepInput, 'documents' | 'application' | 'inStateSystems'>): Handed {
  const { documents, application, inStateSystems = state.inStateSystems } = input
  const { channel, by, holds } = state
  const own =
    application === undefined
      ? { by, holds }
      : { by: application.representative ? ('representative' as const) : ('self' as const), holds: application.holds }
  return { channel, ...own, documents: documents ?? state.documents, inStateSystems }
}

const languageOf = (state: CaseState, { application }: Pick<StepInput, 'application'>): AnswerLanguage =>
  application?.language ?? state.application?.language ?? 'kk'

/** Where the applicant takes the answer at the desk that took the documents, the card has been read already. */
function readReceiver(form: FormReader, documents: Handed['documents']): NonNullable<StepInput['receiver']> {
  const who = form.choice('receiver.who', 'receiver', ['self', 'representative']) ?? 'self'
  const card = documents.find(({ number }) => number !== undefined)
  const isRead = who === 'self' && card?.number !== undefined && form.text('receiver.document.number') === ''
  const document = isRead ? { kind: card.kind ?? ('idCard' as const), number: card.number ?? '' } : readIdentity(form, 'receiver.document')
  const of = 'receiver.representative'
  const representative =
    who === 'representative' ? { ...readPerson(form, of), powerOfAttorney: readPower(form, `${of}.powerOfAttorney`) } : undefined
  return { who, document, representative, receiptShown: form.ticked('receiver.receiptShown') }
}

/** Where a part of the input stands in the form, by the path that the engine and zod use: `documents.2.validUntil`. */
function fieldsOf(input: StepInput, grounds: readonly PlacedGround[]) {
  const [firstGround] = grounds
  const wholes: Readonly<Record<string, string | undefined>> = {
    application: 'application.iin',
    documents: input.documents?.[0] && `documents.${input.documents[0].id}.in`,
    consent: 'consent.given',
    identification: 'identification.kind',
    findings: input.findings?.[0] && `findings.${input.findings[0].document}.ok`,
    'refusal.grounds': firstGround === undefined ? 'refusal.0.ground' : fieldOfGround(firstGround.at, 'ground'),
    refusal: 'refusal.0.ground',
    assignee: 'assignee',
    taken: 'taken',
    receiver: 'receiver.who',
    'receiver.representative': 'receiver.who',
    'application.representative': 'application.by',
  }
  return (path: string): string | undefined => {
    if (path in wholes) return wholes[path]
    const [part = '', index = '', ...rest] = path.split('.')
    const at = Number(part === 'refusal' ? rest[0] : index)
    if (part === 'documents') return `documents.${input.documents?.[at]?.id}.${rest.join('.') || 'in'}`
    if (part === 'findings') return `findings.${input.findings?.[at]?.document}.${rest[0] === 'fact' ? 'fact' : 'ok'}`
    if (part === 'refusal') return fieldOfGround(grounds[at]?.at ?? 'refusal.0', rest[1] ?? 'ground')
    return sectionFields.has(part) ? path : undefined
  }
}

/** A ground built from a finding stands with its document; its ground was chosen by the reason. */
const fieldOfGround = (at: string, part: string) =>
  at.startsWith('refusal.') ? `${at}.${part}` : `${at}.${part === 'ground' || part === 'document' ? 'reason' : part}`

const sectionFields = new Set(['application', 'applicant', 'consent', 'identification', 'receiver'])
