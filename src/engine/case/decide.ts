import type { Command, CommandOf, Decision } from './command.ts'
import type { Actor, CaseEvent } from './events.ts'
import { evolve } from './evolve.ts'
import { type CaseLaw, stepOf } from './law.ts'
import { adoptLaw, correct, markDues, reissue, replaceAnswer, returnStep, withdraw } from './office.ts'
import { reassign } from './reassign.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { CaseState } from './state.ts'
import { answered, doStep, openStep } from './steps.ts'
import { becameOf, take, telling } from './talk.ts'

/** Pure: the law, what is so, what is wanted and when; what follows, or why not. */
export function decide(law: CaseLaw, state: CaseState | null, command: Command, now: string): Decision | Refusal {
  // What the other side did is told to it by nobody.
  if (command.do === 'take') return take(law, state, command, now, decideOwn)
  const decided = decideOwn(law, state, command, now)
  return state === null || 'refused' in decided ? decided : telling(law, state, command, decided, now)
}

function decideOwn(law: CaseLaw, state: CaseState | null, command: Exclude<Command, { do: 'take' }>, now: string): Decision | Refusal {
  if (command.do === 'open') return state === null ? open(law, command, now) : refuse('alreadyDecided', null)
  if (state === null) return refuse('unknownStep', null)
  if (state.destroyed !== null) return refuse('recordsDestroyed', null, { ...state.destroyed.order })
  switch (command.do) {
    case 'step':
      return doStep(law, state, command, now)
    case 'answer':
      return answered(law, state, command, now)
    case 'correct':
      return correct(law, state, command, now)
    case 'return':
      return returnStep(law, state, command, now)
    case 'withdraw':
      return withdraw(law, state, command, now)
    case 'reissue':
      return reissue(law, state, command, now)
    case 'replace':
      return replaceAnswer(law, state, command, now)
    case 'adoptLaw':
      return adoptLaw(state, command, now)
    case 'reassign':
      return reassign(law, state, command, now)
    case 'mark':
      return markDues(state, command, now)
    case 'message':
      return becameOf(state, command, now)
  }
}

function open(law: CaseLaw, command: CommandOf<'open'>, now: string): Decision | Refusal {
  const { regulation } = law
  const channel = Object.hasOwn(regulation.channels, command.channel) ? regulation.channels[command.channel] : undefined
  if (channel === undefined) return refuse('unknownChannel', null, { channel: command.channel })
  const provider = regulation.providers.find((p) => p.kind === command.provider.kind)
  if (provider === undefined) return refuse('unknownProvider', null, { provider: command.provider.kind })
  const first = stepOf(law, channel.first)
  if (first === undefined) return refuse('unknownStep', channel.clause, { step: channel.first })
  if (!mayOpen(law, command, first.actor)) return refuse('notYours', first.clauses[0] ?? null, { role: first.actor })
  const { provider: chosen, branch, location } = command
  const opened: CaseEvent = {
    type: 'CaseOpened',
    schema: 1,
    at: now,
    actor: command.actor,
    clause: channel.clause,
    data: { channel: command.channel, provider: chosen, branch, location, first: first.id, files: { ...law.files } },
    personal: { secret: command.secret },
  }
  const state = evolve(null, opened)
  return { events: [opened, openStep(law, state, first, null, command.actor, now)], effects: [] }
}

function mayOpen(law: CaseLaw, command: CommandOf<'open'>, role: string): boolean {
  const actor: Actor = command.actor
  const at = law.regulation.roles[role]?.at
  const organisation = at === 'corporation' ? command.branch : command.provider.id
  return actor.kind === 'staff' && actor.role === role && actor.organisation === organisation
}
