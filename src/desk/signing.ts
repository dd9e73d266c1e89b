import type { StepInput } from '../engine/case/input.ts'
import { stepOf } from '../engine/case/law.ts'
import { canonical } from '../ledger/canonical.ts'
import type { Json } from '../ledger/ledger.ts'
import { fullName } from '../people/model.ts'
import type { People } from '../people/people.ts'
import type { SealReason, Signature, SigningSeal } from '../seal/seal.ts'
import { plain, sha256 } from './events.ts'
import type { CaseFile } from './outcome.ts'
import type { Who } from './who.ts'

export interface SigningParts {
  readonly seal: SigningSeal
  readonly people: Pick<People, 'staffById' | 'organisation'>
}

export type Signed =
  /** `file`: what was signed with its signature, to be kept with the command. */
  | { readonly kind: 'signed'; readonly input: StepInput; readonly file: Uint8Array }
  | { readonly kind: 'unsigned'; readonly reasons: readonly SealReason[] }

/** Whether the step asks its performer for a signature. */
export function asksSignature(file: CaseFile, step: string): boolean {
  return stepOf(file.bound.court, step)?.does.some((act) => act.act === 'sign' || act.act === 'sealRequest') ?? false
}

/**
 * Makes the signature that a step asks for, before the command is decided; null where it asks for none, or has it.
 * What is signed is the canonical JSON of what the person saw and decided; its digest goes into the event.
 */
export async function withSignature(
  parts: SigningParts,
  file: CaseFile,
  step: string,
  input: StepInput,
  who: Who,
  at: string,
): Promise<Signed | null> {
  if (input.signature !== undefined || !asksSignature(file, step)) return null
  const staff = parts.people.staffById(who.actor.id)
  const organisation = parts.people.organisation(who.actor.organisation ?? '')
  if (staff === undefined || organisation === undefined || staff.iin === null) return { kind: 'unsigned', reasons: ['noKey'] }
  const bytes = new TextEncoder().encode(canonical(statement(file, step, input, who)))
  const { role } = who.actor
  const signer = { staffId: staff.id, iin: staff.iin, name: fullName(staff.name), organisationBin: organisation.bin, role: role ?? '' }
  const outcome = await parts.seal.sign({ bytes, signer, at })
  if (outcome.kind === 'refused') return { kind: 'unsigned', reasons: outcome.reasons }
  const { signature } = outcome
  const kept = container(bytes, signature)
  const { digest, algorithm } = signature
  return { kind: 'signed', input: { ...input, signature: { signer: staff.id, digest, file: sha256(kept), algorithm } }, file: kept }
}

/** What stands above the signature: the case, the law, the documents, the answer and its grounds. */
function statement({ number, state, bound }: CaseFile, step: string, input: StepInput, who: Who): Json {
  const { id, edition } = bound.law.regulation
  const found = stepOf(bound.court, step)
  const application = input.application ?? state.application
  const value = {
    format: 'qyzmet.statement/1',
    case: number,
    step,
    clause: found?.clauses[0] ?? '',
    regulation: { id, edition, sha256: bound.law.sha256.regulation },
    signer: who.actor.id,
    role: who.actor.role ?? '',
    ...(who.actor.acting === undefined ? {} : { acting: who.actor.acting }),
    applicant: application ?? null,
    documents: input.documents ?? state.documents,
    findings: input.findings ?? state.examination?.findings ?? [],
    grounds: input.refusal?.grounds ?? state.answer?.grounds ?? [],
    answer: state.answer?.kind ?? null,
  }
  return plain(value)
}

/** Bytes and signature together, so that they can be judged years later without the case. */
function container(bytes: Uint8Array, signature: Signature): Uint8Array {
  const { algorithm, certificate, value, signedAt, digest } = signature
  const kept = {
    format: 'qyzmet.signed/1',
    content: Buffer.from(bytes).toString('base64'),
    signature: { algorithm, certificate, value: Buffer.from(value).toString('base64'), signedAt, digest },
  }
  return new TextEncoder().encode(canonical(kept))
}
