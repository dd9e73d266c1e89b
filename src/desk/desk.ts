import type { Command, Decision } from '../engine/case/command.ts'
import { decide } from '../engine/case/decide.ts'
import { partyOf } from '../engine/case/dues.ts'
import type { Actor, CaseEvent } from '../engine/case/events.ts'
import { evolve } from '../engine/case/evolve.ts'
import type { Answer, StepInput } from '../engine/case/input.ts'
import { isRefusal, refuse } from '../engine/case/refusal.ts'
import type { Correctable } from '../engine/case/state.ts'
import { isTheirs } from '../engine/case/steps.ts'
import type { Bell } from '../ledger/bell/bell.ts'
import { canonical } from '../ledger/canonical.ts'
import type { Effect, Ledger } from '../ledger/ledger.ts'
import { inSpan } from '../observe/trace.ts'
import type { ToBeSigned } from '../seal/seal.ts'
import type { CaseShelf } from './caseShelf.ts'
import { type LawClock, momentIn } from './clock.ts'
import { plain, sha256, toNewEvents } from './events.ts'
import { noticeEffects } from './notices/effects.ts'
import { drawNumber, drawSecret } from './numbers.ts'
import type { CaseFile, Outcome } from './outcome.ts'
import { withBooks } from './papers/books.ts'
import { isOld, prepare, wrongPerformer } from './preparing.ts'
import { type GivenSignature, holdsKeys, type SigningParts, withSignature } from './signing.ts'
import type { Bound, Statutes } from './statutes.ts'
import { filesNamed, placesOf } from './touched.ts'
import { changesOf } from './views.ts'
import { systemActor, type Who } from './who.ts'

export interface Opening {
  readonly service: string
  readonly region: string
  readonly channel: string
  readonly provider: { readonly id: string; readonly kind: string }
  readonly branch: string | null
  readonly location: 'local' | 'nonLocal'
}

/** A request's own name, so that two clicks are one command, and the version of the case that its sender saw. */
export interface Request {
  readonly key: string
  readonly seen?: number
  /** Of a step that asks for one: made elsewhere under what `prepare` gave. Absent: the seal makes it, where it holds keys. */
  readonly signature?: GivenSignature | undefined
}

/** What is to be signed before the step can be done; `notAsked`: the step as it would be done asks for no signature. */
export type Preparation =
  | { readonly kind: 'prepared'; readonly number: string; readonly version: number; readonly toBeSigned: ToBeSigned }
  | { readonly kind: 'notAsked' }
  | Exclude<Outcome, { kind: 'done' }>

export type OfficeCommand =
  | { readonly do: 'correct'; readonly entry: Correctable; readonly value: string; readonly reason: string }
  | { readonly do: 'return'; readonly reason: string }
  | { readonly do: 'withdraw'; readonly reason: string }
  | { readonly do: 'reissue'; readonly paper: string; readonly reason: string }
  | { readonly do: 'replace'; readonly reason: string }
  | { readonly do: 'reassign'; readonly role: string; readonly from: string | null; readonly to: string | null; readonly reason: string }
  | { readonly do: 'adoptLaw'; readonly file: string; readonly to: string; readonly reason: string }

/** The one door by which pages, API, gateway, clock and command line change a case: load, decide, append. */
export interface Desk {
  open(opening: Opening, who: Who, request: Request): Promise<Outcome>
  step(number: string, step: string, input: StepInput, who: Who, request: Request): Promise<Outcome>
  /**
   * What a signature under the step has to be put to. Nothing is kept and nothing of it is taken back: when the step comes with its signature, the same
   * is made again from the same case, input and session.
   */
  prepare(number: string, step: string, input: StepInput, who: Who, seen?: number): Promise<Preparation>
  /** Whether a step is signed without a signature from outside: by the keys of the simulator. */
  readonly signsItself: boolean
  office(number: string, command: OfficeCommand, who: Who, request: Request): Promise<Outcome>
  answer(number: string, step: string, answer: Answer, request: Request, retry?: Effect): Promise<Outcome>
  mark(number: string, dues: readonly string[]): Promise<Outcome>
  /** What somebody has by name in a role that they hold no longer goes back to everybody in it. */
  release(number: string, from: string, role: string): Promise<Outcome>
}

export interface DeskParts {
  readonly ledger: Ledger
  readonly shelf: CaseShelf
  readonly statutes: Statutes
  readonly clock: LawClock
  readonly signing: SigningParts
  /** Whether somebody of the staff is active and holds the role at the organisation today. */
  readonly isPerformer: (id: string, organisation: string, role: string) => boolean
  /** Whether cases are opened at the organisation; absent: at every one. */
  readonly accepts?: (organisation: string) => boolean
  /** Whether the people of the organisation are this administrator's business; absent: of no organisation. */
  readonly mayAdminister?: (actor: Actor, organisation: string) => boolean
  /** Tells open pages, on every process, that a case moved. Absent: nobody looks. */
  readonly bell?: Pick<Bell, 'ring'>
}

/** Another command may move the case between reading and writing; after this many turns the door is simply too crowded. */
const turns = 8

export function createDesk(parts: DeskParts): Desk {
  return {
    open: (opening, who, request) => open(parts, opening, who, request),
    step: (number, step, input, who, request) => doStep(parts, number, step, input, who, request),
    prepare: (number, step, input, who, seen) => prepare(parts, number, step, input, who, seen),
    signsItself: holdsKeys(parts.signing.seal),
    office: (number, wanted, who, request) =>
      wanted.do === 'reassign'
        ? reassign(parts, number, wanted, who, request)
        : command(parts, number, { ...wanted, actor: who.actor }, request),
    release: (number, from, role) => release(parts, number, from, role),
    answer: (number, step, answer, request, retry) =>
      command(parts, number, { do: 'answer', actor: systemActor('gateway'), number, step, answer }, request, { retry }),
    mark: (number, dues) =>
      command(
        parts,
        number,
        { do: 'mark', actor: systemActor('clock'), dues },
        { key: `mark/${number}/${[...dues].sort().join(',')}/${parts.clock.now()}` },
      ),
  }
}

async function open(parts: DeskParts, opening: Opening, who: Who, request: Request): Promise<Outcome> {
  const { statutes, clock } = parts
  const now = momentIn(statutes.zoneOf(opening.region), clock.now())
  const bound = statutes.inForce(opening.service, opening.region, now.slice(0, 10))
  if ('refused' in bound) return { kind: 'notInForce', answer: bound }
  const home = statutes.homeOf(opening.region)
  const { channel, provider, branch, location } = opening
  const requestHash = digest({ opening, actor: who.actor })
  const closed = [provider.id, branch].find((id) => id !== null && parts.accepts?.(id) === false)
  if (closed) return { kind: 'refused', refusal: refuse('unknownProvider', null, { provider: closed }).refused, file: null }
  for (let turn = 0; turn < turns; turn++) {
    const number = drawNumber(home, now.slice(0, 10))
    const wanted: Command = { do: 'open', actor: who.actor, number, channel, provider, branch, location, secret: drawSecret() }
    const decided = inSpan('case.decide', () => decide(bound.court, null, wanted, now))
    if (isRefusal(decided)) return { kind: 'refused', refusal: decided.refused, file: null }
    const outcome = await append(parts, { number, home, bound, before: null, decided, request, requestHash })
    if (outcome !== 'again') return outcome
  }
  throw new Error('no free case number was drawn')
}

/**
 * The signature is made only for whoever may do the step now, over the case as it is decided on: should the ledger hold a newer one, the command is
 * not appended, and both are made again. The request is known by what was asked, not by the signature made for it.
 */
function doStep(parts: DeskParts, number: string, step: string, input: StepInput, who: Who, request: Request): Promise<Outcome> {
  const wanted: Command = { do: 'step', actor: who.actor, number, step, input }
  const complete = async (file: CaseFile, now: string): Promise<Completed | Outcome> => {
    const open = file.state.step
    if (open?.id !== step || !isTheirs(open, who.actor)) return { wanted }
    const stranger = wrongPerformer(parts, file, step, input)
    if (stranger) return { kind: 'refused', refusal: stranger.refused, file }
    const wish = { file, step, input, who, at: now }
    const signed = await inSpan('case.sign', () => withSignature(parts.signing, wish, request.signature))
    if (signed === null) return { wanted }
    return signed.kind === 'unsigned' ? signed : { wanted: { ...wanted, input: signed.input }, keeps: [signed.file] }
  }
  return command(parts, number, wanted, request, { complete })
}

/** The engine has no book of people: whether the one named may perform, and whose administrator asks, is told at the door. */
async function reassign(
  parts: DeskParts,
  number: string,
  wanted: Extract<OfficeCommand, { do: 'reassign' }>,
  who: Who,
  request: Request,
): Promise<Outcome> {
  const file = await parts.shelf.find(number, false)
  if (file === null) return { kind: 'notFound' }
  const organisation = partyOf(file.bound.court, file.state, wanted.role).organisation ?? ''
  const mayNot = who.actor.role === 'administrator' && !(parts.mayAdminister?.(who.actor, organisation) ?? false)
  if (mayNot) return { kind: 'refused', refusal: refuse('notYours', null, { role: wanted.role }).refused, file }
  if (wanted.to !== null && !parts.isPerformer(wanted.to, organisation, wanted.role))
    return { kind: 'refused', refusal: refuse('unknownPerformer', null, {}, 'to').refused, file }
  return command(parts, number, { ...wanted, actor: who.actor }, request)
}

/** Each version of a case is released once: a second sweep, on whatever process, finds the same key or nothing to release. */
async function release(parts: DeskParts, number: string, from: string, role: string): Promise<Outcome> {
  const file = await parts.shelf.find(number, true)
  if (file === null) return { kind: 'notFound' }
  const wanted: Command = { do: 'reassign', actor: systemActor('clock'), role, from, to: null, reason: '' }
  return command(parts, number, wanted, { key: `release/${number}/${from}/${file.version}` })
}

interface Manner {
  /** What the command lacks until the case is known, on which it will be decided. */
  readonly complete?: (file: CaseFile, now: string) => Promise<Completed | Outcome>
  readonly retry?: Effect | undefined
}

interface Completed {
  readonly wanted: Command
  readonly keeps?: readonly Uint8Array[]
}

async function command(parts: DeskParts, number: string, wanted: Command, request: Request, manner: Manner = {}): Promise<Outcome> {
  const { retry, complete } = manner
  const requestHash = digest({ number, wanted })
  for (let turn = 0; turn < turns; turn++) {
    const file = await parts.shelf.find(number, turn > 0)
    if (file === null) return { kind: 'notFound' }
    if (await isOld(parts, file, request.seen)) {
      if (turn === 0) continue // a stale shelf may be the older of the two: look again before saying that the sender's page is old
      return (await repeated(parts, file, request, requestHash)) ?? { kind: 'changed', number, version: file.version }
    }
    const now = momentIn(parts.statutes.zoneOf(file.bound.law.regulation.region), parts.clock.now())
    const completed = complete ? await complete(file, now) : { wanted }
    if ('kind' in completed) {
      if (turn === 0 && completed.kind === 'refused') continue // the same: refuse only from what the ledger holds
      return completed
    }
    const decided = inSpan('case.decide', () => decide(file.bound.court, file.state, completed.wanted, now))
    if (isRefusal(decided)) {
      if (turn === 0) continue // the same: refuse only from what the ledger holds
      return (await repeated(parts, file, request, requestHash)) ?? { kind: 'refused', refusal: decided.refused, file }
    }
    if (decided.events.length === 0) return { kind: 'done', number, version: file.version, repeated: true }
    const { home, bound } = file
    const outcome = await append(parts, { number, home, bound, before: file, decided, request, requestHash, retry, keeps: completed.keeps })
    if (outcome !== 'again') return outcome
  }
  return { kind: 'changed', number, version: (await parts.shelf.find(number, true))?.version ?? 0 }
}

/** What is refused because it has just been done may be the second click of the same request: its key tells. */
async function repeated(parts: DeskParts, file: CaseFile, request: Request, requestHash: string): Promise<Outcome | null> {
  const earlier = await parts.ledger.lookUp(file.home, request.key)
  if (earlier === null) return null
  if (earlier.requestHash !== requestHash) return { kind: 'keyReused' }
  return { kind: 'done', number: earlier.case, version: earlier.version, repeated: true }
}

interface Writing {
  readonly number: string
  readonly home: number
  readonly bound: Bound
  readonly before: CaseFile | null
  readonly decided: Decision
  readonly request: Request
  readonly requestHash: string
  readonly retry?: Effect | undefined
  readonly keeps?: readonly Uint8Array[] | undefined
}

async function append(parts: DeskParts, writing: Writing): Promise<Outcome | 'again'> {
  const { number, home, bound, before, decided, request, requestHash, keeps } = writing
  const foldOf = (all: readonly CaseEvent[]) => all.reduce((s, event) => evolve(s, event), before?.state ?? null)
  const bare = foldOf(decided.events)
  if (bare === null) throw new Error('a decision without events was appended')
  const events = withBooks(parts.signing.people, decided.events, bare)
  const state = events === decided.events ? bare : (foldOf(events) ?? bare)
  const effects: Effect[] = decided.effects.map((e) => ({ task: e.task, key: e.key, payload: plain(e.payload) }))
  const version = (before?.version ?? 0) + events.length
  effects.push(...noticeEffects({ number, version, law: bound.court, before: before?.state ?? null, after: state, events }))
  const failed = decided.events.some((event: CaseEvent) => event.type === 'OutsideFailed')
  if (failed && writing.retry) effects.push(writing.retry)
  const outcome = await parts.ledger.append({
    home,
    case: number,
    expectedVersion: before?.version ?? 0,
    idempotencyKey: request.key,
    requestHash,
    events: toNewEvents(bound.law, events),
    result: { number },
    views: changesOf({ number, home, bound, before: before?.state ?? null, after: state }),
    effects,
    files: filesNamed(decided.events),
    ...(keeps === undefined ? {} : { keeps }),
  })
  switch (outcome.kind) {
    case 'appended':
      parts.shelf.keep({ number, home, version: outcome.version, state, bound })
      parts.bell?.ring({ case: number, version: outcome.version, places: placesOf(bound, before?.state ?? null, state) })
      return { kind: 'done', number, version: outcome.version, repeated: false }
    case 'repeated':
      return { kind: 'done', number: outcome.case, version: outcome.version, repeated: true }
    case 'keyReused':
      return { kind: 'keyReused' }
    case 'conflict':
    case 'numberTaken':
      return 'again'
  }
}

/** Over canonical JSON: the same request with its names in another order is the same request. */
const digest = (value: unknown) => sha256(canonical(plain(value)))
