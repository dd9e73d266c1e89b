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
  if (value === null || typeof value !== 'object') return value as Json // as: data are plain, and what is undefined was left out by the caller
  if (Array.isArray(value)) {
    const list = value.map((one) => (one === undefined ? null : plain(one)))
    return list.every((one, at) => one === value[at]) ? value : list
  }
  const members = Object.entries(value)
  const kept = members.filter(([, member]) => member !== undefined).map(([name, member]) => [name, plain(member)] as const)
  if (kept.length === members.length && kept.every(([, member], at) => member === members[at]?.[1])) return value as JsonObject // as: every member is JSON
  return Object.fromEntries(kept)
}

export const sha256 = (bytes: Uint8Array | string) => hash('sha256', bytes, 'hex')
