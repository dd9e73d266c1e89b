import { lacking } from '../../engine/acts/intake.ts'
import { replay } from '../../engine/case/evolve.ts'
import { isRunning } from '../../engine/case/parts.ts'
import type { CaseState } from '../../engine/case/state.ts'
import { type Side, sideOf } from '../../engine/case/talk.ts'
import type { MessageType } from '../../gateway/messages/channel.ts'
import type { CourseDeed } from '../../gateway/messages/course.ts'
import type { CarriedFile, Payload, PayloadOf } from '../../gateway/messages/payload.ts'
import type { Ledger, StoredEvent } from '../../ledger/ledger.ts'
import type { People } from '../../people/people.ts'
import { toCaseEvent } from '../events.ts'
import type { CaseFile } from '../outcome.ts'
import { courseOf, namedIn } from './course.ts'
import type { FileCarriage } from './files.ts'
import { proofDigest } from './take.ts'

export interface SayParts {
  readonly ledger: Pick<Ledger, 'files'>
  readonly people: Pick<People, 'staffById' | 'organisation'>
  readonly carriage: FileCarriage
}

/** What a message says and to whom it goes, made from the events up to the one that caused it: made again, it is the same. */
export interface Saying {
  readonly type: MessageType
  readonly side: Side
  readonly payload: Payload
}

/** `message`: as the case names it; `RequestSent` has the whole name, `MessageSent` the part after the number. */
export async function say(parts: SayParts, file: CaseFile, events: readonly StoredEvent[], message: string): Promise<Saying> {
  const cause = events.find(({ type, data }) => (type === 'RequestSent' || type === 'MessageSent') && data.message === message)
  if (cause === undefined) throw new Error(`case ${file.number} never sent ${message}`)
  const before = events.filter(({ seq }) => seq <= cause.seq)
  const state = replay(before.map(toCaseEvent))
  if (state === null) throw new Error(`case ${file.number} has no events`)
  const type: MessageType = cause.type === 'RequestSent' ? 'REQUEST' : (String(cause.data.kind) as MessageType) // as: written by the engine
  const side: Side = type === 'REQUEST' || type === 'UPDATE' ? 'corporation' : 'provider'
  // What the request told is not told again; the provider's part is, so that a message that came first makes the one before it needless.
  const told = type === 'UPDATE' ? (before.findLast((event) => event.type === 'RequestSent')?.seq ?? 0) : 0
  const talk: Talking = {
    parts,
    file,
    state,
    cause,
    before,
    course: courseOf(file.bound.court, before, side).filter(({ seq }) => seq > told),
    side,
  }
  const payload = type === 'REQUEST' ? await application(talk) : type === 'RESPONSE' ? await decision(talk) : await progress(talk)
  return { type, side, payload }
}

interface Talking {
  readonly parts: SayParts
  readonly file: CaseFile
  readonly state: CaseState
  readonly cause: StoredEvent
  /** Up to the cause. */
  readonly before: readonly StoredEvent[]
  readonly course: readonly CourseDeed[]
  readonly side: Side
}

/** The sender's own name of a message, unique for ever. */
export const wireName = (number: string, message: string): string => (message.startsWith(`${number}/`) ? message : `${number}/${message}`)

function head({ parts, file, state, cause, course, side }: Talking, signer?: string) {
  const { regulation, sha256 } = file.bound.law
  const ids = new Set([...namedIn(course), ...(signer === undefined ? [] : [signer])])
  return {
    format: 'qyzmet.message/1' as const,
    message: wireName(file.number, String(cause.data.message)),
    law: { regulation: regulation.id, edition: regulation.edition, sha256: sha256.regulation, standard: sha256.standard },
    eventAt: cause.at,
    event: { seq: cause.seq, hash: cause.hash },
    case: { home: file.home, number: file.number },
    course: [...course],
    people: [...ids].flatMap((id) => personOf(parts.people, id, organisationIn(state, side))),
    terms: state.dues.filter(isRunning).map(({ id, dueAt, proof }) => ({ id, dueAt, proof: proofDigest(proof) })),
  }
}

const organisationIn = (state: CaseState, side: Side): string => (side === 'provider' ? state.provider.id : (state.branch ?? ''))

function personOf(people: SayParts['people'], id: string, organisation: string) {
  const one = people.staffById(id)
  const bin = people.organisation(organisation)?.bin
  if (one === undefined || bin === undefined) return []
  const { surname, name, patronymic } = one.name
  const { kk, ru } = one.post
  return [{ id, name: { surname, name, ...(patronymic ? { patronymic } : {}) }, post: { kk, ru }, organisationBin: bin }]
}

async function application(talk: Talking): Promise<PayloadOf<'application'>> {
  const { parts, file, state } = talk
  const { application, consent, seal, identification } = state
  const provider = parts.people.organisation(state.provider.id)
  const branch = parts.people.organisation(state.branch ?? '')
  if (!application || !consent || !seal?.file) throw new Error(`case ${file.number} is sent before it is whole`)
  if (!provider || !branch) throw new Error(`case ${file.number} names organisations that are not there`)
  const { surname, name, patronymic, representative, asks, holds, language, iin, position, workplace } = application
  return {
    kind: 'application',
    ...head(talk, seal.signer),
    service: file.bound.law.regulation.service,
    channel: state.channel,
    location: state.location,
    providerBin: provider.bin,
    branchBin: branch.bin,
    applicant: without({ iin, surname, name, patronymic, position, workplace, ...state.applicant }),
    ...(representative ? { representative } : {}),
    asks,
    holds,
    answerIn: language,
    consent: { form: consent.form === 'eds' || consent.form === 'phone' ? consent.form : 'written', at: consent.at },
    ...identified(identification),
    documents: await Promise.all(
      state.documents.map(async ({ file: scan, ...one }) => without({ ...one, file: await carried(talk, scan) })),
    ),
    ...(state.inStateSystems === null ? {} : { inStateSystems: [...state.inStateSystems] }),
    seal: await sealOf(talk, seal),
  }
}

const identityKinds = ['idCard', 'passport', 'residencePermit', 'digitalId'] as const
type Identity = NonNullable<PayloadOf<'application'>['identification']>

const identityOf = (kind: string, number: string): Identity => ({
  kind: identityKinds.find((one) => one === kind) ?? 'idCard',
  number: number || '—',
})

const identified = (shown: CaseState['identification']) =>
  shown === null ? {} : { identification: identityOf(shown.document, shown.number) }

async function answerIn(talk: Talking) {
  const { state, file } = talk
  const { examination, answer, signature } = state
  const { standard, regulation } = file.bound.court
  const refusing = talk.side === 'provider' && answer?.kind === 'refusal' ? answer.grounds : []
  // As the examination judged it on its day: what the Standard demands and nobody handed in.
  const missing = answer?.kind === 'refusal' ? lacking(standard.documents, state, answer.at).missing : []
  const clause = regulation.steps.find((step) => step.id === state.path.at(-1)?.step)?.clauses[0] ?? ''
  return {
    examination: talk.side === 'provider' && examination ? examination.findings.map((one) => without({ ...one })) : [],
    missingDocuments: missing.map((document) => ({
      id: document,
      title: bilingual(standard.documents.find(({ id }) => id === document)?.title),
    })),
    grounds: refusing.map(({ ground, document, fact, remedy }) =>
      without({ ground, document, clause, text: bilingual(standard.grounds.find(({ id }) => id === ground)?.title), fact, remedy }),
    ),
    ...(talk.side === 'provider' && signature?.file ? { seal: await sealOf(talk, signature) } : {}),
  }
}

async function progress(talk: Talking): Promise<PayloadOf<'progress'>> {
  const { state } = talk
  const { registration, ended, given } = state
  const last = talk.course.at(-1)
  const status =
    last?.do === 'return'
      ? 'RETURNED'
      : ended?.kind === 'withdrawn'
        ? 'WITHDRAWN'
        : given
          ? 'HANDED_OUT'
          : registration
            ? 'REGISTERED'
            : 'IN_PROGRESS'
  return {
    kind: 'progress',
    ...head(talk, state.signature?.signer),
    status,
    ...(registration ? { registration: { number: registration.number, at: registration.at } } : {}),
    ...(await answerIn(talk)),
    ...receiverOf(talk),
  }
}

async function decision(talk: Talking): Promise<PayloadOf<'decision'>> {
  const { state, cause, file } = talk
  const { ended, answer, papers } = state
  const last = talk.course.at(-1)
  const resolution =
    last?.do === 'return' ? 'RETURNED' : ended?.kind === 'withdrawn' ? 'WITHDRAWN' : answer?.kind === 'refusal' ? 'NEGATIVE' : 'POSITIVE'
  const said = await answerIn(talk)
  const forms = file.bound.law.regulation.papers
  return {
    kind: 'decision',
    ...head(talk, state.signature?.signer),
    resolution,
    resolvedAt: answer?.at ?? cause.at,
    ...said,
    ...(resolution === 'NEGATIVE' ? {} : { grounds: [] }),
    papers: papers
      .filter(({ by, copyOf }) => copyOf === null && sideOf(file.bound.court, by.role) === 'provider')
      .map(({ id, kind, form }) => ({ id, kind, title: bilingual(forms.find((one) => one.id === form)?.title) })),
  }
}

/** The event of handing out has whom the paper was given to; the state only that it was. */
function receiverOf({ state, side, before }: Talking): Pick<PayloadOf<'progress'>, 'receiver'> {
  const given =
    side === 'corporation' && state.given ? before.map(toCaseEvent).findLast((event) => event.type === 'AnswerGiven') : undefined
  if (given?.type !== 'AnswerGiven') return {}
  const { who, document, receiptShown } = given.data
  const representative = given.personal?.representative
  const receiver = { who, document: identityOf(document, given.personal?.number ?? ''), receiptShown }
  return { receiver: representative ? { ...receiver, representative } : receiver }
}

async function sealOf(talk: Talking, { algorithm, digest, signer, file }: NonNullable<CaseState['seal']>) {
  const signed = await carried(talk, file ?? undefined)
  if (signed === undefined) throw new Error(`a signature of case ${talk.file.number} has no file`)
  return { algorithm, digest, signer, signed }
}

async function carried({ parts, file }: Talking, sha256: string | undefined): Promise<CarriedFile | undefined> {
  if (sha256 === undefined) return undefined
  const bytes = await parts.ledger.files.get(file.home, file.number, sha256)
  if (bytes === null) throw new Error(`a file of case ${file.number} is not there`)
  return parts.carriage.lay(sha256, bytes)
}

function bilingual(text: { readonly kk?: string; readonly ru?: string } | undefined) {
  const kk = text?.kk || text?.ru || '—'
  return { kk, ru: text?.ru || kk }
}

/** Without what is not there: the payload's shapes are strict. */
function without<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> } // as: only what is undefined was left out
}
