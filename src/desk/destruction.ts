import { type DestructionOrder, destroyRecords } from '../engine/case/destruction.ts'
import { isRefusal, refuse } from '../engine/case/refusal.ts'
import type { Actor, Ledger } from '../ledger/ledger.ts'
import type { CaseShelf } from './caseShelf.ts'
import { type LawClock, momentIn } from './clock.ts'
import { toNewEvents } from './events.ts'
import type { Outcome } from './outcome.ts'
import type { Statutes } from './statutes.ts'
import { receiptDigest } from './views.ts'
import type { Who } from './who.ts'

export type { DestructionOrder } from '../engine/case/destruction.ts'

/** Lawful destruction of what a case knows of people. Apart from the desk: it can be undone by nobody, and no page offers it. */
export interface Destruction {
  /** By an administrator of the case's provider. The same order again changes nothing and is answered like the first time. `evenOpen`: work goes on no more. */
  destroy(number: string, order: DestructionOrder, who: Who, evenOpen?: boolean): Promise<Outcome>
}

export interface DestructionParts {
  readonly ledger: Pick<Ledger, 'destroy' | 'journal'>
  readonly shelf: CaseShelf
  readonly statutes: Statutes
  readonly clock: LawClock
  readonly mayAdminister: (actor: Actor, organisation: string) => boolean
}

export function createDestruction({ ledger, shelf, statutes, clock, mayAdminister }: DestructionParts): Destruction {
  return {
    async destroy(number, order, who, evenOpen = false) {
      const file = await shelf.find(number, true)
      if (file === null) return { kind: 'notFound' }
      const { home, state, bound } = file
      if (!mayAdminister(who.actor, state.provider.id))
        return { kind: 'refused', refusal: refuse('notYours', null, { role: 'administrator' }).refused, file }
      const { region } = bound.law.regulation
      const at = momentIn(statutes.zoneOf(region), clock.now())
      const receipt = state.secret === null ? null : receiptDigest(home, number, state.secret)
      const decided = destroyRecords(state, order, { actor: who.actor, receipt, evenOpen }, at)
      if (isRefusal(decided)) {
        const before = state.destroyed?.order
        const same = before?.number === order.number.trim() && before.date === order.date
        return same ? { kind: 'done', number, version: file.version, repeated: true } : { kind: 'refused', refusal: decided.refused, file }
      }
      const [record] = toNewEvents(bound.law, [decided])
      if (record === undefined) throw new Error('a destruction is one event')
      await ledger.journal.record({
        home: statutes.homeOf(region),
        at,
        who: who.actor.id,
        role: who.actor.role ?? '',
        purpose: 'destroy',
        cases: [{ home, case: number }],
      })
      const done = await ledger.destroy(home, number, record)
      // Read anew, so that this process keeps nothing of what it knew.
      const after = await shelf.find(number, true)
      return { kind: 'done', number, version: after?.version ?? file.version, repeated: !done }
    },
  }
}
