import type { Example } from '../../law/schema/examples.ts'
import type { Command, Decision } from '../case/command.ts'
import type { Actor, CaseEvent } from '../case/events.ts'
import { replay } from '../case/evolve.ts'
import { type Answer, stepInput } from '../case/input.ts'
import type { CaseLaw } from '../case/law.ts'
import { isRefusal, type Refusal } from '../case/refusal.ts'
import { type CaseState, correctable } from '../case/state.ts'
import { compare, type Disagreement } from './compare.ts'
import { completeFindings, fill } from './fill.ts'

/** Who stands behind the roles of an example: a stand-in in memory, or the desks of a real database. */
export interface House {
  readonly number: string
  readonly provider: { readonly id: string; readonly kind: string }
  readonly branch: string
  readonly staff: (role: string) => Actor
}

export interface Enacted {
  readonly example: string
  readonly ok: boolean
  readonly disagreements: readonly Disagreement[]
  readonly path: readonly { readonly clause: string; readonly step: string; readonly outcome: string; readonly at: string }[]
  readonly events: readonly CaseEvent[]
}

export interface Asked {
  readonly command: Command
  readonly at: string
}

/**
 * Plays one example: yields each command with its moment, takes what was decided, and at the end holds all against `then`.
 * Who drives it decides where it runs: in memory (`rehearse`), or through the desk against a database (`selfcheck`).
 */
export function* enact(law: CaseLaw, example: Example, house: House): Generator<Asked, Enacted, Decision | Refusal> {
  const events: CaseEvent[] = []
  const disagreements: Disagreement[] = []
  const now = (): CaseState | null => replay(events)
  const opening = openingOf(law, example, house)
  const opened = yield { command: opening, at: example.given.submitted }
  if (isRefusal(opened))
    return {
      example: example.id,
      ok: false,
      disagreements: [{ what: 'opening', expected: 'opened', got: opened.refused.code }],
      path: [],
      events,
    }
  events.push(...opened.events)
  for (const [index, doing] of example.when.entries()) {
    const state = now()
    if (state === null) break
    const command = commandOf(law, example, house, state, doing)
    if (typeof command === 'string') {
      disagreements.push({ what: `when.${index}.with`, expected: 'input of the step', got: command })
      break
    }
    const decided = yield { command, at: doing.at }
    if (isRefusal(decided)) {
      disagreements.push(...unexpected(decided, doing, index))
      continue
    }
    if (doing.refused) disagreements.push({ what: `when.${index}`, expected: `refused ${doing.refused.code}`, got: 'done' })
    events.push(...decided.events)
    const waiting = now()?.step
    if (waiting?.awaiting !== undefined && waiting.awaiting.failures === 0) {
      const answered = yield { command: answerOf(example, house, waiting.id, waiting.awaiting.task, doing.at), at: doing.at }
      if (!isRefusal(answered)) events.push(...answered.events)
    }
  }
  disagreements.push(...compare(events, example.then))
  const path = events.flatMap((e) =>
    e.type === 'StepDone' ? [{ clause: e.clause ?? '', step: e.data.step, outcome: e.data.outcome, at: e.at }] : [],
  )
  return { example: example.id, ok: disagreements.length === 0, disagreements, path, events }
}

const outside: Actor = { kind: 'system', id: 'gateway' }

function openingOf(law: CaseLaw, example: Example, house: House): Command {
  const { channel, location } = example.given
  const first = law.regulation.steps.find((s) => s.id === law.regulation.channels[channel]?.first)
  const actor = house.staff(first?.actor ?? '')
  const at = law.regulation.roles[first?.actor ?? '']?.at
  return {
    do: 'open',
    actor,
    number: house.number,
    channel,
    provider: house.provider,
    branch: at === 'corporation' ? house.branch : null,
    location,
    secret: 'example',
  }
}

type Doing = Example['when'][number]

function commandOf(law: CaseLaw, example: Example, house: House, state: CaseState, doing: Doing): Command | string {
  const actor = doing.as === 'system' ? outside : house.staff(doing.as)
  const { number } = house
  const words = (name: string) => (typeof doing.with[name] === 'string' ? doing.with[name] : '')
  switch (doing.command) {
    case 'replace':
      return { do: 'replace', actor, reason: words('reason') }
    case 'withdraw':
      return { do: 'withdraw', actor, reason: words('reason') }
    case 'return':
      return { do: 'return', actor, reason: words('reason') }
    case 'reissue':
      return { do: 'reissue', actor, paper: words('paper'), reason: words('reason') }
    case 'correct': {
      const entry = correctable.find((c) => c === words('entry'))
      return entry === undefined
        ? `unknown entry ${words('entry')}`
        : { do: 'correct', actor, entry, value: words('value'), reason: words('reason') }
    }
    case 'sweep':
      return { do: 'mark', actor: { kind: 'system', id: 'clock' }, dues: state.dues.map((d) => d.id) }
    case undefined: {
      const step = doing.step ?? ''
      const given = stepInput.safeParse(doing.with)
      if (!given.success) return given.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ')
      if (given.data.answer) return { do: 'answer', actor, number, step, answer: given.data.answer }
      const input = completeFindings(state, fill(law, example, state, step, given.data, doing.at))
      return {
        do: 'step',
        actor,
        number,
        step,
        input:
          input.assignee !== undefined && input.assignee in law.regulation.roles
            ? { ...input, assignee: house.staff(input.assignee).id }
            : input,
      }
    }
  }
}

function answerOf(example: Example, house: House, step: string, task: string, at: string): Command {
  const exchange = `${house.number}-${step}`
  const answers = {
    found: { kind: 'found', person: { iin: example.given.iin }, exchange },
    notFound: { kind: 'notFound', text: '', exchange },
    down: { kind: 'technicalFailure', code: 'timeout', text: '' },
  } as const satisfies Record<Example['given']['register'], Answer>
  const answer: Answer = task === 'RequestSent' ? { kind: 'delivered', exchange, receivedAt: at } : answers[example.given.register]
  return { do: 'answer', actor: outside, number: house.number, step, answer }
}

function unexpected(decided: Refusal, doing: Doing, index: number): Disagreement[] {
  const { code, clause, at } = decided.refused
  const what = `when.${index}`
  if (doing.refused === undefined)
    return [{ what, expected: 'done', got: `refused ${code} (${clause ?? ''}) ${at ?? ''} ${JSON.stringify(decided.refused.params)}` }]
  if (doing.refused.code !== code) return [{ what, expected: `refused ${doing.refused.code}`, got: `refused ${code}` }]
  if (doing.refused.clause !== undefined && doing.refused.clause !== clause)
    return [{ what: `${what}.clause`, expected: doing.refused.clause, got: clause ?? '' }]
  return []
}
