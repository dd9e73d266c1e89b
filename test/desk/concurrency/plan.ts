import fc from 'fast-check'
import type { Request } from '../../../src/desk/desk.ts'
import type { CaseFile } from '../../../src/desk/outcome.ts'
import type { Who } from '../../../src/desk/who.ts'
import type { Command } from '../../../src/engine/case/command.ts'
import type { StepInput } from '../../../src/engine/case/input.ts'
import { completeFindings, fill } from '../../../src/engine/examples/fill.ts'
import type { Example } from '../../../src/law/schema/examples.ts'
import { type Region, who } from '../office.ts'

/** What somebody is going to try; of which case and words exactly, is seen when it is their turn: by what their server then shows them. */
export interface Try {
  readonly what: (typeof kinds)[number]
  readonly case: number
  readonly server: number
  /** How many send it at the same moment under one key, from both servers in turn. */
  readonly clicks: number
  /** Picks among what there is. */
  readonly pick: number
  /** Turns of the event loop before it. */
  readonly pause: number
}

const kinds = [
  'step',
  'seenStep',
  'strangersStep',
  'pastStep',
  'correct',
  'return',
  'withdraw',
  'reassign',
  'reissue',
  'mark',
  'again',
  'stolenKey',
  'later',
] as const

const one: fc.Arbitrary<Try> = fc.record({
  what: fc.oneof(
    { weight: 12, arbitrary: fc.constant('step' as const) },
    { weight: 3, arbitrary: fc.constant('seenStep' as const) },
    { weight: 8, arbitrary: fc.constantFrom(...kinds.filter((kind) => kind !== 'withdraw')) },
    { weight: 3, arbitrary: fc.constantFrom('mark' as const, 'later' as const) },
    { weight: 1, arbitrary: fc.constant('withdraw' as const) },
  ),
  case: fc.nat(1),
  server: fc.nat(1),
  clicks: fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.integer({ min: 2, max: 3 }) }),
  pick: fc.nat(1000),
  pause: fc.nat(3),
})

/** How far the cases have come when several people set about them, and what each of them tries, one thing after another; all of them go on at once. */
export interface Plan {
  readonly depth: number
  readonly people: readonly (readonly Try[])[]
}

export const plans: fc.Arbitrary<Plan> = fc.record({
  depth: fc.nat(24),
  people: fc.array(fc.array(one, { minLength: 1, maxLength: 9 }), { minLength: 2, maxLength: 5 }),
})

export const stepBefore = (turn: number): Try => ({ what: 'step', case: turn % 2, server: turn % 2, clicks: 1, pick: 1, pause: 0 })

/** A command as it was sent: the same words under the same key are the same request. */
export interface Sent {
  readonly number: string
  readonly region: Region
  readonly command: Command
  readonly who: Who
  readonly request: Request
}

/** Who and with which words, in a case that looks like this. null: here nobody can try it. */
export function wordsOf(attempt: Try, file: CaseFile, example: Example, at: string): { who: Who; command: Command } | null {
  const { state, bound } = file
  const region = bound.law.regulation.region as Region // the two regions of the repository
  const open = state.step
  const of = (role: string, id = role) => who(region, role, undefined, id)
  const performer = open === null ? of('clerk') : of(open.role, open.assignee ?? open.role)
  const reason = 'себебі'
  switch (attempt.what) {
    case 'step':
    case 'seenStep':
      if (open === null) return null
      if (open.awaiting !== undefined) return { who: performer, command: answer(attempt, file, at) }
      return { who: performer, command: step(file, example, open.id, performer, at) }
    case 'strangersStep':
      return open === null ? null : { who: of('courier', 'stranger'), command: step(file, example, open.id, of('courier', 'stranger'), at) }
    case 'pastStep': {
      const done = state.path[attempt.pick % Math.max(1, state.path.length)]
      if (done === undefined || done.by.kind !== 'staff') return null
      const again = of(done.by.role ?? '', done.by.id)
      return { who: again, command: step(file, example, done.step, again, at) }
    }
    case 'correct': {
      const value = `+7 700 000 00 ${String(attempt.pick % 100).padStart(2, '0')}`
      return { who: performer, command: { do: 'correct', actor: performer.actor, entry: 'applicant.phone', value, reason } }
    }
    case 'return':
    case 'withdraw':
      return { who: performer, command: { do: attempt.what, actor: performer.actor, reason } }
    case 'reassign': {
      const head = of('head')
      const from = state.assignee?.id ?? null
      const to = ['specialist', 'second', 'third'][attempt.pick % 3] ?? null
      return { who: head, command: { do: 'reassign', actor: head.actor, role: 'specialist', from, to, reason } }
    }
    case 'reissue': {
      const paper = state.papers[attempt.pick % Math.max(1, state.papers.length)]?.id ?? 'none'
      return { who: performer, command: { do: 'reissue', actor: performer.actor, paper, reason } }
    }
    case 'mark': {
      const dues = state.dues.filter((_, index) => (attempt.pick >> index) % 2 === 0).map(({ id }) => id)
      return { who: performer, command: { do: 'mark', actor: { kind: 'system', id: 'clock' }, dues } }
    }
    default:
      return null
  }
}

function step(file: CaseFile, example: Example, id: string, by: Who, at: string): Command {
  const { state, bound } = file
  const filled: StepInput = completeFindings(state, fill(bound.court, example, state, id, {}, at))
  // Given with the request, the signature is not made by the seal: so the oracle decides from the very same words.
  const signature = filled.signature && { ...filled.signature, signer: by.actor.id }
  return { do: 'step', actor: by.actor, number: file.number, step: id, input: { ...filled, ...(signature && { signature }) } }
}

function answer({ pick }: Try, { number, state }: CaseFile, at: string): Command {
  const { id = '', awaiting } = state.step ?? {}
  const actor = { kind: 'system', id: 'gateway' } as const
  const exchange = `exchange-${pick}`
  if (pick % 4 === 0) return { do: 'answer', actor, number, step: id, answer: { kind: 'technicalFailure', code: 'away', text: 'away' } }
  if (awaiting?.task === 'RequestSent')
    return { do: 'answer', actor, number, step: id, answer: { kind: 'delivered', exchange, receivedAt: at } }
  return { do: 'answer', actor, number, step: id, answer: { kind: 'found', person: { iin: '1' }, exchange } }
}
