import type { Decision } from '../engine/case/command.ts'
import { decide } from '../engine/case/decide.ts'
import { evolve } from '../engine/case/evolve.ts'
import type { StepInput } from '../engine/case/input.ts'
import { stepOf } from '../engine/case/law.ts'
import { isRefusal, type Refusal } from '../engine/case/refusal.ts'
import type { CaseState } from '../engine/case/state.ts'
import { fullName } from '../people/model.ts'
import type { People } from '../people/people.ts'
import type { Seal, SealOutcome, SealReason, Signature, SigningSeal, ToBeSigned } from '../seal/seal.ts'
import { encodeSigned, signedBytes } from '../seal/signed.ts'
import { sha256 } from './events.ts'
import type { CaseFile } from './outcome.ts'
import { stated } from './statement.ts'
import { type Signatory, statementOf } from './stating.ts'
import type { Who } from './who.ts'

export interface SigningParts {
  /** One that holds keys (the simulator's) signs by itself where no signature is given. */
  readonly seal: Seal | SigningSeal
  readonly people: Pick<People, 'staffById' | 'organisation'>
}

/** A signature as it comes from elsewhere: what it is over and when it was received is known here, and taken from nobody. */
export type GivenSignature = Pick<Signature, 'algorithm' | 'value'> & Partial<Signature>

export const holdsKeys = (seal: Seal | SigningSeal): seal is SigningSeal => 'sign' in seal

/** A step that is to be done, by whom and when. */
export interface Wish {
  readonly file: CaseFile
  readonly step: string
  readonly input: StepInput
  readonly who: Who
  /** RFC 3339 by the law's clock. */
  readonly at: string
}

export type Signed =
  /** `file`: what was signed with its signature, to be kept with the command. */
  | { readonly kind: 'signed'; readonly input: StepInput; readonly file: Uint8Array }
  | { readonly kind: 'unsigned'; readonly reasons: readonly SealReason[] }
  /** The step could not be done even if it were signed: that is what the person is told, not that a signature lacks. */
  | { readonly kind: 'refused'; readonly refusal: Refusal['refused'] }

/** Whether the step may ask its performer for a signature. */
export function asksSignature(file: CaseFile, step: string): boolean {
  return stepOf(file.bound.court, step)?.does.some((act) => act.act === 'sign' || act.act === 'sealRequest') ?? false
}

/**
 * Has the signature that a step asks for, before the command is decided: the one that was given, judged, or one of the seal's own. Null where none
 * is asked, or none is at hand: whoever decides says so.
 * What is signed is the canonical JSON of what the person saw and decided; its digest goes into the event.
 */
export async function withSignature(parts: SigningParts, wish: Wish, given?: GivenSignature): Promise<Signed | null> {
  const { input, at } = wish
  if (input.signature !== undefined || !asksSignature(wish.file, wish.step)) return null
  const prepared = await prepareSignature(parts, wish)
  if (prepared.kind === 'unsigned' || prepared.kind === 'refused') return prepared
  if (prepared.kind !== 'prepared') return null
  const outcome = await outcomeOf(parts.seal, prepared.toBeSigned, given, at)
  if (outcome === null) return null
  if (outcome.kind === 'refused') return { kind: 'unsigned', reasons: outcome.reasons }
  const { digest, algorithm } = outcome.signature
  const kept = encodeSigned(prepared.toBeSigned.bytes, outcome.signature)
  const signer = prepared.toBeSigned.signer.staffId
  return { kind: 'signed', input: { ...input, signature: { signer, digest, file: sha256(kept), algorithm } }, file: kept }
}

async function outcomeOf(
  seal: Seal | SigningSeal,
  prepared: ToBeSigned,
  given: GivenSignature | undefined,
  at: string,
): Promise<SealOutcome | null> {
  if (given !== undefined) return seal.accept(prepared, completed(given, prepared, at), at)
  return holdsKeys(seal) ? seal.sign({ bytes: prepared.bytes, signer: prepared.signer, at }) : null
}

/** With what is known here. */
export const completed = (given: GivenSignature, { digest }: ToBeSigned, at: string): Signature => ({
  ...given,
  certificate: given.certificate ?? '',
  signedAt: given.signedAt ?? at,
  digest: given.digest ?? digest,
})

export type SignaturePreparation =
  | { readonly kind: 'prepared'; readonly toBeSigned: ToBeSigned }
  /** The step as it would be done asks for no signature. */
  | { readonly kind: 'notAsked' }
  /** The step could not be done even if it were signed. */
  | { readonly kind: 'refused'; readonly refusal: Refusal['refused'] }
  | { readonly kind: 'unsigned'; readonly reasons: readonly SealReason[] }

/** Fixes what the signature is to be put to: the step is decided as if it were signed already, and the case that it would leave is stated. */
export async function prepareSignature({ seal, people }: SigningParts, wish: Wish): Promise<SignaturePreparation> {
  const { file, step, who, at } = wish
  if (!asksSignature(file, step)) return { kind: 'notAsked' }
  const decided = asIfSigned(wish)
  if (isRefusal(decided)) return { kind: 'refused', refusal: decided.refused }
  if (!decided.events.some(({ type }) => type === 'AnswerSigned' || type === 'RequestSealed')) return { kind: 'notAsked' }
  const by = signatoryOf(people, who)
  if (by === null) return { kind: 'unsigned', reasons: ['noKey'] }
  const after = decided.events.reduce((state: CaseState | null, event) => evolve(state, event), file.state) ?? file.state
  const { staff, organisation } = by
  const bytes = signedBytes(stated(statementOf({ file, step, after, events: decided.events, by, people, at })))
  const named = { staffId: staff.id, iin: staff.iin, name: fullName(staff.name) }
  const signer = { ...named, organisationBin: organisation.bin, role: who.actor.role ?? '' }
  return { kind: 'prepared', toBeSigned: await seal.prepare({ bytes, signer, at }) }
}

/** Stands in the place of the signature while it is looked at what the step would do; it never leaves this file. */
const asIf = { signer: '', digest: '0'.repeat(64), algorithm: 'none' }

const asIfSigned = ({ file, step, input, who, at }: Wish): Decision | Refusal =>
  decide(
    file.bound.court,
    file.state,
    { do: 'step', actor: who.actor, number: file.number, step, input: { ...input, signature: asIf } },
    at,
  )

/** Null: the person has no IIN or no organisation, and so no key that could be theirs. */
function signatoryOf(people: SigningParts['people'], who: Who): Signatory | null {
  const staff = people.staffById(who.actor.id)
  const organisation = people.organisation(who.actor.organisation ?? '')
  if (staff === undefined || organisation === undefined || staff.iin === null) return null
  return { staff: { ...staff, iin: staff.iin }, organisation, who }
}
