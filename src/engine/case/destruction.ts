import type { Actor, CaseEvent, EventOf } from './events.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { CaseState } from './state.ts'

/** An order by which values and files of a case are destroyed. It stays in the chain for ever: ground and number name nobody. */
export interface DestructionOrder {
  readonly number: string
  /** `yyyy-mm-dd`. */
  readonly date: string
  /** The norm or the decision that demands it. */
  readonly ground: string
}

/** @param receipt digest by which whoever holds the receipt is still known */
export function destroyRecords(
  state: CaseState,
  order: DestructionOrder,
  { actor, receipt, evenOpen }: { actor: Actor; receipt: string | null; evenOpen: boolean },
  now: string,
): EventOf<'RecordsDestroyed'> | Refusal {
  if (state.destroyed !== null) return refuse('recordsDestroyed', null, { ...state.destroyed.order })
  const number = order.number.trim()
  const ground = order.ground.trim()
  if (number === '' || ground === '') return refuse('orderRequired', null, {}, number === '' ? 'order.number' : 'ground')
  if (order.date > now.slice(0, 10)) return refuse('orderRequired', null, {}, 'order.date')
  if (state.ended === null && !evenOpen) return refuse('notEnded', null)
  const event: CaseEvent = {
    type: 'RecordsDestroyed',
    schema: 1,
    at: now,
    actor,
    clause: null,
    data: { order: { number, date: order.date }, ground, receipt },
  }
  return event
}
