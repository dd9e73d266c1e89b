import type { Command, Decision } from '../engine/case/command.ts'
import { decide } from '../engine/case/decide.ts'
import type { Actor, CaseEvent } from '../engine/case/events.ts'
import { evolve } from '../engine/case/evolve.ts'
import { isRefusal } from '../engine/case/refusal.ts'
import type { CaseState } from '../engine/case/state.ts'
import type { Bell } from '../ledger/bell/bell.ts'
import { canonical } from '../ledger/canonical.ts'
import type { Effect, Ledger } from '../ledger/ledger.ts'
import { inSpan } from '../observe/trace.ts'
import type { CaseShelf } from './caseShelf.ts'
import { type LawClock, momentIn } from './clock.ts'
import { plain, sha256, toNewEvents } from './events.ts'
import { noticeEffects } from './notices/effects.ts'
import type { Drawn } from './numbers.ts'
import type { CaseFile, Outcome } from './outcome.ts'
import { withBooks } from './papers/books.ts'
import { isOld } from './preparing.ts'
import type { GivenSignature, SigningParts } from './signing.ts'
import type { Bound, Statutes } from './statutes.ts'
import type { Holds } from './talks/node.ts'
import { filesNamed, placesOf } from './touched.ts'
import { changesOf } from './views.ts'

/** Behind the desk's door: load, decide, append, and again where another command was faster. */

/** A request's own name, so that two clicks are one command, and the version of the case that its sender saw. */
export interface Request {
  readonly key: string
  readonly seen?: number
  /** Of a step that asks for one: made elsewhere under what `prepare` gave. Absent: the seal makes it, where it holds keys. */
  readonly signature?: GivenSignature | undefined
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
  /** Whose part is done on this node; absent: everybody's. */
  readonly holds?: Holds
  /** Five digits of case numbers; absent: all. */
  readonly drawsFrom?: Drawn
  /** Tells open pages, on every process, that a case moved. Absent: nobody looks. */
  readonly bell?: Pick<Bell, 'ring'>
}

/** Another command may move the case between reading and writing; after this many turns the door is simply too crowded. */
export const turns = 8

/** How a command is carried to its end. */
export interface Manner {
  /** What the command lacks until the case is known, on which it will be decided. */
  readonly complete?: (file: CaseFile, now: string) => Promise<Completed | Outcome>
  readonly retry?: Effect | undefined
}

export interface Completed {
  readonly wanted: Command
  readonly keeps?: readonly Uint8Array[]
}

export async function command(parts: DeskParts, number: string, wanted: Command, request: Request, manner: Manner = {}): Promise<Outcome> {
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

export interface Writing {
  readonly number: string
  readonly home: number
  readonly bound: Bound
  readonly before: CaseFile | null
  readonly decided: Decision
  readonly request: Request
  readonly requestHash: string
  readonly retry?: Effect | undefined
  readonly keeps?: readonly Uint8Array[] | undefined
  /** Who is named beside papers; absent: the people of this node. */
  readonly people?: SigningParts['people'] | undefined
}

export async function append(parts: DeskParts, writing: Writing): Promise<Outcome | 'again'> {
  const { number, home, bound, before, decided, request, requestHash, keeps } = writing
  const foldOf = (all: readonly CaseEvent[]) => all.reduce((s, event) => evolve(s, event), before?.state ?? null)
  const bare = foldOf(decided.events)
  if (bare === null) throw new Error('a decision without events was appended')
  const events = withBooks(writing.people ?? parts.signing.people, decided.events, bare)
  const state = events === decided.events ? bare : (foldOf(events) ?? bare)
  const effects: Effect[] = decided.effects.map((e) => ({ task: e.task, key: e.key, payload: plain(e.payload) }))
  const version = (before?.version ?? 0) + events.length
  if (tellsApplicant(parts, bound, state))
    effects.push(...noticeEffects({ number, version, law: bound.court, before: before?.state ?? null, after: state, events }))
  const failed = decided.events.some(({ type }) => type === 'OutsideFailed' || type === 'MessageFailed')
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

/** Of two nodes only the one that received the application writes to the applicant. */
const tellsApplicant = (parts: DeskParts, { court }: Bound, { channel }: CaseState) =>
  parts.holds?.(court.regulation.channels[channel]?.receiver ?? 'provider', court.regulation.region) ?? true

/** Over canonical JSON: the same request with its names in another order is the same request. */
export const digest = (value: unknown) => sha256(canonical(plain(value)))
