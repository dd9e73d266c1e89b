import type pg from 'pg'
import { openChain } from '../chain.ts'
import type { StoredEvent } from '../ledger.ts'
import { rowArray, rowTypes } from '../postgres/rowArrays.ts'
import { openPersonal } from '../read.ts'
import { type ViewName, type Views, viewNames } from './rows.ts'
import { wholeRow } from './wholeRow.ts'

/** Views made anew from the events, page by page: two statements for each page of cases, whatever is in memory is one page. */

const casesAtOnce = 200

/** Set by a migration whose views cannot be made from the views before. */
export const staleSetting = 'viewsStale'

export type Fold = (events: StoredEvent[]) => Views

/** null: the key does not open, and the case goes without views. */
export type Unwrap = (wrapped: Buffer, context: string) => Promise<Buffer | null> | Buffer | null

export interface Place {
  home: number
  number: string
}

/** All cases of the ledger, into empty views, within the caller's transaction. */
export async function foldAll(client: pg.ClientBase, fold: Fold, unwrap: Unwrap): Promise<number> {
  let built = 0
  for (let last: Place | null = null; ; ) {
    const page = await pageAfter(client, last)
    if (page.length === 0) return built
    built += await foldPage(client, page, fold, unwrap)
    last = page.at(-1) ?? null
  }
}

/** At most a page, all of one home. */
export async function pageAfter(client: pg.ClientBase, last: Place | null): Promise<CaseWithKey[]> {
  const cases = await casesWithKeys(client, last)
  return cases.filter(({ home }) => home === cases[0]?.home)
}

/** @param page cases of one home, without rows in any view */
export async function foldPage(client: pg.ClientBase, page: readonly CaseWithKey[], fold: Fold, unwrap: Unwrap): Promise<number> {
  const [first] = page
  if (first === undefined) return 0
  const numbers = page.map(({ number }) => number)
  const events = Map.groupBy(await selectEvents(client, first.home, numbers), (row) => row.case_number)
  const folded: [string, Views][] = []
  for (const { home, number, wrapped } of page) {
    const key = await unwrap(wrapped, `${home}/${number}`)
    if (key !== null) folded.push([number, fold(replayable(key, home, number, events.get(number) ?? []))])
  }
  await writeViews(client, first.home, folded)
  return folded.length
}

export async function deleteViews(client: pg.ClientBase, page: readonly CaseWithKey[]): Promise<void> {
  const numbers = page.map(({ number }) => number)
  for (const view of viewNames)
    await client.query(`delete from ${view} where home = $1 and case_number = any ($2)`, [page[0]?.home ?? null, numbers])
}

export async function viewsAreFresh(client: pg.ClientBase): Promise<void> {
  await client.query('delete from setting where name = $1', [staleSetting])
}

export interface CaseWithKey extends Place {
  wrapped: Buffer
}

/** Cases that have events and a key: one whose key was destroyed has no views, one in preparation has none yet. */
async function casesWithKeys(client: pg.ClientBase, after: Place | null): Promise<CaseWithKey[]> {
  const { rows } = await client.query<CaseWithKey>(
    `select h.home, h.number, k.wrapped
     from case_head as h
     join case_key as k on k.home = h.home and k.case_number = h.number
     where k.wrapped is not null and (h.home, h.number) > ($1, $2)
     order by h.home, h.number
     limit $3`,
    [after?.home ?? -1, after?.number ?? '', casesAtOnce],
  )
  return rows
}

interface EventRow {
  case_number: string
  seq: number
  hash: Buffer
  body: string
  sealed: Buffer | null
}

/** Events of cases of one home with their sealed values, case by case in order. */
export async function selectEvents(client: pg.ClientBase, home: number, numbers: readonly string[]): Promise<EventRow[]> {
  const { rows } = await client.query<EventRow>(
    `select e.case_number, e.seq, e.hash, e.body, p.sealed
     from event as e
     left join personal as p on p.home = e.home and p.case_number = e.case_number and p.seq = e.seq
     where e.home = $1 and e.case_number = any ($2)
     order by e.case_number, e.seq`,
    [home, numbers],
  )
  return rows
}

function replayable(key: Buffer, home: number, number: string, rows: readonly EventRow[]): StoredEvent[] {
  return openChain(
    rows.map(({ seq, hash, body, sealed }) => ({
      ...{ hash, body },
      personal: sealed ? openPersonal(key, home, number, seq, sealed) : null,
    })),
  )
}

async function writeViews(client: pg.ClientBase, home: number, folded: readonly [string, Views][]): Promise<void> {
  const types = await rowTypes(client, viewNames)
  const rows = (view: ViewName) =>
    rowArray(
      types[view],
      folded.flatMap(([number, views]) => views[view].map((row) => wholeRow(view, home, number, row))),
    )
  await client.query(
    `select qyzmet_write_views($1, '{}', $2::case_view[], $3::work_item[], $4::due[], $5::search_key[], $6::custody_item[])`,
    [home, ...(['case_view', 'work_item', 'due', 'search_key', 'custody_item'] as const).map(rows)],
  )
}
