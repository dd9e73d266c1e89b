import type pg from 'pg'
import type { KeyRing } from '../keys/keyRing.ts'
import { type Database, inTransaction } from '../postgres/database.ts'
import { deleteViews, type Fold, foldPage, type Place, pageAfter, staleSetting, viewsAreFresh } from './fold.ts'

/**
 * Builds the views anew from the events where a migration left them behind; tells of how many cases, 0 where nothing was to be done.
 * `folding` makes the fold only when it is needed. Page by page, each a transaction: cut off, it begins again at the next start. One server does it while the others wait.
 */
export async function rebuildStaleViews(database: Database, keyRing: KeyRing, folding: () => Promise<Fold>): Promise<number> {
  const [stale] = await database.query<{ name: string }>({
    name: 'views_stale',
    text: 'select name from setting where name = $1',
    values: [staleSetting],
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

async function rebuild(client: pg.ClientBase, keyRing: KeyRing, fold: Fold): Promise<number> {
  const { rowCount } = await client.query('select from setting where name = $1', [staleSetting])
  if (rowCount === 0) return 0
  let built = 0
  for (let last: Place | null = null; ; ) {
    const page = await pageAfter(client, last)
    if (page.length === 0) break
    built += await inTransaction(client, async () => {
      await deleteViews(client, page)
      return foldPage(client, page, fold, (wrapped, context) => keyRing.unwrap(wrapped, context))
    })
    last = page.at(-1) ?? null
  }
  await viewsAreFresh(client)
  return built
}
