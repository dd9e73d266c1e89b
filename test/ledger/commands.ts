import { createHash, randomUUID } from 'node:crypto'
import type { Append, JsonObject, NewEvent } from '../../src/ledger/ledger.ts'

/** Commands of a small invented domain: a thing is opened, then moved. */

export const lawText = 'clause 8.1: the thing is moved'
export const law = { regulation: 'test', edition: '2018-07-20', sha256: createHash('sha256').update(lawText).digest('hex') }

export function anEvent(type: string, data: JsonObject = {}, personal?: JsonObject): NewEvent {
  return {
    type,
    schema: 1,
    at: '2019-10-14T10:00:00+06:00',
    actor: { kind: 'staff', id: 'u1', role: 'operator' },
    clause: '8.1',
    law,
    data,
    ...(personal && { personal }),
  }
}

let number = 0

export function newNumber(): string {
  number += 1
  return `T-${String(number).padStart(6, '0')}`
}

export function open(overrides: Partial<Append> = {}): Append {
  const caseNumber = overrides.case ?? newNumber()
  return {
    home: 7,
    case: caseNumber,
    expectedVersion: 0,
    idempotencyKey: randomUUID(),
    requestHash: 'request',
    events: [anEvent('opened', { papers: 3 }, { name: 'Айгүл Сейтқали', iin: '900101400017' }), anEvent('received')],
    result: { number: caseNumber },
    views: {
      case_view: { put: [{ key: 'case', columns: caseColumns }], remove: [] },
      work_item: { put: [{ key: 'a', columns: workColumns }], remove: [] },
      due: { put: [{ key: 'service', columns: dueColumns }], remove: [] },
      custody_item: { put: [{ key: 'package', columns: custodyColumns }], remove: [] },
      search_key: { put: [{ key: 'surname', columns: searchColumns }], remove: [] },
    },
    effects: [],
    ...overrides,
  }
}

export function move(before: Append, version: number, overrides: Partial<Append> = {}): Append {
  return {
    ...before,
    expectedVersion: version,
    idempotencyKey: randomUUID(),
    events: [anEvent('moved', { to: `step ${version}` })],
    result: { moved: version },
    views: {},
    effects: [],
    ...overrides,
  }
}

export const caseColumns = {
  regulation: 'test',
  edition: '2018-07-20',
  channel: 'counter',
  status: 'received',
  provider: 'school',
  iin: '900101400017',
  opened_at: '2019-10-14T10:00:00+06:00',
  due_at: '2019-10-17T18:00:00+06:00',
  doc: { papers: ['a', 'b'] },
}

export const workColumns = {
  step: 'register',
  role: 'clerk',
  organisation: 'school',
  unit: 'office',
  since: '2019-10-14T10:00:00+06:00',
  due_at: '2019-10-14T10:20:00+06:00',
  norm: { value: 20, unit: 'min' },
}

export const dueColumns = {
  kind: 'service',
  clause: '3',
  due_at: '2019-10-17T18:00:00+06:00',
  warn_at: '2019-10-16T18:00:00+06:00',
  state: 'running',
}

export const custodyColumns = {
  what: 'package',
  holder_kind: 'staff',
  holder_organisation: 'school',
  holder_unit: 'office',
  since: '2019-10-14T10:00:00+06:00',
}

export const searchColumns = { word: 'seitkali aigul', provider: 'school' }

/** By whose order: what every destruction leaves in the chain. */
export const destroyedBy = (number = '41-н'): NewEvent =>
  anEvent('RecordsDestroyed', { order: { number, date: '2019-12-02' }, ground: 'Law on personal data, article 18', receipt: null })
