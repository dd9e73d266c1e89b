import { partyOf } from '../engine/case/dues.ts'
import type { StepInput } from '../engine/case/input.ts'
import { stepOf } from '../engine/case/law.ts'
import { type Refusal, refuse } from '../engine/case/refusal.ts'
import type { SealReason, ToBeSigned } from '../seal/seal.ts'
import { momentIn } from './clock.ts'
import type { DeskParts } from './door.ts'
import { isMark } from './marks.ts'
import type { CaseFile, Outcome } from './outcome.ts'
import { completed, type GivenSignature, prepareSignature } from './signing.ts'
import { elsewhere } from './talks/side.ts'
import type { Who } from './who.ts'

/** What is to be signed before the step can be done; `notAsked`: the step as it would be done asks for no signature. */
export type Preparation =
  | { readonly kind: 'prepared'; readonly number: string; readonly version: number; readonly toBeSigned: ToBeSigned }
  | { readonly kind: 'notAsked' }
  | Exclude<Outcome, { kind: 'done' }>

/** `Desk.prepare`: what would be signed, or why the step could not be done even then. Writes nothing. */
export async function prepare(
  parts: DeskParts,
  number: string,
  step: string,
  input: StepInput,
  who: Who,
  seen?: number,
): Promise<Preparation> {
  // A stale shelf refuses nothing: the second turn reads the ledger.
  for (const fresh of [false, true]) {
    const file = await parts.shelf.find(number, fresh)
    if (file === null) return { kind: 'notFound' }
    if (await isOld(parts, file, seen)) {
      if (fresh) return { kind: 'changed', number, version: file.version }
      continue
    }
    const at = momentIn(parts.statutes.zoneOf(file.bound.law.regulation.region), parts.clock.now())
    const stranger = elsewhere(parts, file) ?? wrongPerformer(parts, file, step, input)
    if (stranger) return { kind: 'refused', refusal: stranger.refused, file }
    const prepared = await prepareSignature(parts.signing, { file, step, input, who, at })
    if (prepared.kind === 'prepared') return { ...prepared, number, version: file.version }
    if (prepared.kind !== 'refused') return prepared
    if (fresh) return { ...prepared, file }
  }
  return { kind: 'notFound' }
}

/** `Desk.judge`: at the time of now, by the clock of the case's region. */
export async function judge(parts: DeskParts, number: string, prepared: ToBeSigned, given: GivenSignature): Promise<readonly SealReason[]> {
  const file = await parts.shelf.find(number, false)
  if (file === null) return ['otherContent']
  const at = momentIn(parts.statutes.zoneOf(file.bound.law.regulation.region), parts.clock.now())
  const outcome = await parts.signing.seal.accept(prepared, completed(given, prepared, at), at)
  return outcome.kind === 'signed' ? [] : outcome.reasons
}

/** A case given to nobody would lie for ever: the performer named is one whose role the next step wants. */
export function wrongPerformer(parts: DeskParts, { bound, state }: CaseFile, step: string, { assignee }: StepInput): Refusal | null {
  const referring = stepOf(bound.court, step)
  if (assignee === undefined || !referring?.does.some((act) => act.act === 'refer')) return null
  const follows = referring.outcomes.done
  const role = follows && 'next' in follows ? stepOf(bound.court, follows.next)?.actor : undefined
  if (role === undefined) return null
  const { organisation } = partyOf(bound.court, state, role)
  if (parts.isPerformer(assignee, organisation ?? '', role)) return null
  return refuse('unknownPerformer', referring.clauses[0] ?? null, {}, 'assignee')
}

/** Whether the sender saw an older case: what the clock noted meanwhile makes it no other one. */
export async function isOld(parts: DeskParts, file: CaseFile, seen: number | undefined): Promise<boolean> {
  if (seen === undefined || seen === file.version) return false
  if (seen > file.version) return true
  const history = await parts.shelf.history(file.number)
  return history === null || !history.events.slice(seen, file.version).every(({ type }) => isMark(type))
}
