import type { CommandOf } from '../../engine/case/command.ts'
import { decide } from '../../engine/case/decide.ts'
import { evolve } from '../../engine/case/evolve.ts'
import { isRefusal } from '../../engine/case/refusal.ts'
import type { CaseState } from '../../engine/case/state.ts'
import { canonical } from '../../ledger/canonical.ts'
import { inSpan } from '../../observe/trace.ts'
import { momentIn } from '../clock.ts'
import { append, type DeskParts, digest, turns } from '../door.ts'
import { plain, sha256 } from '../events.ts'
import type { CaseFile, Outcome } from '../outcome.ts'
import type { SigningParts } from '../signing.ts'
import type { Bound } from '../statutes.ts'

/** A message of the other node, read and translated into commands of this one. */
export interface Taking {
  readonly number: string
  readonly home: number
  readonly bound: Bound
  readonly command: CommandOf<'take'>
  /** Running terms as the other node counts them: due moment and SHA-256 of the proof's canonical form. */
  readonly terms: readonly ToldTerm[]
  /** Files that came with it. */
  readonly keeps: readonly Uint8Array[]
  /** Knows the people of the message too. */
  readonly people: SigningParts['people']
}

export interface ToldTerm {
  readonly id: string
  readonly dueAt: string
  readonly proof: string
}

export type Taken = Outcome | { readonly kind: 'termsDiffer'; readonly terms: readonly string[] }

/** Known by the sender's own name of the message, whatever process takes it and however often it comes. */
export async function take(parts: DeskParts, taking: Taking): Promise<Taken> {
  const { number, home, bound, command, keeps, people } = taking
  const { from, message } = command.received
  const request = { key: `take/${from}/${message}` }
  const requestHash = digest({ number, digest: command.received.digest })
  for (let turn = 0; turn < turns; turn++) {
    const before = await parts.shelf.find(number, true)
    const now = momentIn(parts.statutes.zoneOf(bound.law.regulation.region), parts.clock.now())
    const decided = inSpan('case.decide', () => decide(bound.court, before?.state ?? null, command, now))
    if (isRefusal(decided)) return { kind: 'refused', refusal: decided.refused, file: before }
    if (decided.events.length === 0) return { kind: 'done', number, version: before?.version ?? 0, repeated: true }
    const after = decided.events.reduce<CaseState | null>(evolve, before?.state ?? null)
    const differing = taking.terms.filter((term) => after !== null && isOther(term, after)).map(({ id }) => id)
    if (differing.length > 0) return { kind: 'termsDiffer', terms: differing }
    const outcome = await append(parts, { number, home, bound, before, decided, request, requestHash, keeps, people })
    if (outcome !== 'again') return outcome
  }
  return changed(await parts.shelf.find(number, true), number)
}

const changed = (file: CaseFile | null, number: string): Outcome => ({ kind: 'changed', number, version: file?.version ?? 0 })

/** A term that this node counts too, with another outcome or another proof. */
function isOther(told: ToldTerm, state: CaseState): boolean {
  const own = state.dues.find(({ id }) => id === told.id)
  return own === undefined || own.dueAt !== told.dueAt || proofDigest(own.proof) !== told.proof
}

export const proofDigest = (proof: object): string => sha256(canonical(plain(proof)))
