import { type DestructionOrder, destroyRecords } from '../engine/case/destruction.ts'
import { isRefusal, refuse } from '../engine/case/refusal.ts'
import type { CaseState } from '../engine/case/state.ts'
import type { Actor, Destructible, Ledger } from '../ledger/ledger.ts'
import type { CaseShelf } from './caseShelf.ts'
import { type LawClock, momentIn } from './clock.ts'
import { toNewEvents } from './events.ts'
import { homeOf } from './numbers.ts'
import type { Outcome } from './outcome.ts'
import type { Purpose } from './reading.ts'
import type { Statutes } from './statutes.ts'
import { receiptDigest } from './views.ts'
import type { Who } from './who.ts'

export type { DestructionOrder } from '../engine/case/destruction.ts'

/** Lawful destruction of what a case knows of people. Apart from the desk: it can be undone by nobody. */
export interface Destruction {
  /** By an administrator of the case's provider. The same order again changes nothing and is answered like the first time. `evenOpen`: work goes on no more. */
  destroy(number: string, order: DestructionOrder, who: Who, evenOpen?: boolean): Promise<Outcome>
  /** What would go and what stays. null: there is no such case, or it is another administrator's. The look leaves its row in the journal of readings. */
  preview(number: string, who: Who): Promise<DestructionPreview | null>
}

/** A case before its destruction, or after it, for whoever may order it done: they read no cases, so nothing personal is in it. */
export interface DestructionPreview {
  readonly number: string
  readonly region: string
  readonly regulation: string
  /** Organisation. */
  readonly provider: string
  /** RFC 3339; null: work goes on. */
  readonly endedAt: string | null
  /** By which order, and what was left; null: it is all there. */
  readonly destroyed: CaseState['destroyed']
  readonly counts: Destructible
}

export interface DestructionParts {
  readonly ledger: Pick<Ledger, 'destroy' | 'destructible' | 'journal'>
  readonly shelf: CaseShelf
  readonly statutes: Statutes
  readonly clock: LawClock
  readonly mayAdminister: (actor: Actor, organisation: string) => boolean
}

export function createDestruction({ ledger, shelf, statutes, clock, mayAdminister }: DestructionParts): Destruction {
  const noted = (home: number, number: string, region: string, purpose: Purpose, who: Who) =>
    ledger.journal.record({
      home: statutes.homeOf(region),
      at: momentIn(statutes.zoneOf(region), clock.now()),
      who: who.actor.id,
      role: who.actor.role ?? '',
      purpose,
      cases: [{ home, case: number }],
    })
  return {
    async preview(number, who) {
      const file = homeOf(number) === null ? null : await shelf.find(number, true)
      if (file === null || !mayAdminister(who.actor, file.state.provider.id)) return null
      const { home, state, bound } = file
      const { id: regulation, region } = bound.law.regulation
      await noted(home, number, region, 'beforeDestroy', who)
      const counts = await ledger.destructible(home, number)
      return {
        number,
        region,
        regulation,
        provider: state.provider.id,
        endedAt: state.ended?.at ?? null,
        destroyed: state.destroyed,
        counts,
      }
    },
    async destroy(number, order, who, evenOpen = false) {
      const file = homeOf(number) === null ? null : await shelf.find(number, true)
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
      await noted(home, number, region, 'destroy', who)
      const done = await ledger.destroy(home, number, record)
      // Read anew, so that this process keeps nothing of what it knew.
      const after = await shelf.find(number, true)
      return { kind: 'done', number, version: after?.version ?? file.version, repeated: !done }
    },
  }
}
