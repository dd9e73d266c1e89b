import type { Step } from '../../law/schema/step.ts'
import { isAfter, partyOf, receiverOf } from './dues.ts'
import type { DueProof } from './events.ts'
import { type CaseLaw, stepOf } from './law.ts'
import { isRunning } from './parts.ts'
import type { CaseState } from './state.ts'

/** The latest lawful moment of the answer, as far as the text gives norms. */
export interface Forecast {
  readonly at: string
  readonly date: string
  readonly clause: string
  readonly proof: DueProof
  /** Steps on the way for which the text gives no norm: their time comes on top. */
  readonly without: readonly string[]
}

/**
 * Where the regulation gives a term of the service, that term. Where it gives only norms of steps, these one after another,
 * each from the end of the one before, along the way that leads to an answer.
 */
export function forecast(law: CaseLaw, state: CaseState, now: string): Forecast | null {
  const term = state.dues.find((d) => d.kind === 'term')
  if (term) return { at: term.dueAt, date: term.proof.dueDate, clause: term.clause, proof: term.proof, without: [] }
  let best: Omit<Forecast, 'without'> | null = null
  let at = now
  const without: string[] = []
  let covered: string | null = null
  for (const step of way(law, state.step?.id ?? null)) {
    const running = state.dues.find((d) => d.step === step.id && d.binding && isRunning(d))
    const norm = step.norms.find((n) => n.binding)
    if (norm === undefined) {
      if (covered === null && step.actor !== 'system') without.push(step.id)
      if (covered === step.id) covered = null
      continue
    }
    const { value, unit, clause } = norm
    const party = step.actor === 'system' ? receiverOf(law, state) : partyOf(law, state, step.actor)
    const proof = running?.proof ?? law.count({ value, unit, clause, from: at, receiver: party, performer: party }).proof
    // Minutes of a day that is over anyway say nothing new: the proof shown is that of the longest norm.
    if (best === null || unit !== 'min') best = { at: proof.dueAt, date: proof.dueDate, clause, proof }
    at = isAfter(proof.dueAt, at) ? proof.dueAt : at
    covered = norm.until !== undefined && norm.until !== step.id ? norm.until : null
  }
  return best === null ? null : { ...best, at, date: at.slice(0, 10), without }
}

const good = ['done', 'conforming', 'complete', 'found', 'given']

/** The steps still ahead on the way to an answer, the open one first. */
export function way(law: CaseLaw, from: string | null): Step[] {
  const steps: Step[] = []
  let id = from
  while (id !== null && !steps.some((s) => s.id === id)) {
    const step = stepOf(law, id)
    if (step === undefined) break
    steps.push(step)
    const outcome = Object.entries(step.outcomes).find(([name]) => good.includes(name))?.[1]
    id = outcome !== undefined && 'next' in outcome ? outcome.next : null
  }
  return steps
}
