import type pg from 'pg'
import { openEvent } from '../chain.ts'
import type { KeyRing } from '../keys/keyRing.ts'
import type { StoredEvent } from '../ledger.ts'
import { type Database, inTransaction } from '../postgres/database.ts'
import { openPersonal } from '../read.ts'
import { type Views, viewNames } from './rows.ts'

const casesAtOnce = 200

/** Set by a migration whose views cannot be made from the views before. */
const setting = 'viewsStale'

/**
 * Builds the views anew from the events where a migration left them behind; tells of how many cases, 0 where nothing was to be done.
 * `folding` makes the fold only when it is needed. Page by page, each a transaction: cut off, it begins again at the next start. One server does it while the others wait.
 */
export async function rebuildStaleViews(
  database: Database,
  keyRing: KeyRing,
  folding: () => Promise<(events: StoredEvent[]) => Views>,
): Promise<number> {
  const [stale] = await database.query<{ name: string }>({
    name: 'views_stale',
    text: 'select name from setting where name = $1',
    values: [setting],
  })
  if (stale === undefined) return 0
  return database.withClient(async (client) => {
    await client.query('select pg_advisory_lock(7198000002)')
    try {
      return await rebuild(client, keyRing, await folding())
    } finally {
      await client.query('select pg_advisory_unlock(7198000002)')
    }
  })
}

async function rebuild(client: pg.ClientBase, keyRing: KeyRing, rowsOf: (events: StoredEvent[]) => Views): Promise<number> {
  const { rowCount } = await client.query('select from setting where name = $1', [setting])
  if (rowCount === 0) return 0
  let built = 0
  let last: { home: number; number: string } = { home: -1, number: '' }
  for (;;) {
    const cases = await casesWithKeys(client, last, casesAtOnce)
    await inTransaction(client, async () => {
      for (const { home, number, wrapped } of cases) {
        const key = await keyRing.unwrap(wrapped, `${home}/${number}`)
        for (const view of viewNames) await client.query(`delete from ${view} where home = $1 and case_number = $2`, [home, number])
        await writeViews(client, home, number, rowsOf(await replayable(client, key, home, number)))
      }
    })
    built += cases.length
    const end = cases.at(-1)
    if (end === undefined) break
    last = end
  }
  await client.query('delete from setting where name = $1', [setting])
  return built
}

/** Cases that have events and a key: one whose key was destroyed has no views, one in preparation has none yet. */
export async function casesWithKeys(client: pg.ClientBase, after: { home: number; number: string } | null, limit: number | null) {
  const { rows } = await client.query<{ home: number; number: string; wrapped: Buffer }>(
    `select h.home, h.number, k.wrapped
     from case_head as h
     join case_key as k on k.home = h.home and k.case_number = h.number
     where k.wrapped is not null and (h.home, h.number) > ($1, $2)
     order by h.home, h.number
     limit $3`,
    [after?.home ?? -1, after?.number ?? '', limit],
  )
  return rows
}

export async function replayable(client: pg.ClientBase, key: Buffer, home: number, number: string): Promise<StoredEvent[]> {
  const { rows } = await client.query<{ seq: number; hash: Buffer; body: string; sealed: Buffer | null }>(
    `select e.seq, e.hash, e.body, p.sealed
     from event as e
     left join personal as p on p.home = e.home and p.case_number = e.case_number and p.seq = e.seq
     where e.home = $1 and e.case_number = $2
     order by e.seq`,
    [home, number],
  )
  let prev: Buffer = Buffer.alloc(0)
  return rows.map(({ seq, hash, body, sealed }) => {
    const event = openEvent(body, hash, prev, sealed ? openPersonal(key, home, number, seq, sealed) : null)
    prev = hash
    return event
  })
}

export async function writeViews(client: pg.ClientBase, home: number, number: string, views: Views): Promise<void> {
  const batch = Object.fromEntries(
    viewNames
      .filter((view) => views[view].length > 0)
      .map((view) => [view, views[view].map(({ key, columns }) => ({ ...columns, home, case_number: number, key }))]),
  )
  await client.query('select write_views($1, $2, $3)', [home, JSON.stringify(batch), [number]])
}
