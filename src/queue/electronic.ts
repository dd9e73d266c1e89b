import { decide, type Wish } from './decide.ts'
import { emptyHall, evolve, type Hall, inOrder } from './hall.ts'
import { sealLine } from './line.ts'
import type { HallLog } from './log.ts'
import type { Board, CallAnswer, Queue, QueueAnswer } from './queue.ts'

export interface QueueOptions {
  readonly log: HallLog
  /** Letter of each service; another service gets `otherLetter`. */
  readonly letters?: Readonly<Record<string, string>>
  readonly otherLetter?: string
}

const shownCalls = 8
const keptHalls = 64

/** A queue over a log. Any number of processes may share the log: each act is decided on its last line, and of two that are decided at once one is decided again. */
// biome-ignore lint/plugin: a ticket's letter is a code, as on a platform; it is the same in every language
export function electronicQueue({ log, letters = {}, otherLetter = 'Д' }: QueueOptions): Queue {
  const halls = new Map<string, Hall>()

  async function hallOf(branch: string, day: string): Promise<Hall> {
    const key = `${branch}/${day}`
    const known = halls.get(key) ?? emptyHall
    const hall = (await log.read(branch, day, known.seq)).reduce(evolve, known)
    halls.delete(key)
    halls.set(key, hall)
    // Yesterday's halls are asked for seldom: the oldest used goes.
    for (const oldest of halls.keys()) {
      if (halls.size <= keptHalls) break
      halls.delete(oldest)
    }
    return hall
  }

  async function act(branch: string, day: string, at: string, wish: Wish): Promise<CallAnswer> {
    for (;;) {
      const hall = await hallOf(branch, day)
      const decision = decide(hall, wish)
      if (!decision.ok) return decision
      const line = sealLine({ branch, day, seq: hall.seq + 1, at, ...decision.happening }, hall.hash)
      if (!(await log.append(line))) continue
      const ticket = evolve(hall, line).tickets.get(line.number)
      if (ticket === undefined) throw new Error(`Line ${line.seq} of ${branch} on ${day} left no ticket.`)
      return { ok: true, ticket }
    }
  }

  async function onTicket(ticket: string, at: string, wish: (number: string) => Wish): Promise<QueueAnswer> {
    const parts = partsOf(ticket)
    if (parts === null) return { ok: false, code: 'unknownTicket' }
    return known(await act(parts.branch, parts.day, at, wish(parts.number)))
  }

  return {
    async takeTicket({ at, branch, service, language, priority }) {
      const letter = letters[service] ?? otherLetter
      return known(await act(branch, dayOf(at), at, { do: 'take', letter, service, language, priority }))
    },
    callNext: ({ at, branch, window, operator, services }) => act(branch, dayOf(at), at, { do: 'call', window, operator, services }),
    callAgain: ({ at, ticket, operator }) => onTicket(ticket, at, (number) => ({ do: 'callAgain', number, operator })),
    start: ({ at, ticket, operator }) => onTicket(ticket, at, (number) => ({ do: 'start', number, operator })),
    finish: (done) => onTicket(done.ticket, done.at, (number) => ({ do: 'finish', number, operator: done.operator, case: done.case })),
    noShow: ({ at, ticket, operator }) => onTicket(ticket, at, (number) => ({ do: 'noShow', number, operator })),
    waiting: async (branch, at) => inOrder(await hallOf(branch, dayOf(at))),
    async ticket(id) {
      const parts = partsOf(id)
      return parts === null ? null : ((await hallOf(parts.branch, parts.day)).tickets.get(parts.number) ?? null)
    },
    board: async (branch, at) => boardOf(await hallOf(branch, dayOf(at))),
    log: (branch, day) => log.read(branch, day, 0),
  }
}

function boardOf(hall: Hall): Board {
  const calls = hall.calls.map(({ number, window, at }, i) => {
    return { call: i + 1, number, window, language: hall.tickets.get(number)?.language ?? 'kk', at }
  })
  return { calls: calls.slice(-shownCalls).reverse(), waiting: inOrder(hall).length }
}

/** The local date of a time with the region's offset. */
const dayOf = (at: string): string => Temporal.PlainDate.from(at).toString()

function partsOf(ticket: string): { branch: string; day: string; number: string } | null {
  const found = /^(.+)\/(\d{4}-\d{2}-\d{2})\/([^/]+)$/.exec(ticket)
  return found === null ? null : { branch: found[1] ?? '', day: found[2] ?? '', number: found[3] ?? '' }
}

/** Only `callNext` can find nobody. */
function known(answer: CallAnswer): QueueAnswer {
  if (!answer.ok && answer.code === 'nobody') throw new Error('An act on a ticket found an empty hall.')
  return answer as QueueAnswer // what is left is exactly that
}
