import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Database } from '../postgres/database.ts'
import type { Bell, Heard, Moved } from './bell.ts'

const channel = 'qyzmet_moved'
/** Words of a tenth of a second travel together. */
const gatherMs = 100
/** PostgreSQL takes less than 8000 bytes at a time. */
const longestPayload = 7500
/** More at once is told as a gap: hearing a thousand words costs more than looking. */
const mostWords = 400
const restMs = 500
/** A server that does not answer may hold a connection in the making for long: closing does not wait for it. */
const longestCloseMs = 2_000

/**
 * LISTEN/NOTIFY, but never in the ledger's transactions: a transaction that notifies takes a lock of the whole database until it has committed, and
 * every append of every process would queue behind it. Here each process rings in transactions of its own, at most ten a second, after the append
 * has committed and without waiting for the disk. What a crash between the two swallows is found by looking (see web/live). Decision 16.
 */
export function postgresBell(database: Database): Bell {
  const me = randomUUID()
  const listeners = new Set<(heard: Heard) => void>()
  let waiting: Moved[] = []
  let timer: NodeJS.Timeout | undefined
  let closed = false
  let connection: pg.Client | undefined

  const tell = (heard: Heard) => {
    for (const listener of listeners) listener(heard)
  }

  async function connect(): Promise<void> {
    while (!closed) {
      const client = database.newClient()
      try {
        const lost = new Promise<void>((resolve) => {
          client.on('error', () => resolve())
          client.on('end', () => resolve())
        })
        await client.connect()
        client.on('notification', ({ payload = '' }) => hear(payload))
        await client.query(`set synchronous_commit = off; listen ${channel}`)
        if (closed) return void (await client.end())
        connection = client
        tell({ kind: 'gap' })
        await lost
        connection = undefined
      } catch {
        await client.end().catch(() => undefined)
      }
      if (!closed) await new Promise((resolve) => setTimeout(resolve, restMs))
    }
  }

  function hear(payload: string): void {
    const word = parsed(payload)
    if (word === undefined || word.from === me) return
    tell(word.moved === null ? { kind: 'gap' } : { kind: 'moved', moved: word.moved })
  }

  async function send(): Promise<void> {
    timer = undefined
    const words = waiting
    waiting = []
    // Without a connection the others find out by looking; they are told to when it is there again.
    if (connection === undefined) return
    try {
      for (const payload of payloadsOf(me, words)) await connection.query('select pg_notify($1, $2)', [channel, payload])
    } catch {
      // Lost with its connection.
    }
  }

  const connecting = connect()
  return {
    ring: (moved) => {
      if (closed) return
      tell({ kind: 'moved', moved: [moved] })
      waiting.push(moved)
      timer ??= setTimeout(() => void send(), gatherMs)
    },
    hear: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: async () => {
      clearTimeout(timer)
      if (waiting.length > 0) await send()
      closed = true
      listeners.clear()
      await connection?.end().catch(() => undefined)
      // A connection that was only being made ends itself; whoever closes the database next must not find it there.
      await Promise.race([connecting, new Promise((resolve) => setTimeout(resolve, longestCloseMs).unref())])
    },
  }
}

type Word = { readonly from: string; readonly moved: readonly Moved[] | null }

/** Cut so that each fits; one word alone is far shorter than the longest. */
export function payloadsOf(from: string, moved: readonly Moved[]): string[] {
  if (moved.length > mostWords) return [JSON.stringify({ from, moved: null } satisfies Word)]
  const payloads: string[] = []
  let group: Moved[] = []
  const close = () => {
    if (group.length > 0) payloads.push(JSON.stringify({ from, moved: group } satisfies Word))
    group = []
  }
  let size = 0
  for (const one of moved) {
    const length = Buffer.byteLength(JSON.stringify(one)) + 1
    if (size + length > longestPayload) {
      close()
      size = 0
    }
    group.push(one)
    size += length
  }
  close()
  return payloads
}

/** The channel is open to whoever may connect to the database: what is not a word of ours is passed over. */
function parsed(payload: string): Word | undefined {
  try {
    const value: unknown = JSON.parse(payload)
    if (value === null || typeof value !== 'object' || !('from' in value) || !('moved' in value) || typeof value.from !== 'string')
      return undefined
    if (value.moved === null) return { from: value.from, moved: null }
    return Array.isArray(value.moved) ? { from: value.from, moved: value.moved.filter(isMoved) } : undefined
  } catch {
    return undefined
  }
}

const isMoved = (value: unknown): value is Moved =>
  value !== null &&
  typeof value === 'object' &&
  'case' in value &&
  typeof value.case === 'string' &&
  'version' in value &&
  typeof value.version === 'number' &&
  'places' in value &&
  Array.isArray(value.places) &&
  value.places.every((place) => typeof place === 'string')
