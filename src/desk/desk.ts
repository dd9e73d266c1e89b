import type { Became, Command } from '../engine/case/command.ts'
import { decide } from '../engine/case/decide.ts'
import { partyOf } from '../engine/case/dues.ts'
import type { Answer, StepInput } from '../engine/case/input.ts'
import { stepOf } from '../engine/case/law.ts'
import { isRefusal, refuse } from '../engine/case/refusal.ts'
import type { Correctable } from '../engine/case/state.ts'
import { isTheirs } from '../engine/case/steps.ts'
import { sideOf } from '../engine/case/talk.ts'
import type { Effect } from '../ledger/ledger.ts'
import { inSpan } from '../observe/trace.ts'
import type { SealReason, ToBeSigned } from '../seal/seal.ts'
import { momentIn } from './clock.ts'
import { append, type Completed, command, type DeskParts, digest, type Request, turns } from './door.ts'
import { drawNumber, drawSecret } from './numbers.ts'
import type { CaseFile, Outcome } from './outcome.ts'
import { judge, type Preparation, prepare, wrongPerformer } from './preparing.ts'
import { type GivenSignature, holdsKeys, withSignature } from './signing.ts'
import { elsewhere } from './talks/side.ts'
import { type Taken, type Taking, take } from './talks/take.ts'
import { systemActor, type Who } from './who.ts'

export interface Opening {
  readonly service: string
  readonly region: string
  readonly channel: string
  readonly provider: { readonly id: string; readonly kind: string }
  readonly branch: string | null
  readonly location: 'local' | 'nonLocal'
}

export type OfficeCommand =
  | { readonly do: 'correct'; readonly entry: Correctable; readonly value: string; readonly reason: string }
  | { readonly do: 'return'; readonly reason: string }
  | { readonly do: 'withdraw'; readonly reason: string }
  | { readonly do: 'reissue'; readonly paper: string; readonly reason: string }
  | { readonly do: 'replace'; readonly reason: string }
  | { readonly do: 'reassign'; readonly role: string; readonly from: string | null; readonly to: string | null; readonly reason: string }
  | { readonly do: 'adoptLaw'; readonly file: string; readonly to: string; readonly reason: string }

export type { DeskParts, Request } from './door.ts'
export type { Preparation } from './preparing.ts'

/** The one door by which pages, API, gateway, clock and command line change a case: load, decide, append. */
export interface Desk {
  open(opening: Opening, who: Who, request: Request): Promise<Outcome>
  step(number: string, step: string, input: StepInput, who: Who, request: Request): Promise<Outcome>
  /**
   * What a signature under the step has to be put to. Nothing is kept and nothing of it is taken back: when the step comes with its signature, the same
   * is made again from the same case, input and session.
   */
  prepare(number: string, step: string, input: StepInput, who: Who, seen?: number): Promise<Preparation>
  /** Why a signature of what was prepared would not be taken now; empty: it would. Writes nothing. */
  judge(number: string, prepared: ToBeSigned, given: GivenSignature): Promise<readonly SealReason[]>
  /** Whether a step is signed without a signature from outside: by the keys of the simulator. */
  readonly signsItself: boolean
  office(number: string, command: OfficeCommand, who: Who, request: Request): Promise<Outcome>
  answer(number: string, step: string, answer: Answer, request: Request, retry?: Effect): Promise<Outcome>
  mark(number: string, dues: readonly string[]): Promise<Outcome>
  /** What the other node did, by its message: in one transaction, once by the message's own name. */
  take(taking: Taking): Promise<Taken>
  /** What became of a message of ours. */
  message(number: string, message: string, became: Became, request: Request, retry?: Effect): Promise<Outcome>
  /** What somebody has by name in a role that they hold no longer goes back to everybody in it. */
  release(number: string, from: string, role: string): Promise<Outcome>
}

export function createDesk(parts: DeskParts): Desk {
  return {
    open: (opening, who, request) => open(parts, opening, who, request),
    step: (number, step, input, who, request) => doStep(parts, number, step, input, who, request),
    prepare: (number, step, input, who, seen) => prepare(parts, number, step, input, who, seen),
    judge: (number, prepared, given) => judge(parts, number, prepared, given),
    signsItself: holdsKeys(parts.signing.seal),
    office: (number, wanted, who, request) =>
      wanted.do === 'reassign'
        ? reassign(parts, number, wanted, who, request)
        : command(parts, number, { ...wanted, actor: who.actor }, request, { complete: async (file) => mayHere(parts, file, wanted, who) }),
    release: (number, from, role) => release(parts, number, from, role),
    answer: (number, step, answer, request, retry) =>
      command(parts, number, { do: 'answer', actor: systemActor('gateway'), number, step, answer }, request, { retry }),
    take: (taking) => take(parts, taking),
    message: (number, message, became, request, retry) =>
      command(parts, number, { do: 'message', actor: systemActor('gateway'), message, became }, request, { retry }),
    mark: (number, dues) =>
      command(
        parts,
        number,
        { do: 'mark', actor: systemActor('clock'), dues },
        { key: `mark/${number}/${[...dues].sort().join(',')}/${parts.clock.now()}` },
      ),
  }
}

/** What was handed out may be printed again anywhere; everything else is done where the case lies. */
function mayHere(parts: DeskParts, file: CaseFile, wanted: OfficeCommand, { actor }: Who): Completed | Outcome {
  const away = wanted.do === 'reissue' ? null : elsewhere(parts, file)
  return away ? { kind: 'refused', refusal: away.refused, file } : { wanted: { ...wanted, actor } }
}

async function open(parts: DeskParts, opening: Opening, who: Who, request: Request): Promise<Outcome> {
  const { statutes, clock } = parts
  const now = momentIn(statutes.zoneOf(opening.region), clock.now())
  const bound = statutes.inForce(opening.service, opening.region, now.slice(0, 10))
  if ('refused' in bound) return { kind: 'notInForce', answer: bound }
  const home = statutes.homeOf(opening.region)
  const { channel, provider, branch, location } = opening
  const requestHash = digest({ opening, actor: who.actor })
  const first = bound.law.regulation.channels[channel]?.first ?? ''
  const side = sideOf(bound.court, stepOf(bound.court, first)?.actor)
  if (side !== null && !(parts.holds?.(side, opening.region) ?? true))
    return { kind: 'refused', refusal: refuse('elsewhere', null, { side }).refused, file: null }
  const closed = [provider.id, branch].find((id) => id !== null && parts.accepts?.(id) === false)
  if (closed) return { kind: 'refused', refusal: refuse('unknownProvider', null, { provider: closed }).refused, file: null }
  for (let turn = 0; turn < turns; turn++) {
    const number = drawNumber(home, now.slice(0, 10), parts.drawsFrom)
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
    const away = open?.id === step ? elsewhere(parts, file) : null
    if (away) return { kind: 'refused', refusal: away.refused, file }
    if (open?.id !== step || !isTheirs(open, who.actor)) return { wanted }
    const stranger = wrongPerformer(parts, file, step, input)
    if (stranger) return { kind: 'refused', refusal: stranger.refused, file }
    const wish = { file, step, input, who, at: now }
    const signed = await inSpan('case.sign', () => withSignature(parts.signing, wish, request.signature))
    if (signed === null) return { wanted }
    if (signed.kind === 'refused') return { ...signed, file }
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
