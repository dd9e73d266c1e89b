import type { StoredEvent } from '../../../../ledger/ledger.ts'

/** Events that one act of somebody left, in their order. */
export type Deed = readonly [StoredEvent, ...StoredEvent[]]

const closing = new Set(['StepOpened', 'CaseEnded'])

/** A person who does one step leaves a dozen events; the reader looks for the step first. A deed ends with what it opened, or when another acts. */
export function deedsOf(events: readonly StoredEvent[]): Deed[] {
  const deeds: [StoredEvent, ...StoredEvent[]][] = []
  for (const event of events) {
    const last = deeds.at(-1)
    const before = last?.at(-1)
    const goesOn = before !== undefined && before.at === event.at && before.actor.id === event.actor.id && !closing.has(before.type)
    if (last !== undefined && goesOn) last.push(event)
    else deeds.push([event])
  }
  return deeds
}
