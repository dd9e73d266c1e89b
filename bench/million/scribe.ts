import { createHash, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { type Prepared, prepare } from '../../src/ledger/append/prepare.ts'
import { chunkContext, chunkLength } from '../../src/ledger/files/fileStore.ts'
import type { CaseHeads } from '../../src/ledger/keys/caseHeads.ts'
import { seal } from '../../src/ledger/keys/cipher.ts'
import type { Append, Ledger, StoredEvent } from '../../src/ledger/ledger.ts'
import { rowArray, rowTypes } from '../../src/ledger/postgres/rowArrays.ts'
import { type ViewName, type ViewRow, type Views, viewNames } from '../../src/ledger/views/rows.ts'
import { wholeRow } from '../../src/ledger/views/wholeRow.ts'
import { type CopyValue, copyRows } from './copy.ts'

/** A ledger that writes down what it is told, hashed and sealed as the real one does it, and copies whole days of cases into the tables at once. */
export interface Scribe {
  readonly ledger: Ledger
  /** The case as it stands, for whoever looks at it before it is written. */
  readonly told: (number: string) => Told | undefined
  readonly all: () => readonly Told[]
  /** Leaves out what was told of a case. */
  readonly forget: (number: string) => void
  /** Copies all that was told, within the client's transaction, and forgets it. */
  readonly write: (client: pg.ClientBase) => Promise<Written>
}

export interface Told {
  readonly home: number
  readonly number: string
  readonly events: StoredEvent[]
  readonly prepared: Prepared[]
  readonly views: Map<ViewName, Map<string, ViewRow<object>>>
  readonly files: Map<string, { size: number; chunks: Buffer[] }>
}

export interface Written {
  readonly cases: number
  readonly events: number
}

/** @param given numbers of cases that are in the ledger already */
export function newScribe(real: Ledger, heads: CaseHeads, given: readonly string[]): Scribe {
  const cases = new Map<string, Told>()
  const taken = new Set(given)
  const append: Ledger['append'] = async (command) => {
    const { home, case: number, expectedVersion } = command
    const known = cases.get(number)
    if (expectedVersion === 0 && taken.has(number)) return { kind: 'numberTaken' }
    if ((known?.events.length ?? 0) !== expectedVersion) return { kind: 'conflict', version: known?.events.length ?? 0 }
    taken.add(number)
    const told: Told = known ?? { home, number, events: [], prepared: [], views: new Map(), files: new Map() }
    cases.set(number, told)
    // In service a key is drawn by a browser: here too, so that the index of keys is met where it is met in service.
    const prepared = await prepare({ ...command, idempotencyKey: randomUUID(), views: {}, effects: [], files: [] }, heads)
    heads.remember(home, number, prepared.after)
    told.prepared.push(prepared)
    for (const event of command.events) told.events.push({ ...event, home, case: number, seq: told.events.length + 1, hash: '', prev: '' })
    for (const view of viewNames) change(told.views, view, command.views[view])
    return { kind: 'appended', version: told.events.length, result: command.result }
  }
  const put: Ledger['files']['put'] = async (home, number, bytes) => {
    const told = cases.get(number)
    if (told === undefined || !(bytes instanceof Uint8Array)) throw new TypeError('a file of a case that is not told')
    const { key } = await heads.at(home, number, told.events.length)
    if (key === null) throw new TypeError('the key of the case is destroyed')
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const chunks: Buffer[] = []
    for (let from = 0; from < bytes.length; from += chunkLength)
      chunks.push(seal(key, chunkContext(home, number, sha256, chunks.length), bytes.subarray(from, from + chunkLength)))
    told.files.set(sha256, { size: bytes.length, chunks })
    return sha256
  }
  const ledger: Ledger = {
    ...real,
    append,
    load: async (_home, number) => {
      const told = cases.get(number)
      return told === undefined ? null : { version: told.events.length, events: told.events }
    },
    lookUp: async () => null,
    files: { ...real.files, put },
  }
  return {
    ledger,
    told: (number) => cases.get(number),
    all: () => [...cases.values()],
    forget: (number) => void cases.delete(number),
    write: async (client) => {
      const all = [...cases.values()]
      cases.clear()
      for (const { home, number } of all) heads.forget(home, number)
      await copyCases(client, all)
      return { cases: all.length, events: all.reduce((sum, { events }) => sum + events.length, 0) }
    },
  }
}

function change(views: Told['views'], view: ViewName, changes: Append['views'][ViewName]): void {
  const rows = views.get(view) ?? new Map<string, ViewRow<object>>()
  views.set(view, rows)
  for (const key of changes?.remove ?? []) rows.delete(key)
  for (const row of changes?.put ?? []) rows.set(row.key, row)
}

const hex = (text: unknown): Buffer => Buffer.from(String(text), 'hex')
const bytes = (value: unknown): Buffer | null => (Buffer.isBuffer(value) ? value : null)

/** The rows that `prepare` made, as `qyzmet_append` would have turned them into the tables' own. */
async function copyCases(client: pg.ClientBase, all: readonly Told[]): Promise<void> {
  const rowsOf = (list: (one: Prepared) => readonly object[], row: (one: Told, fields: Record<string, unknown>) => CopyValue[]) =>
    all.flatMap((one) => one.prepared.flatMap((prepared) => list(prepared).map((fields) => row(one, { ...fields }))))
  const heads = all.map((one): CopyValue[] => {
    const after = one.prepared.at(-1)?.after
    return [one.home, one.number, after?.version ?? 0, after?.hash ?? null]
  })
  await copyRows(client, 'case_head', ['home', 'number', 'version', 'head'], heads)
  const keys = all.map((one): CopyValue[] => {
    const { wrapped } = { wrapped: undefined, ...one.prepared[0]?.rows.commands[0] }
    return [one.home, one.number, bytes(wrapped)]
  })
  await copyRows(client, 'case_key', ['home', 'case_number', 'wrapped'], keys)
  await copyRows(
    client,
    'command',
    ['home', 'key', 'case_number', 'version', 'request_hash', 'result'],
    rowsOf(
      ({ rows }) => rows.commands,
      ({ home, number }, c) => [home, String(c.key), number, Number(c.version), String(c.request), String(c.result)],
    ),
  )
  await copyRows(
    client,
    'event',
    ['home', 'case_number', 'seq', 'hash', 'body'],
    rowsOf(
      ({ rows }) => rows.events,
      ({ home, number }, e) => [home, number, Number(e.seq), bytes(e.hash), String(e.body)],
    ),
  )
  await copyRows(
    client,
    'personal',
    ['home', 'case_number', 'seq', 'sealed'],
    rowsOf(
      ({ rows }) => rows.personal,
      ({ home, number }, p) => [home, number, Number(p.seq), bytes(p.sealed)],
    ),
  )
  const files = all.flatMap((one) => [...one.files].map(([sha256, file]) => ({ one, sha256, ...file })))
  const file = files.map(({ one, sha256, size }): CopyValue[] => [one.home, one.number, hex(sha256), size])
  // Those that a command keeps itself; a row without a size only names one that was put.
  const kept = rowsOf(
    ({ rows }) => rows.files.filter((f) => 'size' in f && f.size !== null),
    ({ home, number }, f) => [home, number, bytes(f.sha256), Number(f.size)],
  )
  await copyRows(client, 'file', ['home', 'case_number', 'sha256', 'size'], [...file, ...kept])
  const chunks = files.flatMap(({ one, sha256, chunks }) =>
    chunks.map((sealed, position): CopyValue[] => [one.home, one.number, hex(sha256), position, sealed]),
  )
  const keptChunks = rowsOf(
    ({ rows }) => rows.chunks,
    ({ home, number }, c) => [home, number, bytes(c.sha256), Number(c.position), bytes(c.sealed)],
  )
  await copyRows(client, 'file_chunk', ['home', 'case_number', 'sha256', 'position', 'sealed'], [...chunks, ...keptChunks])
  for (const view of viewNames) await writeView(client, view, all)
}

/** By the way of appended rows, so that a view's rows are the table's in one place only. */
async function writeView(client: pg.ClientBase, view: ViewName, all: readonly Told[]): Promise<void> {
  const rows = all.flatMap(
    ({ home, number, views }) =>
      [...(views.get(view)?.values() ?? [])].map((row) => wholeRow(view, home, number, row as Views[ViewName][number])), // as: kept by the view's name
  )
  if (rows.length === 0) return
  const types = await rowTypes(client, [view])
  await client.query(`insert into ${view} select * from unnest($1::${view}[])`, [rowArray(types[view], rows)])
}
