import { createHash } from 'node:crypto'
import type { State } from '../state/state.ts'

/** Something that a reader should know of a message: words under `contour.note.<code>`. */
export interface Note {
  readonly code: string
  readonly params?: Readonly<Record<string, string | number>>
}

/** `answered`; `refused` by a fault as the real gateway would; `broken` by a fault that somebody set; `failed` the other side did not take it. */
export const outcomes = ['answered', 'refused', 'broken', 'failed'] as const
export type WatchOutcome = (typeof outcomes)[number]

export interface Passage {
  readonly at: string
  /** `in`: a call to the contour; `out`: the contour's own call to a participant. */
  readonly direction: 'in' | 'out'
  readonly channel: 'sync' | 'async' | 'push' | 'other'
  readonly operation: string
  readonly service: string | null
  readonly sender: string | null
  readonly receiver: string | null
  readonly message: string | null
  readonly correlation: string | null
  readonly outcome: WatchOutcome
  readonly code: string | null
  readonly notes: readonly Note[]
  /** Kinds of faults that struck. */
  readonly faults: readonly string[]
  readonly ms: number
}

export interface Body {
  readonly size: number
  readonly sha256: string
}
export type SeenPassage = Passage & { readonly id: number; readonly request: Body; readonly response: Body }

export interface WatchFilter {
  readonly service?: string
  readonly sender?: string
  readonly outcome?: WatchOutcome
  readonly channel?: Passage['channel']
  readonly correlation?: string
  readonly message?: string
  /** Older than this number. */
  readonly before?: number
  /** Newer than this number, oldest first. */
  readonly after?: number
}

export interface Watch {
  keep(passage: Passage, request: Uint8Array, response: Uint8Array): void
  list(filter: WatchFilter, most: number): SeenPassage[]
  find(id: number): SeenPassage | null
  body(id: number, which: 'request' | 'response'): Uint8Array | null
  /** The newest number; 0: nothing was seen yet. */
  newest(): number
  /** Called with each new number; the result ends it. */
  follow(listener: (id: number) => void): () => void
}

export interface WatchLimits {
  /** The oldest make room. */
  readonly passages: number
  /** Of a longer body the beginning is kept, with size and hash of the whole. */
  readonly bodyBytes: number
}

const columns = `id, at, direction, channel, operation, service, sender, receiver, message, correlation, outcome, code, told, ms,
  request_size, request_sha256, response_size, response_sha256`

export function openWatch(state: State, limits: WatchLimits): Watch {
  const { db } = state
  const insert = db.prepare(
    `insert into watch (at, direction, channel, operation, service, sender, receiver, message, correlation, outcome, code, told, ms,
      request, request_size, request_sha256, response, response_size, response_sha256)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const trim = db.prepare('delete from watch where id <= ?')
  const one = db.prepare(`select ${columns} from watch where id = ?`)
  const request = db.prepare('select request as body from watch where id = ?')
  const response = db.prepare('select response as body from watch where id = ?')
  const last = db.prepare('select max(id) as id from watch')
  const listeners = new Set<(id: number) => void>()

  function write(passage: Passage, asked: Uint8Array, said: Uint8Array): number {
    const id = Number(insert.run(...valuesOf(passage, asked, said, limits.bodyBytes)).lastInsertRowid)
    // A deletion at every hundredth passage keeps the number within a hundredth of the limit.
    if (id % 100 === 0 && id > limits.passages) trim.run(id - limits.passages)
    return id
  }

  return {
    keep(passage, asked, said) {
      void state
        .durably(() => write(passage, asked, said))
        .then(
          (id) => {
            for (const listener of listeners) listener(id)
          },
          // The disk is full or the contour ends: whoever sent the message is answered all the same.
          () => undefined,
        )
    },
    list(filter, most) {
      const { where, values } = conditions(filter)
      const order = filter.after === undefined ? 'desc' : 'asc'
      return db
        .prepare(`select ${columns} from watch ${where} order by id ${order} limit ?`)
        .all(...values, most)
        .map(seen)
    },
    find(id) {
      const row = one.get(id)
      return row === undefined ? null : seen(row)
    },
    body(id, which) {
      const body = (which === 'request' ? request : response).get(id)?.body
      return body instanceof Uint8Array ? body : null
    },
    newest: () => Number(last.get()?.id ?? 0),
    follow(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function valuesOf(passage: Passage, asked: Uint8Array, said: Uint8Array, most: number) {
  const { at, direction, channel, operation, service, sender, receiver, message, correlation, outcome, code, notes, faults, ms } = passage
  const names = [service, sender, receiver, message, correlation].map((text) => text?.slice(0, 200) ?? null)
  return [
    ...[
      at,
      direction,
      channel,
      operation.slice(0, 100),
      ...names,
      outcome,
      code,
      JSON.stringify({ notes: notes.slice(0, 10).map(short), faults }),
      ms,
    ],
    ...[asked.subarray(0, most), asked.length, hash(asked), said.subarray(0, most), said.length, hash(said)],
  ]
}

/** What a parser says may repeat the whole of what it could not read. */
const short = ({ code, params = {} }: Note): Note => ({
  code,
  params: Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? value.slice(0, 300) : value]),
  ),
})

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const filtered = ['service', 'sender', 'outcome', 'channel', 'correlation', 'message'] as const

function conditions(filter: WatchFilter): { where: string; values: (string | number)[] } {
  const named = filtered.flatMap((name) => (filter[name] === undefined ? [] : [[`${name} = ?`, filter[name]] as const]))
  const bounds = [
    ...(filter.before === undefined ? [] : [['id < ?', filter.before] as const]),
    ...(filter.after === undefined ? [] : [['id > ?', filter.after] as const]),
  ]
  const all = [...named, ...bounds]
  return { where: all.length === 0 ? '' : `where ${all.map(([sql]) => sql).join(' and ')}`, values: all.map(([, value]) => value) }
}

type Row = Record<string, unknown>
const text = (value: unknown) => (value === null || value === undefined ? null : String(value))

function seen(row: Row): SeenPassage {
  const { notes, faults } = JSON.parse(String(row.told))
  return {
    id: Number(row.id),
    at: String(row.at),
    direction: row.direction === 'out' ? 'out' : 'in',
    channel: row.channel as Passage['channel'], // written by valuesOf alone
    operation: String(row.operation),
    service: text(row.service),
    sender: text(row.sender),
    receiver: text(row.receiver),
    message: text(row.message),
    correlation: text(row.correlation),
    outcome: row.outcome as WatchOutcome, // written by valuesOf alone
    code: text(row.code),
    notes,
    faults,
    ms: Number(row.ms),
    request: { size: Number(row.request_size), sha256: String(row.request_sha256) },
    response: { size: Number(row.response_size), sha256: String(row.response_sha256) },
  }
}
