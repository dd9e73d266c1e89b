import type { CaseEvent } from '../engine/case/events.ts'
import type { CaseState } from '../engine/case/state.ts'
import { placeOf } from '../ledger/bell/bell.ts'
import type { Bound } from './statutes.ts'

/** What a command touches beside its case: desks and files. */

/** The desks whose lists a command changed: where the case lay and where it lies. */
export function placesOf({ law }: Bound, ...states: readonly (CaseState | null)[]): string[] {
  const places = states.flatMap((state) => {
    const open = state?.step
    if (!open || open.role === 'system') return []
    return [placeOf(open.organisation, open.role, law.regulation.roles[open.role]?.unit ?? '')]
  })
  return [...new Set(places)]
}

/** Scans and signatures must lie in the ledger before a command names them. */
export function filesNamed(events: readonly CaseEvent[]): string[] {
  return events.flatMap((event) => {
    if (event.type === 'DocumentsHandedIn') return event.data.documents.flatMap((d) => (d.file === undefined ? [] : [d.file]))
    if (event.type === 'RequestSealed' || event.type === 'AnswerSigned') return event.data.file === null ? [] : [event.data.file]
    return []
  })
}
