import { type Hall, inOrder } from './hall.ts'
import type { UnsealedLine } from './line.ts'
import type { PriorityReason, QueueRefusal, Ticket } from './queue.ts'

/** What is wanted of a hall. `letter` is that of the service. */
export type Wish =
  | {
      readonly do: 'take'
      readonly letter: string
      readonly service: string
      readonly language: 'kk' | 'ru'
      readonly priority?: PriorityReason
    }
  | { readonly do: 'call'; readonly window: string; readonly operator: string; readonly services?: readonly string[] }
  | { readonly do: 'callAgain' | 'start' | 'noShow'; readonly number: string; readonly operator: string }
  | { readonly do: 'finish'; readonly number: string; readonly operator: string; readonly case?: string }

export type Happening = Pick<UnsealedLine, 'act' | 'number' | 'details'>
export type Decision =
  | { readonly ok: true; readonly happening: Happening }
  | { readonly ok: false; readonly code: QueueRefusal['code'] | 'nobody' }

const no = (code: QueueRefusal['code'] | 'nobody'): Decision => ({ ok: false, code })
const yes = (act: Happening['act'], number: string, details: Happening['details'] = {}): Decision => {
  return { ok: true, happening: { act, number, details } }
}

const mostNumbers = 999

export function decide(hall: Hall, wish: Wish): Decision {
  switch (wish.do) {
    case 'take':
      return take(hall, wish)
    case 'call':
      return call(hall, wish)
    default:
      return serve(hall, wish)
  }
}

function take(hall: Hall, { letter, service, language, priority }: Extract<Wish, { do: 'take' }>): Decision {
  const next = (hall.given.get(letter) ?? 0) + 1
  if (next > mostNumbers) return no('full')
  const details: Happening['details'] = priority === undefined ? { service, language } : { service, language, priority }
  return yes('taken', `${letter}-${String(next).padStart(3, '0')}`, details)
}

function call(hall: Hall, { window, operator, services }: Extract<Wish, { do: 'call' }>): Decision {
  const atHand = [...hall.tickets.values()].some((ticket) => ticket.operator === operator && isAtHand(ticket))
  if (atHand) return no('busy')
  const [next] = inOrder(hall, services)
  if (next === undefined) return no('nobody')
  // The reason stands beside the call itself: whoever was overtaken reads it there.
  const overtook: Happening['details'] = next.priority === null ? {} : { priority: next.priority }
  return yes('called', next.number, { window, operator, ...overtook })
}

function serve(hall: Hall, wish: Exclude<Wish, { do: 'take' | 'call' }>): Decision {
  const ticket = hall.tickets.get(wish.number)
  if (ticket === undefined) return no('unknownTicket')
  const { number, state, operator, window } = ticket
  if (state !== (wish.do === 'finish' ? 'serving' : 'called')) return no('wrongState')
  if (operator !== wish.operator) return no('otherOperator')
  switch (wish.do) {
    case 'callAgain':
      return yes('calledAgain', number, { window: window ?? '', operator })
    case 'start':
      return yes('started', number)
    case 'noShow':
      return yes('noShow', number)
    case 'finish':
      return yes('finished', number, wish.case === undefined ? {} : { case: wish.case })
  }
}

const isAtHand = ({ state }: Ticket): boolean => state === 'called' || state === 'serving'
