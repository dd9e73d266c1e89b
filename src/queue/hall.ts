import type { LogLine, PriorityReason, Ticket } from './queue.ts'
import { priorityReasons } from './queue.ts'

/** One branch's hall on one day: a fold of the day's log and nothing else. */
export interface Hall {
  readonly seq: number
  readonly hash: string
  /** By number, in the order of taking. */
  readonly tickets: ReadonlyMap<string, Ticket>
  /** How many tickets each letter has given out today. */
  readonly given: ReadonlyMap<string, number>
  readonly calls: readonly { readonly number: string; readonly window: string; readonly at: string }[]
}

export const emptyHall: Hall = { seq: 0, hash: '', tickets: new Map(), given: new Map(), calls: [] }

export function evolve(hall: Hall, line: LogLine): Hall {
  const { number, at, details } = line
  const before = hall.tickets.get(number)
  const next = before === undefined ? taken(line) : changed(before, line)
  const letter = letterOf(number)
  return {
    seq: line.seq,
    hash: line.hash,
    tickets: new Map(hall.tickets).set(number, next),
    given: before === undefined ? new Map(hall.given).set(letter, (hall.given.get(letter) ?? 0) + 1) : hall.given,
    calls: line.act === 'called' || line.act === 'calledAgain' ? [...hall.calls, { number, window: details.window ?? '', at }] : hall.calls,
  }
}

function taken({ branch, day, number, at, details }: LogLine): Ticket {
  return {
    id: `${branch}/${day}/${number}`,
    branch,
    day,
    number,
    service: details.service ?? '',
    language: details.language === 'ru' ? 'ru' : 'kk',
    priority: priorityOf(details.priority),
    state: 'waiting',
    takenAt: at,
    calledAt: null,
    calls: 0,
    window: null,
    operator: null,
    startedAt: null,
    endedAt: null,
    case: null,
  }
}

function changed(ticket: Ticket, { act, at, details }: LogLine): Ticket {
  switch (act) {
    case 'called': {
      const { window = null, operator = null } = details
      return { ...ticket, state: 'called', calledAt: at, calls: ticket.calls + 1, window, operator }
    }
    case 'calledAgain':
      return { ...ticket, calls: ticket.calls + 1 }
    case 'started':
      return { ...ticket, state: 'serving', startedAt: at }
    case 'finished':
      return { ...ticket, state: 'served', endedAt: at, case: details.case ?? null }
    case 'noShow':
      return { ...ticket, state: 'noShow', endedAt: at }
    case 'taken':
      return ticket
  }
}

/** Those with a published priority first, then by the time of taking. */
export function inOrder(hall: Hall, services?: readonly string[]): Ticket[] {
  const waiting = [...hall.tickets.values()].filter(({ state, service }) => state === 'waiting' && (services?.includes(service) ?? true))
  return [...waiting.filter((ticket) => ticket.priority !== null), ...waiting.filter((ticket) => ticket.priority === null)]
}

const letterOf = (number: string): string => number.split('-')[0] ?? ''
const priorityOf = (text: string | undefined): PriorityReason | null => priorityReasons.find((reason) => reason === text) ?? null
