import { hash } from 'node:crypto'
import type { CaseEvent } from '../engine/case/events.ts'
import type { Law } from '../law/model.ts'
import { erased, type Json, type JsonObject, type NewEvent, type StoredEvent } from '../ledger/ledger.ts'

/** Between the engine's events and the ledger's: the same facts, with the law they were decided under. */
export function toNewEvents(law: Law, events: readonly CaseEvent[]): NewEvent[] {
  const { id, edition } = law.regulation
  const ref = { edition, regulation: id, sha256: law.sha256.regulation }
  return events.map((event) => {
    const { type, schema, at, actor, clause, data } = event
    const personal = 'personal' in event ? event.personal : undefined
    return {
      type,
      schema,
      at,
      actor,
      clause,
      law: ref,
      data: plain(data) as JsonObject, // as: data of events are objects
      ...(personal === undefined ? {} : { personal: plain(personal) as JsonObject }), // as: values by name
    }
  })
}

export function toCaseEvent(stored: StoredEvent): CaseEvent {
  const { type, schema, at, actor, clause, data, personal } = stored
  const { personal: _digests, ...own } = data
  const values = personal !== undefined && isErased(personal) ? undefined : personal
  return { type, schema, at, actor, clause, data: own, personal: values } as unknown as CaseEvent // the ledger gives back what toNewEvents gave it; samples of every type are read back in tests
}

/** Values are destroyed all together, and the fold then goes as if none had been given: what stands in their place is no name and no number. */
const isErased = (personal: JsonObject): boolean => Object.values(personal).every((value) => isMark(value))
const isMark = (value: Json): boolean => JSON.stringify(value) === JSON.stringify(erased)

/** JSON as it will stand in the ledger: what is undefined is not there. Data of events and commands are plain: what has nothing to leave out is not copied. */
export function plain(value: unknown): Json {
  if (isWhole(value)) return value
  if (Array.isArray(value)) return value.map((one) => (one === undefined ? null : plain(one)))
  const kept = Object.entries(value ?? {}).filter(([, member]) => member !== undefined)
  return Object.fromEntries(kept.map(([name, member]) => [name, plain(member)]))
}

/** Nothing in it is undefined: looked at without making lists of it, since it is so nearly always. */
function isWhole(value: unknown): value is Json {
  if (value === null || typeof value !== 'object') return value !== undefined
  if (Array.isArray(value)) return value.every(isWhole)
  for (const name in value) if (!isWhole((value as Record<string, unknown>)[name])) return false // as: read by its own names
  return true
}

export const sha256 = (bytes: Uint8Array | string) => hash('sha256', bytes, 'hex')
