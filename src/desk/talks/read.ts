import type { Deed } from '../../engine/case/command.ts'
import type { Actor } from '../../engine/case/events.ts'
import type { StepInput } from '../../engine/case/input.ts'
import { correctable } from '../../engine/case/state.ts'
import { type Side, sideOf } from '../../engine/case/talk.ts'
import type { IncomingMessage } from '../../gateway/messages/channel.ts'
import type { CourseDeed } from '../../gateway/messages/course.ts'
import type { Payload, PayloadOf } from '../../gateway/messages/payload.ts'
import type { Organisation, Staff } from '../../people/model.ts'
import { drawSecret } from '../numbers.ts'
import type { CaseFile } from '../outcome.ts'
import type { SigningParts } from '../signing.ts'
import type { Bound } from '../statutes.ts'
import { systemActor } from '../who.ts'
import type { Taking } from './take.ts'

/** Whom this node knows by the numbers that every node knows them by. */
export interface Books {
  readonly organisations: () => readonly Organisation[]
  readonly organisation: (id: string) => Organisation | undefined
  readonly staffById: (id: string) => Staff | undefined
}

interface Hearing {
  readonly message: IncomingMessage
  readonly bound: Bound
  readonly books: Books
  /** The case's two organisations as this node calls them. */
  readonly at: Readonly<Record<Side, string>>
  readonly input: StepInput
}

/**
 * The commands that a message tells, without those of which this node knows (`taken` of the talk); null where it names an organisation that is unknown
 * here, or deeds that are not its sender's.
 */
export function read(message: IncomingMessage, bound: Bound, books: Books, file: CaseFile | null): Omit<Taking, 'keeps'> | null {
  const { payload } = message
  const at = placesOf(payload, books, file)
  if (at === null) return null
  const hearing: Hearing = { message, bound, books, at, input: inputOf(message.senderId, payload) }
  const from = senderSide(message)
  const isTheirs = (deed: CourseDeed) => !('by' in deed) || sideOf(bound.court, deed.by.role) === from
  if (!payload.course.every(isTheirs)) return null
  const taken = file?.state.talk?.taken ?? 0
  const deeds = payload.course
    .filter(({ seq }) => seq > taken)
    .map((deed) => ({ seq: deed.seq, at: deed.at, command: commandOf(hearing, deed) }))
  if (!deeds.every((deed): deed is Deed => deed.command !== null)) return null
  const { correlationId: correlation, senderId, messageType: kind, digest } = message
  const { event, eventAt } = payload
  return {
    number: payload.case.number,
    home: payload.case.home,
    bound,
    terms: payload.terms,
    people: peopleOf(message.senderId, payload, books),
    command: {
      do: 'take',
      actor: systemActor('gateway'),
      received: { message: payload.message, kind, from: senderId, correlation, digest, event, eventAt },
      deeds,
    },
  }
}

export const senderSide = ({ messageType }: Pick<IncomingMessage, 'messageType'>): Side =>
  messageType === 'REQUEST' || messageType === 'UPDATE' ? 'corporation' : 'provider'

function placesOf(payload: Payload, books: Books, file: CaseFile | null): Record<Side, string> | null {
  const byBin = (bin: string) => books.organisations().find((one) => one.bin === bin)?.id
  const isNew = file === null && payload.kind === 'application'
  const provider = isNew ? byBin(payload.providerBin) : file?.state.provider.id
  const corporation = isNew ? byBin(payload.branchBin) : file?.state.branch
  return provider === undefined || corporation === undefined || corporation === null ? null : { provider, corporation }
}

/** Staff of another node are nobody's here: their ids carry the node. */
const theirs = (senderId: string, id: string): string => `${senderId}/${id}`

function actorOf({ message, bound, at }: Hearing, by: Extract<CourseDeed, { do: 'open' }>['by']): Actor {
  const side = sideOf(bound.court, by.role) ?? 'provider'
  const unit = bound.law.regulation.roles[by.role]?.unit
  const { acting } = by
  return {
    kind: 'staff',
    id: theirs(message.senderId, by.id),
    role: by.role,
    organisation: at[side],
    ...(unit === undefined ? {} : { unit }),
    ...(acting === undefined ? {} : { acting: { ...acting, for: theirs(message.senderId, acting.for) } }),
  }
}

/** null: no such deed can be told by this message. */
function commandOf(hearing: Hearing, deed: CourseDeed): Deed['command'] | null {
  const { message, input, at } = hearing
  const { payload } = message
  const { number } = payload.case
  switch (deed.do) {
    case 'open': {
      if (payload.kind !== 'application') return null
      const { channel, location } = payload
      const kind = hearing.books.organisation(at.provider)?.kind ?? ''
      const opening = { channel, location, provider: { id: at.provider, kind }, branch: at.corporation, secret: drawSecret() }
      return { do: 'open', actor: actorOf(hearing, deed.by), number, ...opening }
    }
    case 'step': {
      const assignee = deed.assignee === undefined ? {} : { assignee: theirs(message.senderId, deed.assignee) }
      return { do: 'step', actor: actorOf(hearing, deed.by), number, step: deed.step, input: { ...input, ...assignee } }
    }
    case 'registerAnswered': {
      const { exchange, text = '' } = deed
      const iin = payload.kind === 'application' ? payload.applicant.iin : ''
      const answer = deed.found ? { kind: 'found' as const, person: { iin }, exchange } : { kind: 'notFound' as const, text, exchange }
      return { do: 'answer', actor: systemActor('gateway'), number, step: deed.step, answer }
    }
    case 'sent': {
      const { messageId: exchange, correlationId: correlation, digest } = message
      const answer = { kind: 'delivered', exchange, receivedAt: deed.at, correlation, digest } as const
      return { do: 'answer', actor: systemActor('gateway'), number, step: deed.step, answer }
    }
    case 'correct': {
      const entry = correctable.find((one) => one === deed.entry)
      return entry === undefined ? null : { do: 'correct', actor: actorOf(hearing, deed.by), entry, value: deed.value, reason: deed.reason }
    }
    case 'return':
    case 'replace':
      return { do: deed.do, actor: actorOf(hearing, deed.by), reason: deed.reason }
    case 'withdraw':
      return { do: 'withdraw', actor: actorOf(hearing, deed.by), reason: '—' }
  }
}

/** All that the message's own fields say, as steps read it: each act takes its own part. */
function inputOf(senderId: string, payload: Payload): StepInput {
  const seal = payload.seal && {
    signature: {
      signer: theirs(senderId, payload.seal.signer),
      digest: payload.seal.digest,
      file: payload.seal.signed.sha256,
      algorithm: payload.seal.algorithm,
    },
  }
  if (payload.kind === 'application') return { ...applicationInput(payload), ...seal }
  const { examination, grounds } = payload
  const refusal = grounds.map(({ ground, document, fact, remedy }) => ({
    ground,
    fact,
    remedy,
    ...(document === undefined ? {} : { document }),
  }))
  return {
    taken: true,
    ...(examination.length === 0 ? {} : { findings: examination }),
    ...(refusal.length === 0 ? {} : { refusal: { grounds: refusal } }),
    ...(payload.kind === 'progress' && payload.receiver ? { receiver: payload.receiver } : {}),
    ...seal,
  }
}

function applicationInput(payload: PayloadOf<'application'>): StepInput {
  const { applicant, representative, asks, holds, answerIn: language, consent, identification, documents, inStateSystems } = payload
  const { phone, email, address, ...person } = applicant
  return {
    taken: true,
    application: { ...person, asks, holds, language, ...(representative ? { representative } : {}) },
    applicant: { ...(phone ? { phone } : {}), ...(email ? { email } : {}), ...(address ? { address } : {}) },
    consent: { given: true, form: consent.form },
    ...(identification ? { identification } : {}),
    documents: documents.map(({ file, originalSeen = false, ...one }) => ({
      ...one,
      originalSeen,
      ...(file ? { file: file.sha256 } : {}),
    })),
    ...(inStateSystems ? { inStateSystems } : {}),
  }
}

/** The message's people beside our own: papers name whoever signed them. */
function peopleOf(senderId: string, payload: Payload, books: Books): SigningParts['people'] {
  const told = new Map(payload.people.map(({ id, name, post }) => [theirs(senderId, id), { name, post }]))
  return {
    organisation: books.organisation,
    staffById: (id) => {
      const one = told.get(id)
      return one === undefined ? books.staffById(id) : { id, login: '', iin: null, grants: [], active: false, ...one }
    },
  }
}
