import { createHash } from 'node:crypto'
import type { CaseEvent } from '../engine/case/events.ts'
import type { Law } from '../law/model.ts'
import type { JsonObject, NewEvent, StoredEvent } from '../ledger/ledger.ts'

/** Between the engine's events and the ledger's: the same facts, with the law they were decided under. */
export function toNewEvents(law: Law, events: readonly CaseEvent[]): NewEvent[] {
  const { id, edition } = law.regulation
  const ref = { regulation: id, edition, sha256: law.sha256.regulation }
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
      data: plain(data),
      ...(personal === undefined ? {} : { personal: plain(personal) }),
    }
  })
}

export function toCaseEvent(stored: StoredEvent): CaseEvent {
  const { type, schema, at, actor, clause, data, personal } = stored
  const { personal: _digests, ...own } = data
  return { type, schema, at, actor, clause, data: own, personal } as unknown as CaseEvent // the ledger gives back what toNewEvents gave it; samples of every type are read back in tests
}

/** JSON as it will stand in the ledger: what is undefined is not there. */
function plain(value: unknown): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject // data of events are objects
}

export const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')
