/**
 * The electronic queue of a hall. Every act carries the law's time `at` (RFC 3339 with the region's offset): its local date is the day to which
 * numbers and waiting belong. An expected "no" is a value; words stand under `queue.<code>`.
 */

/** Published reasons for being called before others. */
export const priorityReasons = ['warVeteran', 'disability', 'pregnancy', 'infant', 'over70'] as const
export type PriorityReason = (typeof priorityReasons)[number]

export interface Ticket {
  /** `branch/day/number`: unique for ever. */
  readonly id: string
  readonly branch: string
  /** `YYYY-MM-DD` */
  readonly day: string
  /** Letter of the service and three digits from 001, anew each day: `Д-428`. */
  readonly number: string
  readonly service: string
  readonly language: 'kk' | 'ru'
  readonly priority: PriorityReason | null
  readonly state: 'waiting' | 'called' | 'serving' | 'served' | 'noShow'
  readonly takenAt: string
  readonly calledAt: string | null
  /** How often it was called. */
  readonly calls: number
  readonly window: string | null
  /** Staff id. */
  readonly operator: string | null
  readonly startedAt: string | null
  readonly endedAt: string | null
  /** Number of the case that came of it. */
  readonly case: string | null
}

/**
 * `full` a letter has no number left today; `unknownTicket`; `wrongState` it is no longer in the state that the act needs; `otherOperator` somebody
 * else called it; `busy` the operator has a ticket at hand that must be finished first.
 */
export type QueueRefusal = { readonly ok: false; readonly code: 'full' | 'unknownTicket' | 'wrongState' | 'otherOperator' | 'busy' }
export type QueueAnswer = { readonly ok: true; readonly ticket: Ticket } | QueueRefusal
/** `nobody`: the hall is empty. */
export type CallAnswer = QueueAnswer | { readonly ok: false; readonly code: 'nobody' }

interface Act {
  readonly at: string
}
interface OperatorsAct extends Act {
  readonly ticket: string
  readonly operator: string
}

/** What a screen in the hall shows. */
export interface Board {
  /** The last calls, newest first, each with its place in the day's order of calls: a loudspeaker announces every number above the last it spoke. */
  readonly calls: readonly {
    readonly call: number
    readonly number: string
    readonly window: string
    readonly language: 'kk' | 'ru'
    readonly at: string
  }[]
  readonly waiting: number
}

/** One line of the day's log: what happened, chained by hashes, so that whoever holds a ticket can check that nobody overtook unseen. */
export interface LogLine {
  readonly branch: string
  readonly day: string
  /** From 1. */
  readonly seq: number
  readonly at: string
  readonly act: 'taken' | 'called' | 'calledAgain' | 'started' | 'finished' | 'noShow'
  readonly number: string
  readonly details: Readonly<Record<string, string>>
  /** Hex SHA-256 of `prev ‖ JCS{everything above}`; `prev` is empty for the first line of a day. */
  readonly hash: string
}

export interface Queue {
  takeTicket(
    wish: Act & { readonly branch: string; readonly service: string; readonly language: 'kk' | 'ru'; readonly priority?: PriorityReason },
  ): Promise<QueueAnswer>
  /** The next ticket: those with a priority first, then by the time of taking. Two who call at once get two tickets. `services`: only these. */
  callNext(
    call: Act & { readonly branch: string; readonly window: string; readonly operator: string; readonly services?: readonly string[] },
  ): Promise<CallAnswer>
  callAgain(act: OperatorsAct): Promise<QueueAnswer>
  start(act: OperatorsAct): Promise<QueueAnswer>
  finish(act: OperatorsAct & { readonly case?: string }): Promise<QueueAnswer>
  noShow(act: OperatorsAct): Promise<QueueAnswer>
  /** In the order in which they will be called. */
  waiting(branch: string, at: string): Promise<Ticket[]>
  ticket(id: string): Promise<Ticket | null>
  board(branch: string, at: string): Promise<Board>
  log(branch: string, day: string): Promise<LogLine[]>
}
